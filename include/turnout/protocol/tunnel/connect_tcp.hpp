// connect-tcp, a tunnel for one TCP connection: draft-ietf-httpbis-connect-tcp-12, not an RFC yet.
#pragma once

#include <string_view>

#include "turnout/grammar/uri_template.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/tunnel/masque.hpp"
#include "turnout/protocol/tunnel/masque_host.hpp"

namespace turnout {
inline namespace v0 {
namespace connect_tcp {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

namespace detail {

constexpr turnout::profile make_profile() noexcept {
  turnout::profile made = masque::profile_named("connect-tcp"sv);
  made.expects_without_content = true;
  return made;
}

}  // namespace detail

/// `connect-tcp`: a GET without content, whose path names the host and port to connect to. Capsules
/// follow, as payload_reader reads them.
///
/// Rule      the proxy connects before it answers, and writes at most a 100 (Continue) before that
///           (the draft's section on HTTP/1.1): a client may expect one, with `expect_continue` of
///           its proposal, and the proxy sends it with write_continue(). A proxy that wants
///           credentials answers 401, not 407, which gateways would take for their own. A 426 with
///           `connect-tcp`, or a 501, in response to a CONNECT hints at this protocol
inline constexpr masque::host_protocol protocol{
    detail::make_profile(),
    *grammar::uri_template::parse("/.well-known/masque/tcp/{target_host}/{target_port}/"sv)};
/// The profile, for lists of protocols.
inline constexpr const turnout::profile& profile = protocol.profile;

/// The host and port to connect to.
using target = masque::host_target<protocol>;
/// A request for it, for servers.
using offer = masque::offer<target>;
/// An agreement on it.
using agreement = masque::agreement<target>;
/// A client's request for it.
using proposal = masque::proposal<target>;

/// Reads a request, and agrees to it.
inline constexpr masque::agree_to<target> agree{};

}  // namespace connect_tcp
}  // namespace v0
}  // namespace turnout
