// h2c, the upgrade to HTTP/2 in clear text: RFC 7540 section 3.2.
//
// RFC 9113 section 3.1 has deprecated it. Nothing offers or accepts it unless the program lists it.
// A request that does not fit is an ordinary one (decision D14).
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

/// `h2c`: any request, whose content, if it has some, ends before HTTP/2 begins. A program that
/// listens on TLS, or after something that does, does not list it (RFC 7540 section 3.3): after a
/// proxy that lets it pass, it is a way around the proxy. Java's clients offer it with every
/// request of theirs, whatever its method, so that one that does not fit is an ordinary request.
/// HTTP/2 has no meaning for it (RFC 9113 section 3.1).
inline constexpr turnout::profile profile{.token = {"h2c"sv, {}},
                                          .methods = method::get | method::head | method::options |
                                                     method::post | method::put | method::delete_ |
                                                     method::patch | method::query | method::trace,
                                          .content = true,
                                          .nominated = detail::nominated,
                                          .own_agreement = true,
                                          .opportunistic = true,
                                          .by_extended_connect = false};

/// The stream on which the server answers the request, half-closed on the client's side.
inline constexpr std::uint32_t request_stream = 1;
/// The first stream that the client opens itself.
inline constexpr std::uint32_t next_client_stream = 3;
/// What a client sends first in HTTP/2, before a SETTINGS frame: RFC 9113 section 3.4.
inline constexpr std::string_view client_preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"sv;

/// Agreement on `h2c`. The 101 acknowledges the client's settings; after it the server sends its
/// SETTINGS frame first, and then the answer on request_stream. The client sends client_preface.
///
/// Borrows   the octets of the request's settings, which accept() does not read: who reads content
///           before it accepts takes the settings before
class agreement : public turnout::agreement {
 public:
  /// Agreement on nothing, which nobody accepts.
  constexpr agreement() = default;

  /// What the client has set.
  constexpr const field::http2_settings& settings() const noexcept { return settings_; }

 private:
  friend constexpr result<agreement> agree(const turnout::offer&) noexcept;
  constexpr agreement(turnout::agreement agreed, const field::http2_settings& settings) noexcept
      : turnout::agreement{agreed}, settings_{settings} {}

  field::http2_settings settings_;
};

/// Agrees to the switch, if the client's settings can be read.
///
/// Rule      RFC 7540 section 3.2.1: there is exactly one HTTP2-Settings; if something is wrong
///           with it, the offer is declined, and the request is not refused
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
  /// Takes     request: what is asked, whose protocols are not looked at; settings: at least one
  constexpr proposal(const turnout::proposal& request,
                     lasting_span<const field::http2_setting> settings) noexcept
      : turnout::proposal{request}, settings_{settings} {
    protocols = {&h2c::profile, 1};
  }

  /// Puts HTTP2-Settings.
  ///
  /// Rule      RFC 7540 section 3.2.1; Connection nominates it
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
  absent,      ///< it does not: show the octets to a server_handshake
  incomplete,  ///< it may, with more octets
  complete     ///< it does: the client knows that the server speaks HTTP/2, and all is HTTP/2's
};

/// The name of an enumerator.
constexpr std::string_view name_of(preface one) noexcept {
  constexpr const char* names[] = {"absent", "incomplete", "complete"};
  return names[static_cast<std::size_t>(one)];
}

/// Looks for the preface of a client that speaks HTTP/2 without asking.
///
/// Rule      prior knowledge, RFC 9113 section 3.3: the preface is no request of HTTP/1.1
/// Takes     unread: all octets of the connection that have come
/// Returns   incomplete for no octet at all
constexpr preface find_preface(std::string_view unread) noexcept {
  if (unread.starts_with(client_preface)) return preface::complete;
  return client_preface.starts_with(unread) ? preface::incomplete : preface::absent;
}

}  // namespace h2c
}  // namespace v0
}  // namespace turnout
