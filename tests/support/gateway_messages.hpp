// What clients and servers on the two sides of a gateway send.
#pragma once

#include <string>

#include "support/gateway_turns.hpp"

namespace gateway_messages {

using turns::header_list;

inline constexpr turnout::profile spoken[] = {
    turnout::websocket::profile, turnout::connect_udp::profile, {.token = {"webtransport-h3", {}}}};

inline const header_list asks_websocket{{":method", "CONNECT"}, {":protocol", "websocket"},
                                        {":scheme", "https"},   {":path", "/chat"},
                                        {":authority", "a"},    {"sec-websocket-version", "13"}};
inline const header_list asks_udp{
    {":method", "CONNECT"}, {":protocol", "connect-udp"},
    {":scheme", "https"},   {":path", "/.well-known/masque/udp/192.0.2.6/443/"},
    {":authority", "a"},    {"capsule-protocol", "?1"}};
inline const header_list asks_connect{{":method", "CONNECT"}, {":authority", "b:443"}};

/// What the WebSocket above becomes.
inline const std::string websocket_down =
    "request websocket\n> GET /chat HTTP/1.1\n> Host: a\n> Connection: Upgrade\n"
    "> Upgrade: websocket\n> Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
    "> sec-websocket-version: 13\n>\n";
inline const std::string connect_down =
    "connect b:443\n> CONNECT b:443 HTTP/1.1\n> Host: b:443\n>\n";

inline const std::string agrees =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n";
inline const std::string opened = "< :status: 200\n< sec-websocket-protocol: chat\n";
inline const std::string not_found = "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc";

/// What clients of HTTP/1.1 ask for.
inline const std::string wants_websocket =
    "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, X\r\nUpgrade: websocket\r\nX: y\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
inline const std::string wants_udp =
    "GET /.well-known/masque/udp/192.0.2.6/443/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
    "Upgrade: connect-udp\r\nCapsule-Protocol: ?1\r\n\r\n";
inline const std::string wants_tunnel = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";

/// What they become.
inline const std::string websocket_up =
    "> :method: CONNECT\n> :protocol: websocket\n> :scheme: https\n> :authority: a\n"
    "> :path: /chat\n> sec-websocket-version: 13\n";
inline const std::string tunnel_up = "> :method: CONNECT\n> :authority: b:443\n";

inline const header_list accepts{{":status", "200"}, {"sec-websocket-protocol", "chat"}};
inline const std::string says_101 =
    "< HTTP/1.1 101 Switching Protocols\n< Connection: Upgrade\n< Upgrade: websocket\n"
    "< Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n< sec-websocket-protocol: chat\n<\n";

/// What the gateway answers in place of a stream.
inline std::string answered_up(const std::string& status, turnout::errc why,
                               const std::string& then = {}) {
  const std::string text{turnout::explain(why).text};
  return "< HTTP/1.1 " + status +
         "\n< Content-Type: text/plain\n< Content-Length: " + std::to_string(text.size()) +
         "\n<\n< " + text + "\n" + then + "why " + std::string{turnout::name_of(why)} + "\n";
}

/// What the gateway answers in place of the server.
inline std::string answered(const std::string& status, turnout::errc why) {
  return "< :status: " + status + "\n< content-type: text/plain\n< " +
         std::string{turnout::explain(why).text} + "\n< END_STREAM\nwhy " +
         std::string{turnout::name_of(why)} + "\nclose\n";
}

}  // namespace gateway_messages
