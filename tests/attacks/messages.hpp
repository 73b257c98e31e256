// Messages that several attacks are made of, and what a relay makes of them.
#pragma once

#include <string>

#include "support/fixtures.hpp"

namespace attacks {

using fixtures::plus, fixtures::with, fixtures::without;

inline const std::string asks_websocket =
    "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
inline const std::string sends_on_websocket =
    "request /chat\n"
    "> GET /chat HTTP/1.1\n> Host: a\n> Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
    "> Sec-WebSocket-Version: 13\n> Via: 1.1 p\n> Connection: Upgrade\n> Upgrade: websocket\n>\n";

inline const std::string asks_foo =
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n";
inline const std::string sends_on_foo =
    "request /\n> GET / HTTP/1.1\n> Host: a\n> Via: 1.1 p\n> Connection: Upgrade\n"
    "> Upgrade: foo/2\n>\n";

/// A request that rules of a proxy would stop.
inline const std::string gets_admin = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";
inline const std::string sends_on_admin =
    "request /admin\n> GET /admin HTTP/1.1\n> Host: a\n> Via: 1.1 p\n>\n";

inline const std::string connects = "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n";
inline const std::string sends_on_connect =
    "connect b:443\n> CONNECT b:443 HTTP/1.1\n> Host: b:443\n> Via: 1.1 p\n>\n";

inline const std::string found_nothing = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
inline const std::string passes_nothing =
    "< HTTP/1.1 404 Not Found\n< Content-Length: 0\n< Via: 1.1 p\n<\n";

/// The same to a CONNECT, which closes the connection.
inline const std::string passes_refusal =
    "< HTTP/1.1 404 Not Found\n< Content-Length: 0\n< Via: 1.1 p\n< Connection: close\n<\n";

inline const std::string found = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
inline const std::string passes_found =
    "< HTTP/1.1 200 OK\n< Content-Length: 2\n< Via: 1.1 p\n<\n< ok\n";

/// What servers answer to a WebSocket of another version.
inline const std::string requires_13 =
    "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n";

inline const std::string agrees_on_websocket{fixtures::websocket_response};
inline const std::string agrees_on_foo =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n";

}  // namespace attacks
