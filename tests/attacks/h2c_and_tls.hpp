// Upgrades that lead around an intermediary: h2c, and TLS inside HTTP.
#pragma once

#include <array>
#include <string>

#include "attacks/attack.hpp"
#include "attacks/messages.hpp"
#include "attacks/parties.hpp"

namespace attacks {

inline const std::string asks_h2c =
    "GET /flag HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n";

inline const std::string sends_on_flag =
    "request /flag\n> GET /flag HTTP/1.1\n> Host: a\n> Via: 1.1 p\n>\n";

inline const attack h2c_smuggling{
    "h2csmuggler, yarp issue 877, Traefik issue 9341, Go issue 68729",
    "HAProxy, Traefik, nginx, YARP and others",
    "The proxy forwarded Upgrade: h2c and HTTP2-Settings. The server switched, and HTTP/2 requests "
    "in the tunnel bypassed the rules of the proxy.",
    "A relay offers only the protocols of its policy, which do not include h2c by default: Upgrade "
    "and HTTP2-Settings are never forwarded, and a 101 nevertheless becomes a 502.",
    "INT-05 INT-06 H2C-19",
    {relay(asks_h2c, {found}, sends_on_flag + passes_found),
     relay(asks_h2c, {with(agrees_on_foo, "foo/2", "h2c")},
           sends_on_flag + refused_by_relay(errc::unsolicited_switch, "502 Bad Gateway")),
     relay(with(asks_h2c, "Upgrade, HTTP2-Settings", "Upgrade"), {found},
           sends_on_flag + passes_found),
     server(asks_h2c, "request /flag\nresponse\n< 200\nclose\n")}};

inline const attack go_h2c_content{
    "CVE-2022-41721",
    "Go, golang.org/x/net/http2/h2c",
    "The server did not read the content of the request for h2c. After the switch it read the "
    "content as HTTP/2 frames.",
    "The switch comes after the content: its octets are returned as content, and the octets after "
    "them belong to the new protocol.",
    "H2C-09 UPG-27",
    {server("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nConnection: Upgrade, HTTP2-Settings"
            "\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\nno framesPRI",
            "decision HTTP/1.1 101 Switching Protocols\ncontent no frames\nswitched h2c\n",
            speaks_h2c)}};

/// Plays a connection octet by octet, next to another one that writes to the same memory.
inline std::string play_beside(const std::string& octets, const std::string& others) {
  server_connection one{relayed};
  server_connection other{relayed};
  std::array<char, 512> out{};
  std::string told;
  std::string unread;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    (void)other.advance(std::string_view{others}.substr(0, i), out);
    unread += octets[i];
    const server_turn turn = one.advance(unread, out);
    if (turn.need != server_need::more)
      told += std::string{name_of(turn.need)} + " " + std::string{turn.request.target.octets} +
              " by " + std::string{turn.request.method_name} + "\n";
  }
  return told;
}

inline const attack tomcat_h2c{
    "CVE-2021-25122",
    "Apache Tomcat",
    "On a new h2c connection the server could find fields, and some content, of another user's "
    "request in a reused buffer.",
    "The library keeps no octets: a connection reads only the memory that is passed to it. Two "
    "connections that share an output buffer write only their own octets.",
    "ENG-13 ENG-16",
    {{"A server with two connections",
      shown(gets_admin, "client: ") + shown(asks_websocket, "other client: "),
      "request /admin by GET\n", [](pieces) { return play_beside(gets_admin, asks_websocket); }}}};

inline const std::string asks_tls =
    "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: TLS/1.2\r\n\r\n";

inline const attack opossum{
    "CVE-2025-49812, Opossum",
    "Apache HTTP Server and others with RFC 2817",
    "An attacker in the middle asks for TLS in clear text, and joins the client's TLS connection "
    "to "
    "it after the 101. Client and server then disagree on which answer belongs to which request.",
    "Upgrade to TLS is off: nobody agrees to it, or forwards it, unless its profile is listed. "
    "List it only if nothing else speaks TLS.",
    "TLS-02 INT-05",
    {server(asks_tls, "request *\nresponse\n< 200\nclose\n"),
     relay(asks_tls, {found_nothing},
           "request *\n> OPTIONS * HTTP/1.1\n> Host: a\n> Via: 1.1 p\n>\n" + passes_nothing)}};

inline group h2c_and_tls() {
  return {"h2c, and TLS inside HTTP", {h2c_smuggling, go_h2c_content, tomcat_h2c, opossum}};
}

}  // namespace attacks
