// h2c, the upgrade to HTTP/2 in clear text: RFC 7540 section 3.2.
//
// RFC 9113 section 3.1 has deprecated it. The library offers or accepts it only if the program
// lists it. A request that does not fit is an ordinary one (decision D14).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/http2_settings.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"

namespace turnout {
inline namespace v0 {
namespace h2c {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

namespace detail {

inline constexpr std::string_view nominated[] = {"HTTP2-Settings"sv};

}  // namespace detail

/// `h2c`: any request; its content, if any, ends before HTTP/2 begins. A program that listens on
/// TLS, or after a proxy that does, does not list it (RFC 7540 section 3.3): if the proxy forwards
/// it, it is a way around the proxy. Java's clients offer it with every request, whatever its
/// method, so a request that does not fit is an ordinary one. It has no meaning within HTTP/2 (RFC
/// 9113 section 3.1).
inline constexpr turnout::profile profile{.token = {"h2c"sv, {}},
                                          .methods = method::get | method::head | method::options |
                                                     method::post | method::put | method::delete_ |
                                                     method::patch | method::query | method::trace,
                                          .content = true,
                                          .nominated = detail::nominated,
                                          .own_agreement = true,
                                          .opportunistic = true,
                                          .by_extended_connect = false};

/// The stream that the server answers the request on, half-closed on the client's side.
inline constexpr std::uint32_t request_stream = 1;
/// The first stream that the client opens itself.
inline constexpr std::uint32_t next_client_stream = 3;
/// What a client sends first in HTTP/2, before a SETTINGS frame: RFC 9113 section 3.4.
inline constexpr std::string_view client_preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"sv;

/// An agreement on `h2c`. The 101 acknowledges the client's settings. After it, the server first
/// sends its SETTINGS frame, and then the response on request_stream. The client sends
/// client_preface.
///
/// Borrows   the octets of the request's settings, which accept() does not read: if you read
///           content before accept(), read the settings first
class agreement : public turnout::agreement {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;

  /// The client's settings.
  constexpr const field::http2_settings& settings() const noexcept { return settings_; }

 private:
  friend constexpr result<agreement> agree(const turnout::offer&) noexcept;
  constexpr agreement(turnout::agreement agreed, const field::http2_settings& settings) noexcept
      : turnout::agreement{agreed}, settings_{settings} {}

  field::http2_settings settings_;
};

/// Agrees to the switch, if the client's settings are valid.
///
/// Rule      RFC 7540 section 3.2.1: there is exactly one HTTP2-Settings; if it is malformed, the
///           offer is declined, but the request is not refused
/// Fails     foreign_agreement if `h2c` is not offered; as http2_settings::parse()
/// Borrows   from the request's octets
constexpr result<agreement> agree(const turnout::offer& offered) noexcept {
  const auto agreed = offered.agree(profile.token);
  if (!agreed) return agreed.error();
  const auto settings =
      field::http2_settings::parse(offered.request()->lines(field_name::http2_settings));
  if (!settings) return settings.error();
  return agreement{*agreed, *settings};
}

/// A client's request to switch to `h2c`.
///
/// Borrows   everything it views
class proposal : public turnout::proposal {
 public:
  /// Takes     request: the request, whose list of protocols is ignored; settings: at least one
  constexpr proposal(const turnout::proposal& request,
                     lasting_span<const field::http2_setting> settings) noexcept
      : turnout::proposal{request}, settings_{settings} {
    protocols = {&h2c::profile, 1};
  }

  /// Puts HTTP2-Settings.
  ///
  /// Rule      RFC 7540 section 3.2.1; Connection lists it
  /// Fails     unwritable without settings, or for one whose value is not allowed
  constexpr void put_fields(writer& to) const noexcept {
    to.put("HTTP2-Settings: ");
    field::put_http2_settings(to, settings_);
    to.put("\r\n");
  }

 private:
  span<const field::http2_setting> settings_;
};

/// Whether a connection begins with the preface of HTTP/2.
enum class preface : std::uint8_t {
  absent,      ///< it does not: pass the octets to a server_handshake
  incomplete,  ///< it may, with more octets
  complete  ///< it does: the client knows that the server speaks HTTP/2, and all octets are HTTP/2
};

/// The name of the enumerator.
constexpr std::string_view name_of(preface one) noexcept {
  constexpr const char* names[] = {"absent", "incomplete", "complete"};
  return names[static_cast<std::size_t>(one)];
}

/// Looks for the preface of a client that speaks HTTP/2 without asking.
///
/// Rule      prior knowledge, RFC 9113 section 3.3: the preface is not an HTTP/1.1 request
/// Takes     unread: all octets that have come on the connection
/// Returns   incomplete if there are no octets
///
/// ```cpp
/// assert(turnout::h2c::find_preface("PRI * HT") == turnout::h2c::preface::incomplete);
/// assert(turnout::h2c::find_preface("GET / HT") == turnout::h2c::preface::absent);
/// ```
constexpr preface find_preface(std::string_view unread) noexcept {
  if (unread.starts_with(client_preface)) return preface::complete;
  return client_preface.starts_with(unread) ? preface::incomplete : preface::absent;
}

}  // namespace h2c
}  // namespace v0
}  // namespace turnout
