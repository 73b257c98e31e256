// Programs that would keep a view of what is gone. CASE chooses one; the compiler refuses all but
// the first, which is what they look like when they are right.
#include <array>
#include <string>
#include <vector>

#include "turnout/protocol/extended_connect.hpp"
#include "turnout/protocol/h2c.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

using namespace turnout;

namespace {

constexpr profile spoken[] = {websocket::profile};
std::vector<profile> make_profiles() { return {websocket::profile}; }
proposal make_proposal() { return {.host = "a", .protocols = spoken}; }
relay_policy make_policy() { return {.allowed = spoken, .name = "p"}; }
std::string make_value() { return "websocket"; }

}  // namespace

int main() {
  const std::string_view in = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  std::array<char, 512> out{};
  server_handshake handshake{spoken};
  server_connection server{spoken};
  relay_policy policy = make_policy();
  relay_connection relay{policy};
  facts seen;

#if CASE == 0
  const auto profiles = make_profiles();
  const auto asked = make_proposal();
  const auto value = make_value();
  server_connection other{profiles};
  client_connection client{asked, {.spoken = profiles}};
  seen.see("Upgrade", value);
  seen.see("Connection", "upgrade");
  const auto turn = server.advance(in, out);
  const auto now = handshake.receive(in);
  return turn.offer().offered() + now.offer().offered() + other.advance(in, out).used +
                     client.advance({}, out).used >
                 0
             ? 1
             : 0;
#elif CASE == 1
  const auto offer = server.advance(in, out).offer();
#elif CASE == 2
  const auto offer = handshake.receive(in).offer();
#elif CASE == 3
  const auto offer = relay.advance(relay_side::client, in, out).offer();
#elif CASE == 4
  server_connection other{make_profiles()};
#elif CASE == 5
  const client_options options{.spoken = {{websocket::profile, h2c::profile}}};
#elif CASE == 6
  server_handshake other{make_profiles()};
#elif CASE == 7
  client_connection client{make_proposal()};
#elif CASE == 8
  client_handshake client{make_proposal()};
#elif CASE == 9
  relay_connection other{make_policy()};
#elif CASE == 10
  policy.allowed = make_profiles();
#elif CASE == 11
  const proposal asked{.host = "a", .protocols = make_profiles()};
#elif CASE == 12
  const client_options options{.spoken = make_profiles()};
#elif CASE == 13
  seen.see("Upgrade", make_value());
#elif CASE == 14
  const verdict judged = examine_request(seen, make_profiles());
#elif CASE == 15
  const websocket::policy own{.subprotocols = std::vector<std::string_view>{"chat"}};
#elif CASE == 16
  // Only Clang sees this one and those that follow, and warns.
  const auto* const switched = server.advance(in, out).switched();
  return switched != nullptr;
#elif CASE == 17
  const std::string_view accept = websocket::accept_for(field::sec_websocket_key{}).text();
  return accept.empty();
#elif CASE == 18
  const facts opened = extended_connect::facts_of({}, spoken[0], websocket::accept_for({}).text());
  return opened.status();
#elif CASE == 19
  const auto path = connect_udp::target{}.by(connect_udp::target::default_template);
  return path.number;
#endif
}
