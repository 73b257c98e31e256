// Both sides of a handshake for a protocol that turnout does not know, in memory: what goes from
// one side to the other is printed. jboss_remoting.hpp has all that there is to say about the
// protocol.
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
  turnout::client_handshake client{asked};
  const auto request = client.write_request(out);
  if (!request) return fail(request.error());
  fmt::print("{}", *request);

  static constexpr turnout::profile spoken[] = {jboss_remoting::profile};
  turnout::server_handshake server{spoken};
  const auto asking = server.receive(*request);
  if (asking.what != turnout::server_step::upgrade_offered) return fail(asking.why);
  std::array<char, 1024> back{};
  const auto response = server.accept(jboss_remoting::agree(asking.offer()), back);
  if (!response) return fail(response.error());
  fmt::print("{}", *response);

  const auto answered = client.receive(*response);
  if (answered.what != turnout::client_step::switched) return fail(answered.why);
  const auto switched = server.receive(asking.rest);
  if (switched.what != turnout::server_step::switched) return fail(switched.why);
  fmt::print("both sides speak {} now\n", answered.switched()->protocol().token.name);
}
