// Which fields no Connection may take off, and which it may list.
#include "turnout/negotiation/protected_fields.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/both.hpp"

using turnout::forwarding::is_protected;

TEST_CASE("[INT-26] fields that a server trusts are protected, in any case") {
  for (const std::string_view name : {"Authorization",
                                      "Cache-Control",
                                      "CF-Connecting-IP",
                                      "Client-Cert",
                                      "Content-Encoding",
                                      "Cookie",
                                      "Fastly-Client-IP",
                                      "Fly-Client-IP",
                                      "Forwarded",
                                      "If-Match",
                                      "Impersonate-User",
                                      "Sec-Fetch-Site",
                                      "Set-Cookie",
                                      "SSL-Client-Verify",
                                      "Strict-Transport-Security",
                                      "True-Client-IP",
                                      "Via",
                                      "WWW-Authenticate",
                                      "X-Amz-Security-Token",
                                      "X-Amzn-Oidc-Identity",
                                      "X-API-Key",
                                      "X-Appengine-User-IP",
                                      "X-Auth-Request-User",
                                      "X-Authenticated-User",
                                      "X-Azure-ClientIP",
                                      "X-Client-Cert",
                                      "X-Client-Cert-Chain",
                                      "X-Client-IP",
                                      "X-Envoy-External-Address",
                                      "X-F5-Auth-Token",
                                      "X-Forwarded-For",
                                      "X-Goog-IAP-JWT-Assertion",
                                      "X-MS-Client-Principal",
                                      "X-Original-URL",
                                      "X-Real-IP",
                                      "X-Remote-Group",
                                      "X-SSL-Client-DN",
                                      "X-WebAuth-User"}) {
    CAPTURE(name);
    std::string other{name};
    for (char& octet : other)
      if (octet >= 'a' && octet <= 'z') octet = static_cast<char>(octet - 0x20);
    CHECK(is_protected(name));
    CHECK(is_protected(other));
    CHECK(!is_protected(std::string{"Y"} + other));
  }
  CHECK_BOTH(is_protected("x-REAL-ip"));
}

TEST_CASE("[INT-26] options, fields for one hop and other names are not protected") {
  for (const std::string_view name :
       {"", "C", "X", "X-Real-I", "X-Real-IPs", "X-Forwarded", "X-Foo", "Viaduct", "close",
        "keep-alive", "upgrade", "TE", "HTTP2-Settings", "Cookies", "Security", "Iffy"}) {
    CAPTURE(name);
    CHECK(!is_protected(name));
  }
  CHECK_BOTH(!is_protected("X-Foo"));
}

TEST_CASE("[CON-04] Connection may list fields for one hop, and none for all recipients") {
  for (const std::string_view name :
       {"HTTP2-Settings", "TE", "te", "Keep-Alive", "X", "X-Forwarded", "Viaduct", "Close2"}) {
    CAPTURE(name);
    CHECK(turnout::rules::may_be_nominated(name));
  }
  for (const std::string_view name : {"Authorization",
                                      "Cache-Control",
                                      "Cookie",
                                      "Forwarded",
                                      "Set-Cookie",
                                      "via",
                                      "X-Forwarded-",
                                      "x-forwarded-for",
                                      "X-FORWARDED-PROTO",
                                      "close",
                                      "Connection",
                                      "Content-Length",
                                      "Expect",
                                      "HOST",
                                      "Max-Forwards",
                                      "Origin",
                                      "Proxy-Connection",
                                      "Sec-WebSocket-Accept",
                                      "Sec-WebSocket-Extensions",
                                      "Sec-WebSocket-Key",
                                      "Sec-WebSocket-Protocol",
                                      "sec-websocket-version",
                                      "Trailer",
                                      "Transfer-Encoding",
                                      "Upgrade"}) {
    CAPTURE(name);
    CHECK(!turnout::rules::may_be_nominated(name));
  }
  CHECK_BOTH(turnout::rules::may_be_nominated("HTTP2-Settings"));
  CHECK_BOTH(!turnout::rules::may_be_nominated("Host"));
}
