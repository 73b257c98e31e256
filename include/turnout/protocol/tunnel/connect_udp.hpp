// connect-udp, a tunnel for UDP packets: RFC 9298, as RFC 9931 section 6.3 changes it.
#pragma once

#include <string_view>

#include "turnout/grammar/uri_template.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/tunnel/masque.hpp"
#include "turnout/protocol/tunnel/masque_host.hpp"

namespace turnout {
inline namespace v0 {
namespace connect_udp {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// `connect-udp`: a GET without content, whose path names the host and port that packets go to.
///
/// Rule      RFC 9298 section 3: the proxy resolves the name before it answers, keeps its socket
///           while the tunnel is open, and closes the tunnel with it. The packets travel in the
///           capsules of RFC 9297, which protocol/tunnel/capsule.hpp reads
inline constexpr masque::host_protocol protocol{
    masque::profile_named("connect-udp"sv),
    *grammar::uri_template::parse("/.well-known/masque/udp/{target_host}/{target_port}/"sv)};
/// The profile, for lists of protocols.
inline constexpr const turnout::profile& profile = protocol.profile;

/// The host and port that the packets go to.
using target = masque::host_target<protocol>;
/// A request for it, for servers.
using offer = masque::offer<target>;
/// An agreement on it.
using agreement = masque::agreement<target>;
/// A client's request for it.
///
/// ```cpp
/// const auto target = turnout::connect_udp::target::of("192.0.2.7", 53);
/// std::array<char, 128> path;
/// const turnout::connect_udp::proposal asked{*turnout::write(*target, path), "proxy.example"};
/// std::array<char, 512> out;
/// assert(turnout::write_request(asked, out)->starts_with(
///     "GET /.well-known/masque/udp/192.0.2.7/53/ HTTP/1.1\r\nHost: proxy.example\r\n"));
/// ```
using proposal = masque::proposal<target>;

/// Reads a request, and agrees to it.
inline constexpr masque::agree_to<target> agree{};

}  // namespace connect_udp
}  // namespace v0
}  // namespace turnout
