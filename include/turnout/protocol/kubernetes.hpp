// SPDY/3.1 as Kubernetes speaks it for exec, attach and port-forward, and its WebSockets, whose
// subprotocols are not tokens. No RFC defines them: this follows the client and the API server.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/protocol/websocket/slashed_subprotocol.hpp"

namespace turnout {
inline namespace v0 {
namespace kubernetes {

/// `SPDY/3.1`: X-Stream-Protocol-Version says what its streams mean.
inline constexpr profile spdy{
    .token = {"SPDY", "3.1"}, .methods = method::get | method::post, .own_agreement = true};

/// One stream protocol, as X-Stream-Protocol-Version names it.
///
/// Borrows   the octets it was read from
struct stream_protocol {
  std::string_view text{};  ///< anything but commas, compared octet for octet

  /// Reads the stream protocol at the front of `octets`, up to a comma. It never fails: the API
  /// server also accepts anything between commas.
  ///
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<stream_protocol>> parse_prefix(
      std::string_view octets) noexcept {
    const std::string_view element = turnout::detail::before(octets, ',');
    return grammar::parsed_prefix<stream_protocol>{{grammar::trim(element)}, element.size()};
  }

  /// Puts the stream protocol as it came.
  constexpr void put(writer& to) const noexcept { to.put(text); }

  friend constexpr bool operator==(const stream_protocol&, const stream_protocol&) = default;
};

/// The value of X-Stream-Protocol-Version: stream protocols, most preferred first. Clients write
/// one line for each; proxies join them (RFC 9110 section 5.3).
using stream_protocols = grammar::list<stream_protocol>;

/// An agreement on `SPDY/3.1` and on a stream protocol.
///
/// Borrows   the server's list of stream protocols
class agreement : public turnout::agreement {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;

  /// The chosen stream protocol, a member of the server's list.
  constexpr std::string_view stream_protocol() const noexcept { return stream_protocol_; }

  /// Puts X-Stream-Protocol-Version.
  constexpr void put_fields(writer& to) const noexcept {
    field_line{"X-Stream-Protocol-Version", stream_protocol_}.put(to);
  }

 private:
  friend constexpr result<agreement> agree(const turnout::offer&,
                                           span<const std::string_view>) noexcept;
  constexpr agreement(turnout::agreement agreed, std::string_view chosen) noexcept
      : turnout::agreement{agreed}, stream_protocol_{chosen} {}

  std::string_view stream_protocol_;
};

/// Agrees to the first stream protocol of the client that the server speaks.
///
/// Rule      RFC 9110 section 5.3: on one line or on several, the list is the same
/// Takes     offered: the offer of examine_request() or a handshake; spoken: the server's stream
///           protocols
/// Fails     foreign_agreement if it has no `SPDY/3.1`; missing_stream_protocol if the client names
///           none, and too_many_elements: answer these two with 400; no_common_stream_protocol:
///           answer with 403 and accepted_versions()
/// Borrows   from `spoken`
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::kubernetes::spdy};
/// turnout::facts request{turnout::method::post, turnout::http_1_1};
/// request.see("Host", "a");
/// request.see("Connection", "Upgrade");
/// request.see("Upgrade", "SPDY/3.1");
/// request.see("X-Stream-Protocol-Version", "v5.channel.k8s.io, v4.channel.k8s.io");
/// static constexpr std::string_view streams[] = {"v4.channel.k8s.io"};
/// const auto offered = turnout::examine_request(request, spoken).offer;
/// assert(turnout::kubernetes::agree(offered, streams)->stream_protocol() == streams[0]);
/// ```
constexpr result<agreement> agree(const turnout::offer& offered,
                                  span<const std::string_view> spoken) noexcept {
  const auto agreed = offered.agree(spdy.token);
  if (!agreed) return agreed.error();
  const auto wanted =
      stream_protocols::parse(offered.request()->lines(field_name::x_stream_protocol_version));
  if (!wanted) return wanted.error();
  if (wanted->empty()) return failure{errc::missing_stream_protocol, 0};
  for (const stream_protocol& name : *wanted)
    for (const std::string_view one : spoken)
      if (name.text == one) return agreement{*agreed, one};
  return failure{errc::no_common_stream_protocol, 0};
}

/// Makes the field lines of a refusal that lists the server's stream protocols.
///
/// Takes     spoken: the server's stream protocols; lines: room for one line for each
/// Returns   how many lines were made at the front of `lines`
/// Fails     no_space with the number of lines needed
/// Borrows   from `spoken`
constexpr result<std::size_t> accepted_versions(span<const std::string_view> spoken,
                                                span<field_line> lines) noexcept {
  if (lines.size() < spoken.size()) return failure{errc::no_space, spoken.size()};
  for (std::size_t i = 0; i < spoken.size(); ++i)
    lines[i] = {"X-Accepted-Stream-Protocol-Versions", spoken[i]};
  return spoken.size();
}

/// A client's request to switch to `SPDY/3.1`. Other responses than a 101 have a text, or a Status
/// in JSON, as their content.
///
/// Borrows   everything it views
class proposal : public turnout::proposal {
 public:
  /// Takes     request: a GET or POST, whose list of protocols is ignored; offered: stream
  ///           protocols, most preferred first
  constexpr proposal(const turnout::proposal& request,
                     lasting_span<const std::string_view> offered) noexcept
      : turnout::proposal{request}, stream_protocols_{offered} {
    protocols = {&spdy, 1};
  }

  /// Puts one X-Stream-Protocol-Version line for each stream protocol, as kubectl does.
  ///
  /// Fails     unwritable for one that can't be a field value
  constexpr void put_fields(writer& to) const noexcept {
    for (const std::string_view one : stream_protocols_)
      field_line{"X-Stream-Protocol-Version", one}.put(to);
  }

  /// Checks that the 101 names no stream protocol that was not offered.
  ///
  /// Fails     stream_protocol_not_offered
  constexpr finding check_switch(const facts& response, const profile&,
                                 std::size_t) const noexcept {
    constexpr field_name field = field_name::x_stream_protocol_version;
    const grammar::value_lines chosen = response.lines(field);
    if (chosen.empty()) return {};
    for (const std::string_view one : stream_protocols_)
      if (chosen.count() == 1 && chosen.first() == one) return {};
    return {{errc::stream_protocol_not_offered, 0}, field};
  }

 private:
  span<const std::string_view> stream_protocols_;
};

}  // namespace kubernetes
}  // namespace v0
}  // namespace turnout
