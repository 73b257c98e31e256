// Meets other people's programs with the profiles of protocol/de_facto.hpp and TLS.
//
//   ours accept        listens on a free port, prints it, and agrees to everything; a line for each
//                      connection: the token, and the first octets after the 101
//   ours ask TOKEN PORT [FIELD VALUE]...
//                      asks a server for a protocol; prints the same
#include <poll.h>
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

#include <array>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "../../examples/common/posix.hpp"

namespace {

using namespace turnout;

constexpr profile spoken[] = {
    tailscale::control,  tailscale::derp,     remoting::jboss,
    remoting::artemis,   tls::v1_3,           tls::v1_2,
    tls::version("1.1"), tls::version("1.0"), proxmox::backup.tolerating_missing_connection()};

/// Waits until there is something to read, for at most three seconds.
bool wait_for(const unique_socket& from) {
  pollfd one{from.get(), POLLIN, 0};
  return poll(&one, 1, 3000) > 0;
}

void say(std::string_view token, std::string_view octets) {
  std::printf("%.*s switched, then", static_cast<int>(token.size()), token.data());
  for (const char octet : octets.substr(0, 16))
    std::printf(" %02x", static_cast<unsigned char>(octet));
  std::printf("%s\n", octets.empty() ? " nothing" : "");
  std::fflush(stdout);
}

std::string text_of(const protocol& token) {
  std::string text{token.name};
  return token.version.empty() ? text : text + "/" + std::string{token.version};
}

/// Reads what comes after the switch.
std::string first_octets(const unique_socket& from, std::string_view begun) {
  std::string octets{begun};
  while (octets.size() < 16 && wait_for(from) && read_some(from, octets)) {
  }
  return octets;
}

result<std::string_view> answer(server_handshake& server, const offer& offered, span<char> out) {
  const profile& one = *offered.choose(preference::server);
  if (one.token == remoting::jboss.token || one.token == remoting::artemis.token) {
    const auto agreed = remoting::agree(offered, one);
    if (!agreed) return agreed.error();
    return server.accept(*agreed, out);
  }
  constexpr field_line derp[] = {{"Derp-Version", "2"}};
  const bool is_derp = one.token == tailscale::derp.token;
  return server.accept(offered.agree(one.token), out,
                       is_derp ? span<const field_line>{derp} : span<const field_line>{});
}

void serve(const unique_socket& client) {
  std::string unread;
  std::array<char, 1024> out{};
  server_handshake server{spoken};
  while (wait_for(client) && read_some(client, unread)) {
    const auto now = server.receive(unread);
    if (now.what == server_step::need_more) continue;
    if (now.what != server_step::upgrade_offered) {
      std::printf("no offer: %.*s\n", static_cast<int>(unread.find('\r')), unread.data());
      std::fflush(stdout);
      std::string refuses =
          "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      write_some(client, refuses);
      return;
    }
    const auto written = answer(server, now.offer(), out);
    if (!written) return (void)std::printf("%.*s\n", 40, explain(written.error().code).text.data());
    std::string octets{*written};
    write_some(client, octets);
    const auto switched = server.receive(now.rest);
    say(text_of(switched.switched()->protocol().token),
        first_octets(client, switched.switched()->octets()));
    wait_for(client);  // JBoss Remoting's client takes the end of the connection for a refusal
    return;
  }
}

[[noreturn]] void accept_all() {
  const unique_socket listener = listen_on("0");
  for (;;) {
    if (!wait_for(listener)) continue;
    serve(unique_socket{accept(listener.get(), nullptr, nullptr)});
  }
}

template <class Proposal>
int ask(const Proposal& asked, const unique_socket& server) {
  std::array<char, 2048> out{};
  client_handshake<Proposal> client{asked};
  const auto request = client.write_request(out);
  if (!request) return 2;
  std::string unsent{*request};
  pollfd ready{server.get(), POLLOUT, 0};
  poll(&ready, 1, 3000);
  write_some(server, unsent);
  std::string unread;
  while (wait_for(server) && read_some(server, unread)) {
    const auto now = client.receive(unread);
    if (now.what == client_step::need_more) continue;
    if (now.switched() == nullptr) {
      std::printf("%.*s: %.*s\n", static_cast<int>(unread.find('\r')), unread.data(), 60,
                  now.why ? explain(now.why.code).text.data() : "declined");
      return 1;
    }
    say(text_of(now.switched()->protocol().token), first_octets(server, now.switched()->octets()));
    return 0;
  }
  std::printf("no response\n");
  return 1;
}

}  // namespace

int main(int count, char** values) {
  if (count == 2 && std::strcmp(values[1], "accept") == 0) accept_all();
  if (count < 4) return 2;
  const std::string_view wanted = values[2];
  const unique_socket server = connect_to(values[3]);
  std::vector<field_line> fields;
  for (int i = 4; i + 1 < count; i += 2) fields.push_back({values[i], values[i + 1]});
  for (const profile& one : spoken) {
    if (text_of(one.token) != wanted) continue;
    proposal asked{
        .host = "127.0.0.1", .protocols = {&one, 1}, .fields = {fields.data(), fields.size()}};
    if (one.token == tailscale::derp.token) asked.target = "/derp";
    // cupsd names TLS/1.2, TLS/1.1 and TLS/1.0, so all of them have to be offered.
    if (one.token == tls::v1_2.token) asked = tls::mandatory("127.0.0.1", {&one, 3});
    return ask(asked, server);
  }
  return 2;
}
