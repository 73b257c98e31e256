// The code of docs/protocols.md, word for word: each answer switches, or refuses.
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

#include "protocols.hpp"

#include <doctest/doctest.h>

namespace {

using namespace turnout;

constexpr profile everything[] = {websocket::profile,
                                  connect_udp::profile,
                                  h2c::profile,
                                  tls::v1_2,
                                  docker::tcp,
                                  kubernetes::spdy,
                                  {.token = {"example", "1"}},
                                  connect_ip::profile,
                                  ticketed,
                                  remoting::jboss};
using output = std::array<char, 1024>;

std::string request(std::string_view start, std::string_view fields) {
  return std::string{start} + " HTTP/1.1\r\nHost: a\r\n" + std::string{fields} + "\r\n";
}

/// What an answer to a request writes first, and whether the connection is switched then.
template <class Answer>
std::string status_of(const std::string& octets, bool switches, const Answer& answer) {
  server_handshake server{everything};
  const auto now = server.receive(octets);
  output out{};
  const result<std::string_view> written = answer(server, now, out);
  CHECK((server.state() == server_state::switched) == switches);
  return written ? std::string{written->substr(0, 12)} : "nothing";
}

const auto reach = [](auto host, auto) { return host != "nowhere"; };

}  // namespace

TEST_CASE("the answers on the page switch") {
  const std::string upgrade = "Connection: Upgrade\r\nUpgrade: ";
  CHECK(status_of(request("GET /", upgrade + "websocket\r\nSec-WebSocket-Version: 13\r\n"
                                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                             "Origin: https://example.com\r\n"),
                  true, answer_websocket) == "HTTP/1.1 101");
  CHECK(status_of(request("GET /", upgrade + "websocket\r\nSec-WebSocket-Version: 13\r\n"
                                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                             "Origin: https://evil.example\r\n"),
                  false, answer_websocket) == "HTTP/1.1 403");
  CHECK(status_of(request("GET /", upgrade + "websocket\r\n"), false, answer_websocket) ==
        "HTTP/1.1 400");
  CHECK(status_of(request("GET /",
                          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                          "HTTP2-Settings: AAMAAABk\r\n"),
                  true, answer_h2c) == "HTTP/1.1 101");
  CHECK(status_of(request("GET /", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"),
                  false, answer_h2c)
            .empty());
  CHECK(status_of(request("GET /", upgrade + "TLS/1.2\r\n"), true, answer_tls) == "HTTP/1.1 101");
  CHECK(status_of(request("GET /", upgrade + "example/1\r\n"), true, answer_mine) ==
        "HTTP/1.1 101");
  CHECK(mine[0].token == everything[6].token);
  CHECK(versions[1].token == everything[3].token);
}

TEST_CASE("the answers on the page that need a target switch, or refuse") {
  const std::string fields = "Connection: Upgrade\r\nUpgrade: connect-udp\r\n";
  const auto udp = [](auto& server, const auto& now, auto& out) {
    return answer_connect_udp(server, now, out, reach);
  };
  CHECK(status_of(request("GET /.well-known/masque/udp/b/53/", fields), true, udp) ==
        "HTTP/1.1 101");
  CHECK(status_of(request("GET /.well-known/masque/udp/nowhere/53/", fields), false, udp) ==
        "HTTP/1.1 502");
  CHECK(status_of(request("GET /elsewhere", fields), false, udp) == "HTTP/1.1 400");
  const auto tunnels = [](auto& server, const auto& now, auto& out) {
    return answer_connect(server, now, out, reach);
  };
  CHECK(status_of(request("CONNECT b:443", ""), true, tunnels) == "HTTP/1.1 200");
  CHECK(status_of(request("CONNECT nowhere:443", ""), false, tunnels) == "HTTP/1.1 502");
  output out{};
  const auto written = ask_connect_udp("2001:db8::1", 53, out);
  CHECK(written->starts_with(
      "GET /.well-known/masque/udp/2001%3Adb8%3A%3A1/53/ HTTP/1.1\r\nHost: proxy.example\r\n"));
  CHECK(!ask_connect_udp("", 53, out));
  const auto by_template =
      ask_by_template("https://p.example/masque{?target_host,target_port}", "b", 53, out);
  CHECK(by_template->starts_with(
      "GET /masque?target_host=b&target_port=53 HTTP/1.1\r\nHost: p.example\r\n"));
  CHECK(!ask_by_template("https://p.example/{+target_host}", "b", 53, out));
}

TEST_CASE("the answer on the page binds a socket") {
  static constexpr profile bound[] = {bound_udp::profile};
  const auto status = [](std::string_view target, std::string_view field) {
    server_handshake server{bound};
    const std::string octets =
        request("GET /.well-known/masque/udp/" + std::string{target},
                "Connection: Upgrade\r\nUpgrade: connect-udp\r\n" + std::string{field});
    const auto now = server.receive(octets);
    output out{};
    return std::string{*answer_bound_udp(server, now, out)};
  };
  const std::string bind = "Connect-UDP-Bind: ?1\r\n";
  const std::string named = "Proxy-Public-Address: \"192.0.2.45:54321\"\r\n";
  CHECK(status("%2A/%2A/", bind).find(named) != std::string::npos);
  CHECK(status("%2A/%2A/", "").starts_with("HTTP/1.1 400"));
  CHECK(status("b/53/", "").find(named) == std::string::npos);
  CHECK(status("b/53/", "").starts_with("HTTP/1.1 101"));
  CHECK(status("b/%2A/", bind).starts_with("HTTP/1.1 400"));
}

TEST_CASE("the answers of the page for packets of IP, and its request for TCP") {
  const std::string fields = "Connection: Upgrade\r\nUpgrade: connect-ip\r\n";
  const auto ip = [](auto& server, const auto& now, auto& out) {
    return answer_connect_ip(server, now, out, [](std::string_view scope, int protocol) {
      return scope == "192.0.2.0/24" && protocol == 17;
    });
  };
  CHECK(status_of(request("GET /.well-known/masque/ip/192.0.2.0%2F24/17/", fields), true, ip) ==
        "HTTP/1.1 101");
  CHECK(status_of(request("GET /.well-known/masque/ip/*/*/", fields), false, ip) == "HTTP/1.1 403");
  CHECK(status_of(request("GET /elsewhere", fields), false, ip) == "HTTP/1.1 400");
  output out{};
  const auto written = ask_connect_tcp("b", 443, out);
  CHECK(written->starts_with(
      "GET /.well-known/masque/tcp/b/443/ HTTP/1.1\r\nHost: proxy.example\r\n"));
  CHECK(!ask_connect_tcp("", 443, out));
}

TEST_CASE("the code on the page reads packets from the capsules of a tunnel") {
  capsule::reader reader{packets};
  std::string sent;
  const auto send = [&sent](std::string_view packet) { sent += std::string{packet} + ";"; };
  using namespace std::string_view_literals;
  const auto rest =
      send_packets(reader, "\x00\x03\x00xy\x17\x01z\x00\x02\x02x\x00\x04\x00x"sv, send);
  CHECK(*rest == "\x00\x04\x00x"sv);
  CHECK(sent == "xy;");
  CHECK(!send_packets(reader, "\x00\x00"sv, send));
  CHECK(!send_packets(reader, "\x00\x80\x01\x00\x00"sv, send));
}

TEST_CASE("the answer on the page accepts an offer of compression") {
  websocket::permessage_deflate::agreed agreed;
  std::string written;
  const auto deflate = [&](auto& server, const auto& now, auto& out) {
    const auto answer = answer_deflate(server, now, out, agreed);
    written = *answer;
    return answer;
  };
  const std::string fields =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  const std::string field = "Sec-WebSocket-Extensions: permessage-deflate";
  CHECK(status_of(request("GET /", fields + field + "\r\n"), true, deflate) == "HTTP/1.1 101");
  CHECK(written.find(field + "; server_max_window_bits=10\r\n") != written.npos);
  CHECK(agreed.in_use);
  CHECK(agreed.server_window_bits == 10);
  CHECK(status_of(request("GET /", fields), true, deflate) == "HTTP/1.1 101");
  CHECK_FALSE(agreed.in_use);
  CHECK(status_of(request("GET /", "Connection: Upgrade\r\nUpgrade: websocket\r\n"), false,
                  deflate) == "HTTP/1.1 400");
}

TEST_CASE("the page selects one of the protocols of TLS") {
  output out{};
  const std::string list{"\0\x0c\x02h2\x08http/1.1", 14};
  const auto written = answer_alpn(list, out);
  CHECK(*written == std::string_view{"\0\x03\x02h2", 5});
  CHECK(answer_alpn(std::string_view{"\0\x03\x02h3", 5}, out).error().code ==
        errc::no_application_protocol);
}

TEST_CASE("the code on the page says why a proxy failed") {
  CHECK(first_error("cdn; error=dns_error, \"b\"") == "dns_error");
  CHECK(first_error("cdn") == "");
  CHECK(first_error("cdn,") == "");
  CHECK(explains.refusal_fields(errc::incomplete, 502).front().value ==
        "proxy.example; error=http_response_incomplete");
}

TEST_CASE("the code on the page forwards an extended CONNECT as an HTTP/1.1 request") {
  constexpr std::array<std::uint8_t, 16> nonce{};
  const field_line list[] = {{":method", "CONNECT"},   {":protocol", "websocket"},
                             {":scheme", "https"},     {":authority", "example.com"},
                             {":path", "/chat"},       {"sec-websocket-version", "13"},
                             {"origin", "https://a.b"}};
  output out{};
  const auto written = forward_to_http_1(list, nonce, out);
  CHECK(written->starts_with("GET /chat HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\n"));
  CHECK(forward_to_http_1(std::span{list}.first(4), nonce, out).error().code ==
        errc::missing_pseudo_header);
  const field_line other[] = {{":method", "CONNECT"},
                              {":protocol", "foo"},
                              {":scheme", "https"},
                              {":authority", "example.com"},
                              {":path", "/"}};
  CHECK(explain(forward_to_http_1(other, nonce, out).error().code).status == 501);
}

TEST_CASE("the answer on the page for an own protocol switches for a valid ticket") {
  const std::string upgrade = "Connection: Upgrade\r\nUpgrade: ticketed/1\r\n";
  CHECK(status_of(request("GET /", upgrade + "x-ticket: valid\r\n"), true, answer_ticketed) ==
        "HTTP/1.1 101");
  CHECK(status_of(request("GET /", upgrade + "X-Ticket: old\r\n"), false, answer_ticketed) ==
        "HTTP/1.1 403");
  CHECK(server_handshake{everything}.receive(request("GET /", upgrade)).why.code ==
        errc::missing_own_field);
}

TEST_CASE("the answers on the page for protocols without an RFC switch") {
  const std::string upgrade = "Connection: Upgrade\r\nUpgrade: ";
  const auto docker = [](auto& server, const auto& now, auto& out) {
    return answer_docker(server, *now.offer().agree(docker::tcp.token), out);
  };
  CHECK(status_of(request("POST /", upgrade + "tcp\r\nContent-Length: 0\r\n"), true, docker) ==
        "HTTP/1.1 101");
  const std::string spdy = upgrade + "SPDY/3.1\r\nX-Stream-Protocol-Version: ";
  CHECK(status_of(request("GET /", spdy + "v4.channel.k8s.io\r\n"), true, answer_kubernetes) ==
        "HTTP/1.1 101");
  CHECK(status_of(request("GET /", spdy + "v9\r\n"), false, answer_kubernetes) == "HTTP/1.1 403");
  const std::string wildfly = upgrade + "jboss-remoting\r\nSec-JbossRemoting-Key: ";
  CHECK(status_of(request("GET /", wildfly + "dGhlIHNhbXBsZSBub25jZQ==\r\n"), true,
                  answer_remoting) == "HTTP/1.1 101");
  CHECK(status_of(request("GET /", wildfly + "short\r\n"), false, answer_remoting) ==
        "HTTP/1.1 400");
  CHECK(from_lxd[0].tolerates_missing_connection);
}
