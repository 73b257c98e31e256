// Octets that get into a message through what a program passes on.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "attacks/attack.hpp"
#include "attacks/messages.hpp"
#include "attacks/parties.hpp"

namespace attacks {

/// Why no client can ask for that.
template <class Proposal>
failure why_not(const Proposal& asked) {
  std::array<char, 512> out{};
  client_connection<Proposal> client{asked};
  return client.advance({}, out).why;
}

/// Why no server answers with a 101 that has such a line.
inline failure why_no_switch(field_line line) {
  std::array<char, 512> out{};
  server_connection server{relayed};
  const server_turn turn = server.advance(asks_foo, out);
  const field_line lines[] = {line};
  return server.answer(turn.offer().agree(relayed[1].token), out, lines).error();
}

inline constexpr std::string_view injected = "x\r\nAuthorization: Basic YWRtaW46";

inline const attack undici_upgrade{
    "CVE-2026-1527",
    "undici",
    "The upgrade option was written into the request without a check: a CR LF in it began another "
    "line.",
    "A protocol is written as tokens, and an octet that is not allowed there is an error. Then "
    "nothing is written.",
    "MSG-82 MSG-03",
    {caller("websocket\r\nX: y", errc::unwritable, [] {
      const profile wanted[] = {{.token = {"websocket\r\nX: y", {}}}};
      return why_not(proposal{.host = "a", .protocols = wanted});
    })}};

inline const attack hackney_target{
    "CVE-2026-47072",
    "hackney",
    "CR and LF in the arguments of an HTTP client ended up in the head of its request.",
    "Target, host, subprotocols, origin and fields are checked as they are written.",
    "MSG-82",
    {caller("/x HTTP/1.1\r\nX: y\r\n\r\n", errc::unwritable,
            [] {
              return why_not(
                  proposal{.target = "/x HTTP/1.1\r\nX: y\r\n\r\n", .host = "a", .protocols = foo});
            }),
     caller("a\r\nX: y", errc::unwritable,
            [] { return why_not(proposal{.host = "a\r\nX: y", .protocols = foo}); }),
     caller("chat\r\nX: y", errc::bad_websocket_protocol,
            [] { return field::sec_websocket_protocol::parse("chat\r\nX: y").error(); }),
     caller("http://a\r\nX: y", errc::unwritable, [] {
       return why_not(websocket::proposal{nonce, {.host = "a", .origin = "http://a\r\nX: y"}});
     })}};

inline const attack python_tunnel{
    "CVE-2026-1502",
    "CPython, http.client",
    "CR and LF were allowed in the host and the fields of a CONNECT.",
    "The target of a tunnel is a host and a port, and its fields are checked like any others.",
    "MSG-82 MSG-25",
    {caller("b:443 HTTP/1.1\r\nX: y", errc::unwritable,
            [] { return why_not(tunnel_request{.target = "b:443 HTTP/1.1\r\nX: y"}); }),
     caller(injected, errc::unwritable, [] {
       const field_line lines[] = {{"X", injected}};
       return why_not(tunnel_request{.target = "b:443", .fields = lines});
     })}};

inline const attack drogon_length{
    "drogon issue 2164",
    "drogon",
    "The 101 had a Content-Length, after which a proxy waited for content.",
    "A 101 with Content-Length can't be written. A relay removes one that a server sent.",
    "MSG-57 UPG-24",
    {caller("Content-Length: 0", errc::reserved_field,
            [] {
              return why_no_switch({"Content-Length", "0"});
            }),
     caller("X: " + std::string{injected}, errc::unwritable,
            [] {
              return why_no_switch({"X", injected});
            }),
     relay(asks_foo, {plus(agrees_on_foo, "Content-Length: 7") + "octets"},
           sends_on_foo +
               "< HTTP/1.1 101 Switching Protocols\n< Via: 1.1 p\n< Connection: Upgrade\n"
               "< Upgrade: foo/2\n<\n< octets\n")}};

inline group written() {
  return {"What is written", {undici_upgrade, hackney_target, python_tunnel, drogon_length}};
}

}  // namespace attacks
