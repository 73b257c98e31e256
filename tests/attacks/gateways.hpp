// Between HTTP/1.1 and HTTP/2 or HTTP/3.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "attacks/attack.hpp"
#include "attacks/messages.hpp"
#include "attacks/parties.hpp"
#include "support/gateway_turns.hpp"

namespace attacks {

using header_list = std::vector<field_line>;

/// A header list, one line each.
inline std::string shown_list(const header_list& list) {
  std::string text;
  for (const field_line& line : list)
    text += "client: " + escaped(line.name) + ": " + escaped(line.value) + "\n";
  return text;
}

inline const header_list connects_websocket{
    {":method", "CONNECT"}, {":protocol", "websocket"}, {":scheme", "https"},
    {":path", "/chat"},     {":authority", "a"},        {"sec-websocket-version", "13"}};

inline header_list operator+(header_list list, const field_line& line) {
  list.push_back(line);
  return list;
}

/// A gateway between a stream and a server of HTTP/1.1, which answers once the client has sent all.
inline std::string play_down(const header_list& list, const std::string& data,
                             const std::string& response, pieces come) {
  turns::down_program program{relayed};
  program.receive(list);
  program.take(gateway::side::stream, data);
  send_in(come, response,
          [&](std::string_view piece) { program.take(gateway::side::connection, piece); });
  return program.story();
}

inline scene gateway_down(const header_list& list, const std::string& data,
                          const std::string& response, std::string outcome) {
  return {"A gateway to HTTP/1.1",
          shown_list(list) + shown(data, "client's DATA: ") + shown(response, "server: "),
          std::move(outcome), [=](pieces come) { return play_down(list, data, response, come); }};
}

/// What it becomes in HTTP/1.1.
inline const std::string crosses_down =
    "request websocket\n> GET /chat HTTP/1.1\n> Host: a\n> Connection: Upgrade\n> Upgrade: "
    "websocket\n"
    "> Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n> sec-websocket-version: 13\n>\n";

/// What it does with a malformed request.
inline std::string malformed(const std::string& why) {
  return "< RST_STREAM malformed\nwhy " + why + "\nclose\n";
}

inline const attack envoy_data{
    "CVE-2026-73548",
    "Envoy",
    "DATA of an extended CONNECT went to a server of HTTP/1.1 over a connection of the pool before "
    "the server had switched. It answered them as a request, to another user.",
    "A gateway holds DATA back until the 101 was read and checked, and drops it if the server "
    "answers "
    "otherwise. No call of it passes DATA on before that.",
    "XC-21",
    {gateway_down(connects_websocket, gets_admin, found_nothing,
                  crosses_down + "< :status: 404\n< content-length: 0\n< END_STREAM\nclose\n" +
                      held(gets_admin)),
     gateway_down(connects_websocket, "frames", agrees_on_websocket,
                  crosses_down + "< :status: 200\n> frames\n")}};

inline const attack netty_values{
    "CVE-2026-93579",
    "Netty",
    "CR and LF in values of HTTP/2 went into a head of HTTP/1.1.",
    "Values are checked as they are read, and again as they are written.",
    "XC-16 XC-24",
    {gateway_down(connects_websocket + field_line{"x", "y\r\nAuthorization: z"}, "", "",
                  malformed("control_octet")),
     gateway_down(connects_websocket + field_line{"x\r\ny", "z"}, "", "",
                  malformed("bad_field_name"))}};

inline const attack h2_host{
    "CVE-2026-71554",
    "hyper-h2",
    "Several Host fields crossed a bridge from HTTP/2 to HTTP/1.1.",
    "Host is made from :authority. A request whose Host differs is malformed; no Host field is "
    "forwarded.",
    "XC-17",
    {gateway_down(connects_websocket + field_line{"host", "b"}, "", "", malformed("host_differs")),
     gateway_down(connects_websocket + field_line{"host", "a"} + field_line{"host", "a"}, "", "",
                  crosses_down)}};

inline const attack leaking_upgrade{
    "HAProxy issue 2928, http2-spec issue 789",
    "HAProxy and others",
    "Upgrade and Connection were forwarded to HTTP/2, where they make a message malformed.",
    "A list with a field for one connection is malformed, and is never written.",
    "XC-12 INT-28",
    {gateway_down(connects_websocket + field_line{"upgrade", "websocket"}, "", "",
                  malformed("connection_specific_field")),
     gateway_down(connects_websocket + field_line{"transfer-encoding", "chunked"}, "", "",
                  malformed("connection_specific_field"))}};

/// Translates a request of HTTP/1.1 for a server of HTTP/2 or HTTP/3.
inline std::string play_up(const std::string& octets) {
  server_connection client{relayed, {.allow_connect = true}};
  std::array<char, 512> out{};
  const server_turn turn = client.advance(octets, out);
  extended_connect::enable_connect_protocol enabled;
  (void)enabled.see(extended_connect::enable_connect_protocol::identifier, 1);
  const extended_connect::upgrade_request asked{turn.request, turn.offer(), relayed[0].token,
                                                "http", enabled};
  std::array<field_line, 16> lines{};
  const auto written = extended_connect::write_request(asked, {lines, out});
  std::string text;
  for (std::size_t i = 0; i < written.lines; ++i)
    text += "> " + escaped(lines[i].name) + ": " + escaped(lines[i].value) + "\n";
  return written ? text : "fails: " + std::string{name_of(written.why.code)} + "\n";
}

inline scene gateway_up(const std::string& octets, std::string outcome) {
  return {"A gateway to HTTP/2", shown(octets, "client: "), std::move(outcome),
          [octets](pieces) { return play_up(octets); }};
}

inline const attack netty_authority{
    "CVE-2026-100664",
    "Netty",
    ":authority was made from Host even if the target of the request named another host, which the "
    "request had been allowed for.",
    "The target in absolute-form decides: :authority and :path come from it.",
    "MSG-23 XC-20",
    {gateway_up(with(asks_websocket, "/chat", "http://trusted.example/chat"),
                "> :method: CONNECT\n> :protocol: websocket\n> :scheme: http\n"
                "> :authority: trusted.example\n> :path: /chat\n> sec-websocket-version: 13\n")}};

inline const attack netty_connect{
    "CVE-2026-100663",
    "Netty",
    "A CONNECT of HTTP/1.1 was taken for a request with a URI: its host became :scheme, and "
    ":authority was that of Host.",
    "A plain CONNECT never becomes an extended one. In HTTP/2 it has only :authority, with a host "
    "and a port, or is malformed.",
    "MSG-25 XC-06",
    {gateway_up(connects, "fails: foreign_agreement\n"),
     gateway_down({{":method", "CONNECT"}, {":authority", "b:443"}}, "", "",
                  "< :status: 501\n< content-type: text/plain\n< CONNECT is not allowed here\n"
                  "< END_STREAM\nwhy connect_not_allowed\nclose\n"),
     gateway_down({{":method", "CONNECT"}, {":authority", "b"}}, "", "",
                  malformed("bad_authority")),
     gateway_down({{":method", "CONNECT"}, {":authority", "b:443"}, {":path", "/"}}, "", "",
                  malformed("forbidden_pseudo_header"))}};

inline group gateways() {
  return {"Between versions of HTTP",
          {envoy_data, netty_values, h2_host, leaking_upgrade, netty_authority, netty_connect}};
}

}  // namespace attacks
