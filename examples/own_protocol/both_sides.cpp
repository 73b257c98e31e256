// Both sides of a handshake for a protocol that a program defines itself, in memory. It prints the
// messages between both sides. jboss_remoting.hpp has everything about the protocol.
#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <random>
#include <string_view>
#include <turnout/turnout.hpp>

#include "jboss_remoting.hpp"

namespace {

std::array<std::uint8_t, 16> random_octets() {
  std::array<std::uint8_t, 16> octets{};
  std::random_device source;
  for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(source());
  return octets;
}

int fail(turnout::failure why) {
  fmt::print(stderr, "{}\n", turnout::explain(why.code).text);
  return 1;
}

}  // namespace

int main() {
  std::array<char, 1024> out{};
  const jboss_remoting::proposal asked{"wildfly.example:8080", random_octets()};
  turnout::client_connection client{asked};
  const turnout::client_turn asking = client.advance({}, out);
  if (asking.why) return fail(asking.why);
  fmt::print("{}", asking.output);

  static constexpr turnout::profile spoken[] = {jboss_remoting::profile};
  turnout::server_connection server{spoken};
  std::array<char, 1024> back{};
  const turnout::server_turn asked_for = server.advance(asking.output, back);
  if (asked_for.need != turnout::server_need::decision) return fail(asked_for.why);
  const auto response = server.answer(jboss_remoting::agree(asked_for.offer()), back);
  if (!response) return fail(response.error());
  fmt::print("{}", *response);

  const turnout::client_turn answered = client.advance(*response, {});
  if (answered.need != turnout::client_need::switched) return fail(answered.why);
  const turnout::server_turn switched = server.advance(asking.output, {});
  if (switched.need != turnout::server_need::switched) return fail(switched.why);
  fmt::print("both sides speak {} now\n", answered.switched()->protocol().token.name);
}
