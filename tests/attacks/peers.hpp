// Peers that send too much, too slowly, or what nobody expects.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "attacks/attack.hpp"
#include "attacks/messages.hpp"
#include "attacks/parties.hpp"
#include "support/guarded.hpp"

namespace attacks {

inline std::string repeated(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// A scene whose attack is too long to be printed.
inline scene abridged(scene one, const std::string& attack) {
  one.attack = attack + "\n";
  return one;
}

inline constexpr std::uint32_t megabytes = 1 << 24;
inline constexpr limits wide{.head = megabytes, .field_line = megabytes, .field_lines = 1000};

inline const attack ws_fields{
    "CVE-2024-37890",
    "ws",
    "A request with more fields than Node.js keeps lost its Upgrade field silently, and the server "
    "read a missing field.",
    "Exceeding a limit is an error, 431; nothing is truncated.",
    "MSG-44",
    {abridged(server(plus(asks_websocket, repeated(100, "X: y\r\n") + "X: y"),
                     refused(errc::too_many_field_lines, "431 Request Header Fields Too Large")),
              "client: the request for a WebSocket, with 101 lines of X: y in it")}};

/// A server that gets a head octet by octet, in memory where whole lines can't be read until the
/// head is whole.
inline std::string play_octets(const std::string& octets) {
  guarded::pages memory{octets.size()};
  const std::string_view unread = memory.at_begin(octets);
  server_connection server{relayed, {.limits = wide}};
  std::array<char, 512> out{};
  std::size_t line = 0;
  std::size_t next = 0;
  for (std::size_t shown = 1; shown < octets.size(); ++shown) {
    memory.forbid(line);
    if (server.advance(unread.substr(0, shown), out).need != server_need::more)
      return "too early\n";
    if (octets[shown - 1] == '\n') line = std::exchange(next, shown);
  }
  memory.forbid(0);
  return std::string{name_of(server.advance(unread, out).need)} + "\n";
}

inline const attack tungstenite_pieces{
    "CVE-2023-43669",
    "tungstenite",
    "Whenever an octet arrived, the whole head was parsed again: the work grew with the square of "
    "its size.",
    "A mark says how far the head was read. Complete lines are not read again until the head is "
    "complete, and the limits allow 32 KiB.",
    "ENG-12 ENG-03",
    {abridged({"A server", "", "decision\n",
               [](pieces) {
                 return play_octets(plus(
                     asks_websocket, repeated(400, "X: " + repeated(95, "y") + "\r\n") + "X: y"));
               }},
              "client: the request for a WebSocket, with 40 kB of fields, octet by octet")}};

inline const attack regular_expressions{
    "CVE-2021-32640, CVE-2020-7662, CVE-2023-26103",
    "ws, websocket-extensions, Deno",
    "Regular expressions read Sec-WebSocket-Protocol and Sec-WebSocket-Extensions, and took "
    "exponential or quadratic time for some values.",
    "Lists are read in one pass. A value of a mebibyte takes milliseconds, and the limits allow "
    "16 KiB and 64 elements.",
    "GRM-22 ENG-12",
    {abridged(
         server(plus(asks_websocket, "Sec-WebSocket-Protocol: a" + repeated(1 << 20, " ") + "b"),
                "decision HTTP/1.1 400 Bad Request\nclose\n", {.options = {.limits = wide}}),
         "client: the request, with Sec-WebSocket-Protocol: a, 1,048,576 spaces, b"),
     abridged(server(plus(asks_websocket,
                          "Sec-WebSocket-Extensions: a; b=\"" + repeated(1 << 19, "\\c") + "\\"),
                     "decision HTTP/1.1 400 Bad Request\nclose\n", {.options = {.limits = wide}}),
              "client: the request, with Sec-WebSocket-Extensions: a; b=\", 524,288 times \\c, and "
              "\\")}};

inline const attack deno_octets{
    "CVE-2026-55517",
    "Deno",
    "A 101 with octets from 0x80 on in Sec-WebSocket-Protocol or Sec-WebSocket-Extensions ended "
    "the client's process.",
    "Such octets are not allowed in tokens: the 101 is refused, and the connection closes.",
    "MSG-40 WS-28",
    {client(asked_chat, plus(agrees_on_websocket, "Sec-WebSocket-Protocol: ch\x80t"),
            "> GET / HTTP/1.1\n" + closes(errc::bad_websocket_protocol)),
     client(asked_chat, plus(agrees_on_websocket, "Sec-WebSocket-Extensions: \xff"),
            "> GET / HTTP/1.1\n" + closes(errc::bad_websocket_extensions))}};

inline const attack undici_window{
    "CVE-2026-2229",
    "undici",
    "A 101 with an invalid server_max_window_bits ended the client's process.",
    "permessage_deflate::check() reports the invalid parameter, and the connection fails.",
    "PMD-09 PMD-12",
    {caller("permessage-deflate; server_max_window_bits=99", errc::bad_extension_parameter, [] {
      const auto answered =
          field::sec_websocket_extensions::parse("permessage-deflate; server_max_window_bits=99");
      constexpr websocket::permessage_deflate::offer offered[] = {{}};
      return websocket::permessage_deflate::check(*answered, offered).error();
    })}};

inline const attack fastify_upgrades{
    "CVE-2026-130647",
    "fastify",
    "An upgrade that was sent right after other requests was answered before them.",
    "Requests are returned in order, each after the previous one was answered.",
    "ENG-07 UPG-42",
    {server(gets_admin + asks_websocket,
            "request /admin\nresponse\n< 200\ndecision HTTP/1.1 101 Switching Protocols\n"
            "switched websocket\n")}};

/// A server whose client goes away while it decides.
inline std::string play_reset(pieces) {
  server_connection server{relayed};
  std::array<char, 512> out{};
  std::string told;
  std::string octets = asks_websocket;
  server_turn turn = server.advance(octets, out);
  for (; turn.need != server_need::close; turn = server.end_of_input(octets, out)) {
    told += std::string{name_of(turn.need)} + "\n";
    if (turn.need == server_need::response) (void)server.responded();
    octets.erase(0, turn.used);
  }
  return told + "close\n";
}

/// A relay whose client goes away while the server decides.
inline std::string play_reset_of_relay(pieces) {
  turns::relay_program program{relaying};
  program.from_client(asks_foo);
  program.end_client();
  program.from_server(agrees_on_foo + "octets");
  program.end_client();
  program.from_server("more");
  program.end_server();
  return program.story();
}

inline const attack fastify_reset{
    "CVE-2026-129500",
    "fastify",
    "A client that went away while the server decided on its upgrade ended the process.",
    "The end of input is an event like any other, in every state. The offer is dropped, and the "
    "connection closes after the request is answered.",
    "ENG-05",
    {abridged({"A server", "", "decision\nrequest\nresponse\nclose\n", play_reset},
              "client: the request for a WebSocket, and the end of its input before the answer"),
     abridged(
         {"A relay", "",
          sends_on_foo + "< HTTP/1.1 101 Switching Protocols\n< Via: 1.1 p\n< Connection: Upgrade\n"
                         "< Upgrade: foo/2\n<\n< octets\n"
                         "end output of client\n< more\nclose\n",
          play_reset_of_relay},
         "client: the request for foo/2, and the end of its input before the answer\n"
         "server: a 101, octets of the new protocol, and the end of its input")}};

inline const attack fastify_fragment{
    "CVE-2026-129502, CVE-2026-126343",
    "fastify, Hono",
    "A # in the target cut it short for one part of the server, and not for another.",
    "A target with a # is malformed: 400.",
    "MSG-20",
    {server(with(asks_websocket, "/chat", "/chat#/admin"), refused(errc::bad_target)),
     relay(with(gets_admin, "/admin", "/#/admin"), {},
           refused_by_relay(errc::bad_target) + held(with(gets_admin, "/admin", "/#/admin")))}};

inline const attack next_ssrf{
    "CVE-2026-44578",
    "Next.js",
    "An upgrade whose target was in absolute-form was forwarded to any host that it named.",
    "The caller decides where requests go: it gets the target and its form, and the library "
    "connects to nothing. A forwarded request has the host of the target in Host.",
    "MSG-23 INT-21",
    {relay(with(asks_websocket, "/chat", "http://169.254.169.254/latest"), {},
           with(with(with(sends_on_websocket, "/chat", "http://169.254.169.254/latest"), "/chat",
                     "/latest"),
                "Host: a", "Host: 169.254.169.254"))}};

/// A server that checks where a page came from which asks for a WebSocket.
inline scene checked_origin(std::string_view origin, std::string_view status) {
  const std::string octets = plus(asks_websocket, "Origin: " + std::string{origin});
  const auto play = [=](pieces) -> std::string {
    server_connection server{relayed};
    std::array<char, 512> out{};
    const server_turn turn = server.advance(octets, out);
    const auto asked = websocket::offer::read(turn.offer());
    constexpr std::string_view own[] = {"https://shop.example"};
    const bool allowed =
        websocket::check_origin(asked->origin(), own) == websocket::origin_kind::allowed;
    const auto answer =
        allowed ? server.answer(asked->agree(), out) : server.refuse({.status = 403}, out);
    return "decision " + std::string{turns::first_line(*answer)} + "\n";
  };
  return {"A server that calls check_origin()", shown(octets, "client: "),
          "decision HTTP/1.1 " + std::string{status} + "\n", play};
}

inline const attack origins{
    "CVE-2026-133111, CVE-2026-59428, CVE-2026-27977",
    "fastify, Spring, Next.js",
    "A proxy dropped Origin, or a server did not check it, or accepted null, so that pages of "
    "other sites could open a WebSocket with the user's cookies.",
    "The server gets Origin, and a relay forwards it. check_origin() compares it with the server's "
    "list, which does not include null by default; the caller must call it.",
    "WS-57 INT-35",
    {checked_origin("https://evil.example", "403 Forbidden"),
     checked_origin("null", "403 Forbidden"),
     checked_origin("https://shop.example", "101 Switching Protocols"),
     relay(plus(asks_websocket, "Origin: null"), {},
           with(sends_on_websocket, "> Via", "> Origin: null\n> Via"))}};

inline const attack unknown_protocols{
    "Envoy issue 36305, Istio issue 53239",
    "Envoy, Istio",
    "Requests that offered a protocol that the proxy did not speak, as Java's clients do, were "
    "refused with 403.",
    "An offer of an unsupported protocol is ignored: the request is an ordinary one.",
    "UPG-09 H2C-14 INT-05",
    {server(with(asks_foo, "foo/2", "TLS/1.2, h2c"), "request /\nresponse\n< 200\nclose\n"),
     relay(with(asks_foo, "foo/2", "TLS/1.2, h2c"), {found},
           "request /\n> GET / HTTP/1.1\n> Host: a\n> Via: 1.1 p\n>\n" + passes_found)}};

inline const attack two_hosts{
    "CVE-2026-34525",
    "aiohttp",
    "A request could have two Host fields, and each party chose one of them.",
    "More than one Host is an error: 400.",
    "MSG-28",
    {server(plus(gets_admin, "Host: b"), refused(errc::repeated_host)),
     relay(plus(gets_admin, "Host: b"), {},
           refused_by_relay(errc::repeated_host) + held(plus(gets_admin, "Host: b")))}};

inline group peers() {
  return {"Hostile peers",
          {ws_fields, tungstenite_pieces, regular_expressions, deno_octets, undici_window,
           fastify_upgrades, fastify_reset, fastify_fragment, next_ssrf, origins, unknown_protocols,
           two_hosts}};
}

}  // namespace attacks
