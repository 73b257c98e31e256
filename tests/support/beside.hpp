// The handshakes of the library compared with the reference: a server, and clients that ask for one
// thing each. For every input, however it comes, both are to say that the same happens.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "reference/transcript.hpp"
#include "support/programs.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace beside {

using namespace turnout;
using programs::told, programs::pieces;
using reference::answers;
using reference::text;

inline constexpr std::array<std::string_view, 1> settings{"HTTP2-Settings"};
inline constexpr profile spoken_by_server[] = {
    websocket::profile,
    {.token = {"foo", "2"}, .methods = method::get | method::post | method::options},
    {.token = {"bar", {}}, .methods = method::get | method::post | method::head, .content = true},
    {.token = {"tcp", {}}, .methods = method::post},
    {.token = {"h2c", {}}, .nominated = settings, .opportunistic = true},
    {.token = {"h2", {}}},
    {.token = {"TLS", "1.3"},
     .methods = method::options,
     .upper = {"HTTP", "1.1"},
     .opportunistic = true,
     .self_confirming = true},
    {.token = {"TLS", "1.2"}, .upper = {"HTTP", "1.1"}, .self_confirming = true},
};
inline constexpr std::span<const profile> spoken{spoken_by_server};

/// How thoroughly an input is cut: not at all and at every octet, or also in two at each octet.
enum class cuts { few, all };

/// Says where a program and the reference differ.
template <class Play>
text compare(const text& octets, const text& expected, cuts made, const Play& play) {
  const auto differ = [&](pieces come) {
    const text says = play(octets, come);
    if (says == expected) return text{};
    return "[" + octets + "], from " + std::to_string(come.first) + " by " +
           std::to_string(come.size) + ": [" + says + "], not [" + expected + "]";
  };
  text found = differ({octets.size(), 1});
  if (found.empty()) found = differ({0, 1});
  for (std::size_t cut = 1; made == cuts::all && found.empty() && cut < octets.size(); ++cut)
    found = differ({cut, octets.size()});
  return found;
}

inline text server(const text& octets, cuts made = cuts::all,
                   answers when = answers::behind_content) {
  static const auto same = told(spoken);
  return compare(octets, reference::serve(octets, same, when), made,
                 [when](const text& shown, pieces come) {
                   return programs::server_program{spoken, when, shown, come}.run();
                 });
}

/// A client: what it asks for, and what the reference is told of that.
template <class Proposal>
class client {
 public:
  client(const Proposal& asks, const reference::wish& same) : asks_{asks}, same_{same} {}

  text operator()(const text& octets, cuts made = cuts::all) const {
    return compare(octets, reference::ask(octets, same_), made,
                   [this](const text& shown, pieces come) {
                     return programs::client_program<Proposal>{asks_, shown, come}.run();
                   });
  }

  /// What a server that speaks everything makes of the request.
  text asked() const {
    std::array<char, 1024> out{};
    return reference::serve(text{*write_request(asks_, out)}, told(spoken),
                            answers::behind_content);
  }

 private:
  const Proposal& asks_;
  reference::wish same_;
};

inline constexpr proposal for_foo_or_bar{
    .target = "/x", .host = "a", .protocols = spoken.subspan(1, 2)};
inline constexpr proposal with_head{
    .method = method::head, .host = "a", .protocols = spoken.subspan(2, 1)};
inline constexpr proposal for_tls{
    .method = method::options, .target = "*", .host = "a", .protocols = spoken.subspan(6, 1)};
inline constexpr proposal with_content{.method = method::post,
                                       .host = "a",
                                       .protocols = spoken.subspan(2, 1),
                                       .content = {framing_kind::length, 5},
                                       .expect_continue = true};
inline constexpr tunnel_request for_tunnel{.target = "a:443"};
inline constexpr std::array<std::uint8_t, 16> nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                                    'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};
inline constexpr websocket::proposal for_websocket{
    nonce,
    {.target = "/chat",
     .host = "server.example.com",
     .subprotocols = *field::sec_websocket_protocol::parse("chat, superchat"),
     .extensions = *field::sec_websocket_extensions::parse("permessage-deflate, x-other")}};

inline const client upgrade_client{for_foo_or_bar, {"GET", told(for_foo_or_bar.protocols), {}}};
inline const client head_client{with_head, {"HEAD", told(with_head.protocols), {}}};
inline const client tls_client{for_tls, {"OPTIONS", told(for_tls.protocols), {}}};
inline const client content_client{with_content, {"POST", told(with_content.protocols), {}, true}};
inline const client tunnel_client{for_tunnel, {"CONNECT", {}, {}}};
inline const client websocket_client{
    for_websocket,
    {"GET", told(for_websocket.protocols),
     reference::websocket_wish{
         "dGhlIHNhbXBsZSBub25jZQ==", {"chat", "superchat"}, {"permessage-deflate", "x-other"}}}};

}  // namespace beside
