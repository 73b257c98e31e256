// Remoting of WildFly and of its messaging: JBoss Remoting, ActiveMQ Artemis and HornetQ. They
// prove the switch as a WebSocket does, with fields and a GUID of their own. No RFC defines them:
// this follows JBoss Remoting and Artemis.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_accept.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/grammar/value_lines.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/protocol/websocket/accept.hpp"

namespace turnout {
inline namespace v0 {
namespace remoting {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

namespace detail {

/// The fields of a protocol: the key, then the accept value.
using proof_fields = own_field[2];

constexpr profile profile_named(std::string_view name, const proof_fields& fields) noexcept {
  return {.token = {name, {}}, .own_agreement = true, .fields = fields};
}

inline constexpr proof_fields jboss_fields = {
    {.name = "Sec-JbossRemoting-Key"sv, .in_request = true},
    {.name = "Sec-JbossRemoting-Accept"sv, .in_switch = true}};
inline constexpr proof_fields artemis_fields = {
    {.name = "Sec-ActiveMQRemoting-Key"sv, .in_request = true},
    {.name = "Sec-ActiveMQRemoting-Accept"sv, .in_switch = true}};
inline constexpr proof_fields hornetq_fields = {
    {.name = "Sec-HornetQRemoting-Key"sv, .in_request = true},
    {.name = "Sec-HornetQRemoting-Accept"sv, .in_switch = true}};

/// All three use the same one.
inline constexpr websocket::accept_guid guid{"CF70DEB8-70F9-4FBA-8B4F-DFC3E723B4CD"};

constexpr std::string_view key_field(const profile& one) noexcept {
  return one.fields.begin()[0].name;
}
constexpr std::string_view accept_field(const profile& one) noexcept {
  return one.fields.begin()[1].name;
}

}  // namespace detail

/// `jboss-remoting`: the remote EJB and management protocol of WildFly and JBoss EAP.
inline constexpr profile jboss = detail::profile_named("jboss-remoting"sv, detail::jboss_fields);
/// `activemq-remoting`: the core protocol of ActiveMQ Artemis, on WildFly's HTTP port.
inline constexpr profile artemis =
    detail::profile_named("activemq-remoting"sv, detail::artemis_fields);
/// `hornetq-remoting`: the same of HornetQ, which came before Artemis.
inline constexpr profile hornetq =
    detail::profile_named("hornetq-remoting"sv, detail::hornetq_fields);

/// An agreement on one of the three.
///
/// Borrows   the server's list of profiles
class agreement : public turnout::agreement {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;

  /// Puts the accept value.
  constexpr void put_fields(writer& to) const noexcept {
    field_line{detail::accept_field(*protocol()), accept_.text()}.put(to);
  }

 private:
  friend constexpr result<agreement> agree(const offer&, const profile&) noexcept;
  constexpr agreement(turnout::agreement agreed, const field::sec_websocket_key& key) noexcept
      : turnout::agreement{agreed}, accept_{websocket::accept_for(key, detail::guid)} {}

  field::sec_websocket_accept accept_;
};

/// Agrees to the switch if the request has one key of 16 octets.
///
/// Takes     offered: the offer of examine_request() or a handshake; wanted: one of the profiles
///           above
/// Fails     foreign_agreement if the request does not offer it; repeated_websocket_key,
///           bad_websocket_key: answer these two with 400
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::remoting::jboss};
/// turnout::facts request{turnout::method::get, turnout::http_1_1};
/// request.keep_for(spoken);  // so that the facts keep the field with the key
/// request.see("Host", "a");
/// request.see("Connection", "Upgrade");
/// request.see("Upgrade", "jboss-remoting");
/// request.see("Sec-JbossRemoting-Key", "dGhlIHNhbXBsZSBub25jZQ==");
/// const auto offered = turnout::examine_request(request, spoken).offer;
/// assert(turnout::remoting::agree(offered, turnout::remoting::jboss));
/// ```
constexpr result<agreement> agree(const offer& offered, const profile& wanted) noexcept {
  const auto agreed = offered.agree(wanted.token);
  if (!agreed) return agreed.error();
  const grammar::value_lines keys = offered.request()->lines(detail::key_field(wanted));
  if (keys.has_second()) return failure{errc::repeated_websocket_key, keys.second()};
  const auto key = field::sec_websocket_key::parse(keys.first());
  if (!key) return key.error();
  return agreement{*agreed, *key};
}

/// A client's request for one of the three.
///
/// Borrows   the profile and the host
class proposal : public turnout::proposal {
 public:
  /// Takes     wanted: one of the profiles above; server: the value of Host; nonce: 16 octets of
  ///           good randomness, new for each connection
  constexpr proposal(const profile& wanted, std::string_view server,
                     const std::array<std::uint8_t, 16>& nonce) noexcept
      : turnout::proposal{.host = server, .protocols = {&wanted, 1}}, key_{nonce} {}

  /// Puts the key.
  constexpr void put_fields(writer& to) const noexcept {
    field_line{detail::key_field(protocols.front()), key_.text()}.put(to);
  }

  /// Returns why this request can't follow `before` on the same connection: repeated_nonce.
  constexpr failure check_after(const proposal& before) const noexcept {
    return {key_ == before.key_ ? errc::repeated_nonce : errc::none, 0};
  }

  /// Checks the accept value.
  ///
  /// Fails     repeated_websocket_accept, wrong_websocket_accept
  constexpr finding check_switch(const facts& response, const profile& agreed,
                                 std::size_t) const noexcept {
    const field_name field = response.field_named(detail::accept_field(agreed));
    const grammar::value_lines values = response.lines(field);
    if (values.has_second()) return {{errc::repeated_websocket_accept, values.second()}, field};
    if (websocket::accept_for(key_, detail::guid) == values.first()) return {};
    return {{errc::wrong_websocket_accept, 0}, field};
  }

 private:
  field::sec_websocket_key key_;
};

}  // namespace remoting
}  // namespace v0
}  // namespace turnout
