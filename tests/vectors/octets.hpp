// Octets of cases of this folder, for tests that read them while they are compiled. Written by
// tests/rules/octets.py, which looks for the ids that tests name.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace vectors {

/// What one side of a case sends.
struct sent {
  template <std::size_t size>
  constexpr sent(std::string_view name, const char (&literal)[size])
      : id{name}, octets{literal, size - 1} {}

  std::string_view id;
  std::string_view octets;
};

inline constexpr sent requests[] = {
    {"atlas/reverse",
     "GET /.well-known/reverse/tcp/ HTTP/1.1\r\nHost: origin.example.com\r\n"
     "Connection: Upgrade\r\nUpgrade: reverse\r\nALPN: http%2F1.1\r\n\r\n"},
    {"atlas/uotlv-1",
     "GET /proxyguard HTTP/1.1\r\nHost: vpn.example.com\r\nUser-Agent: ProxyGuard\r\n"
     "Connection: Upgrade\r\nUpgrade: UoTLV/1\r\n\r\n"},
    {"connection/at",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade@\r\nUpgrade: foo/2\r\n\r\n"},
    {"connection/close-first",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"connection/contains",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: not-upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"connection/missing", "GET /x HTTP/1.1\r\nHost: a\r\nUpgrade: foo/2\r\n\r\n"},
    {"connection/option-without-upgrade",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\r\n"},
    {"connection/ordinary-in-http-1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n"},
    {"connection/proxy-connection",
     "GET /x HTTP/1.1\r\nHost: a\r\nProxy-Connection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"connection/quoted",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: \"upgrade\"\r\nUpgrade: foo/2\r\n\r\n"},
    {"connection/spaces-for-commas",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: keep-alive Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"docker/attach",
     "POST /v1.47/containers/c/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: docker\r\n"
     "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n"},
    {"early-data/frame-after-request",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n\201\005hello"},
    {"early-data/offer-after-content",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /x HTTP/1.1\r\nHost: a\r\n"
     "Connection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"early-data/offer-after-request",
     "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
     "Upgrade: foo/2\r\n\r\n"},
    {"early-data/request-after-http-1.0-keep-alive",
     "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n"
     "Connection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"early-data/request-after-offer",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"
     "GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"expect/without-content",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
     "Expect: 100-continue\r\n\r\n"},
    {"field-lines/empty-value",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\nX:\r\n\r\n"},
    {"field-lines/nul-in-other-value",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\nX: a\000b\r\n\r\n"},
    {"h2c/offer",
     "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
     "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"},
    {"host/empty", "GET /x HTTP/1.1\r\nHost:\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"host/missing", "GET /x HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"masque/ip-all",
     "GET /.well-known/masque/ip/*/*/ HTTP/1.1\r\nHost: example.org\r\nConnection: Upgrade\r\n"
     "Upgrade: connect-ip\r\nCapsule-Protocol: ?1\r\n\r\n"},
    {"masque/udp",
     "GET /.well-known/masque/udp/192.0.2.6/443/ HTTP/1.1\r\nHost: example.org\r\n"
     "Connection: Upgrade\r\nUpgrade: connect-udp\r\nCapsule-Protocol: ?1\r\n\r\n"},
    {"relay-smuggling/fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"relay-smuggling/host-with-space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"},
    {"request-line/empty-line-alone", "\r\n"},
    {"request-line/empty-line-before",
     "\r\nGET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"request-line/lowercase-method",
     "get /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"request-line/nothing-yet", ""},
    {"request-line/options-asterisk",
     "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"request-line/plain-offer",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"request-line/unknown-method-long",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA /x HTTP/1.1\r\nHost: a\r\n"
     "Connection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"request-line/version-1.0",
     "GET /x HTTP/1.0\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"request-line/version-1.2",
     "GET /x HTTP/1.2\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"upgrade/comma-alone",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ,\r\n\r\n"},
    {"upgrade/commas-around",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: , foo/2 , ,\r\n\r\n"},
    {"upgrade/empty-version",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/\r\n\r\n"},
    {"upgrade/h2-alone",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2\r\n\r\n"},
    {"upgrade/h2-first",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2, foo/2\r\n\r\n"},
    {"upgrade/malformed-member-after",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2, b@d\r\n\r\n"},
    {"upgrade/name-in-other-case",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: FOO/2\r\n\r\n"},
    {"upgrade/no-name", "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: /2\r\n\r\n"},
    {"upgrade/other-version",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/3\r\n\r\n"},
    {"upgrade/space-before-slash",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo /2\r\n\r\n"},
    {"upgrade/two-slashes",
     "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo/2/3\r\n\r\n"},
    {"websocket-request/example",
     "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n"
     "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
     "Sec-WebSocket-Version: 13\r\n\r\n"},
    {"websocket-request/get-with-length",
     "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n"
     "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
     "Sec-WebSocket-Version: 13\r\nContent-Length: 5\r\n\r\nhello"},
    {"websocket-request/host-empty",
     "GET /chat HTTP/1.1\r\nHost:\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"},
    {"websocket-request/key-missing",
     "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n"
     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n"},
    {"websocket-request/method-post",
     "POST /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n"
     "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
     "Sec-WebSocket-Version: 13\r\n\r\n"},
};

inline constexpr sent responses[] = {
    {"docker/error", "HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\n\r\n{\"message\":1}"},
    {"docker/switched",
     "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
     "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"},
    {"kubernetes/switched",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
     "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n"},
    {"masque/udp-switched",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n"
     "Capsule-Protocol: ?1\r\n\r\n"},
    {"refused/204-with-length", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nHELLO"},
    {"response-fields/bare-cr-in-value",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\nX: a\rb\r\n"
     "\r\n"},
    {"response-fields/space-before-colon",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade : foo/2\r\n\r\n"},
    {"response-fields/whitespace-line-first",
     "HTTP/1.1 101 X\r\n X: y\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/empty-line-before",
     "\r\nHTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/no-space-after-status",
     "HTTP/1.1 101\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/nothing-yet", ""},
    {"status-line/plain-switch",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/reason-with-another-status",
     "HTTP/1.1 101 404 Not Found\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/status-099", "HTTP/1.1 099 X\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/status-600", "HTTP/1.1 600 X\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/status-four-digits",
     "HTTP/1.1 1010 X\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/status-plus", "HTTP/1.1 +101 X\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/version-1.0",
     "HTTP/1.0 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/version-1.2", "HTTP/1.2 101 X\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/version-2.0", "HTTP/2.0 101 X\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"status-line/version-letter",
     "HTTP/1.x 101 X\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"},
    {"switch/connection-list",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: keep-alive, Upgrade\r\nUpgrade: foo/2\r\n"
     "\r\n"},
    {"switch/connection-missing", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo/2\r\n\r\n"},
    {"switch/connection-parameter",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade;q=1\r\nUpgrade: foo/2\r\n\r\n"},
    {"switch/leftover",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n"
     "\201\005hello"},
    {"switch/length",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
     "Content-Length: 5\r\n\r\nHELLOmore"},
    {"switch/upgrade-and-http",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2, HTTP/1.1\r\n\r\n"},
    {"switch/upgrade-comma",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ,\r\n\r\n"},
    {"switch/upgrade-malformed",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: b@d\r\n\r\n"},
    {"switch/upgrade-missing", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n"},
    {"switch/upgrade-other-case",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: FOO/2\r\n\r\n"},
    {"switch/upgrade-other-version",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/3\r\n\r\n"},
    {"switch/upgrade-same-twice",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n"
     "Upgrade: foo/2\r\n\r\n"},
    {"switch/upgrade-second-of-offer",
     "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: bar\r\n\r\n"},
    {"websocket-response/accept-missing",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"},
    {"websocket-response/accept-twice",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"},
    {"websocket-response/example",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"},
    {"websocket-response/extension-unasked",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Extensions: foo\r\n\r\n"},
    {"websocket-response/frames-after",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\201\005hello"},
    {"websocket-response/subprotocol",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n"},
    {"websocket-response/subprotocol-other-case",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: CHAT\r\n\r\n"},
    {"websocket-response/subprotocol-two",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
     "Sec-WebSocket-Protocol: chat, superchat\r\n\r\n"},
    {"websocket-response/upgrade-list",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket, foo\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"},
    {"websocket-response/upgrade-two-lines",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nUpgrade: websocket\r\n\r\n"},
};

template <std::size_t size>
consteval std::string_view octets_of(const sent (&all)[size], std::string_view id) {
  for (const sent& one : all)
    if (one.id == id) return one.octets;
  std::abort();  // Not here yet: python3 -B tests/rules/octets.py . --write
}

/// The request of a case.
consteval std::string_view request_of(std::string_view id) { return octets_of(requests, id); }

/// The response of a case.
consteval std::string_view response_of(std::string_view id) { return octets_of(responses, id); }

}  // namespace vectors
