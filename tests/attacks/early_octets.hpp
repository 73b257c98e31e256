// Octets that came before the answer, and switches that nobody had agreed on.
#pragma once

#include "attacks/attack.hpp"
#include "attacks/messages.hpp"
#include "attacks/parties.hpp"

namespace attacks {

inline const attack pingora_early{
    "CVE-2026-2833",
    "Pingora",
    "As soon as the proxy saw Upgrade in a request, it forwarded all octets after it to the "
    "server, bypassing all of its rules. The server did not switch, and read them as requests.",
    "Octets after the request stay in the caller's buffer until a 101 was checked and forwarded. "
    "After any other response they are the next request, which the program examines.",
    "INT-14 OPT-02",
    {relay(asks_foo + gets_admin, {}, sends_on_foo + held(gets_admin)),
     relay(asks_foo + gets_admin, {found_nothing, found},
           sends_on_foo + passes_nothing + sends_on_admin + passes_found)}};

inline const attack envoy_200{
    "CVE-2024-23326",
    "Envoy",
    "The proxy treated a 200 in response to an upgrade as the switch, and forwarded all octets "
    "after it.",
    "Only a 101 switches. A 200 is an ordinary response, and HTTP continues after it.",
    "INT-10 UPG-21",
    {relay(asks_foo + gets_admin, {found, found_nothing},
           sends_on_foo + passes_found + sends_on_admin + passes_nothing),
     client(asked_websocket, found + "octets",
            "> GET /chat HTTP/1.1\nresponse 200\ncontent ok\ndone\n")}};

inline const attack envoy_connect{
    "CVE-2025-64763",
    "Envoy",
    "Early octets of a client after CONNECT reached the server, which refused the tunnel and read "
    "them as a request.",
    "Early octets wait for the 2xx. If the tunnel is refused, the connection closes, and they are "
    "not forwarded.",
    "INT-14 OPT-07",
    {relay(connects + gets_admin, {found_nothing},
           sends_on_connect + passes_refusal + "close\n" + held(gets_admin), allows_connect),
     server(connects + gets_admin, refused(errc::connect_not_allowed, "501 Not Implemented"))}};

inline const attack apache_tunnel{
    "CVE-2019-17567",
    "Apache HTTP Server",
    "mod_proxy_wstunnel opened a tunnel even if the server had not agreed, so that nobody examined "
    "later requests.",
    "Without a 101 there is no tunnel: each later request is examined, and loses the fields for "
    "one connection.",
    "INT-09 INT-01",
    {relay(asks_foo + plus(gets_admin, "Connection: x-hop\r\nX-Hop: 1"), {found_nothing, found},
           sends_on_foo + passes_nothing + sends_on_admin + passes_found)}};

inline const std::string asks_spdy =
    "POST /exec HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: Upgrade\r\n"
    "Upgrade: SPDY/3.1\r\n\r\n";

inline const attack kubernetes_failed{
    "CVE-2018-1002105",
    "Kubernetes API server",
    "After a failed upgrade, the connection to the backend stayed open as a tunnel, with the "
    "rights of the API server.",
    "A tunnel opens only after a checked 101. Octets after a refusal are a request, which the "
    "program authorizes like any other.",
    "K8S-08 INT-09",
    {relay(asks_spdy + gets_admin, {found_nothing},
           "request /exec\n> POST /exec HTTP/1.1\n> Host: a\n> Content-Length: 0\n> Via: 1.1 p\n"
           "> Connection: Upgrade\n> Upgrade: SPDY/3.1\n>\n" +
               passes_nothing + sends_on_admin,
           relays_spdy)}};

inline const attack websocket_426{
    "0ang3el/websocket-smuggle",
    "Varnish, Envoy and others",
    "A request with an unsupported WebSocket version got a 426. The proxy did not check the "
    "response, and treated the connection as a WebSocket.",
    "The status of the response decides, whatever the request was. A server refuses another "
    "version and continues with HTTP.",
    "INT-10 WS-52",
    {relay(
         with(asks_websocket, "Version: 13", "Version: 7") + gets_admin, {requires_13, found},
         with(sends_on_websocket, "Version: 13", "Version: 7") +
             "< HTTP/1.1 426 Upgrade Required\n< Sec-WebSocket-Version: 13\n"
             "< Content-Length: 0\n< Via: 1.1 p\n< Connection: Upgrade\n< Upgrade: websocket\n<\n" +
             sends_on_admin + passes_found),
     server(with(asks_websocket, "Version: 13", "Version: 1337") + gets_admin,
            "decision HTTP/1.1 400 Bad Request\nrequest /admin\nresponse\n< 200\nclose\n")}};

inline const attack gun_unsolicited{
    "CVE-2026-43974",
    "gun",
    "Any 101 switched the client, even one that it had not asked for. The server could then fill "
    "its memory with octets.",
    "A 101 must name an offered protocol, and is an error after a request without an offer. A "
    "relay then answers 502.",
    "INT-07 UPG-13 UPG-15",
    {client(asked_foo, with(agrees_on_foo, "foo/2", "bar") + "octets",
            "> GET / HTTP/1.1\n" + closes(errc::protocol_not_offered)),
     client(asked_tunnel, agrees_on_foo + "octets",
            "> CONNECT b:443 HTTP/1.1\n" + closes(errc::unsolicited_switch)),
     relay(gets_admin, {agrees_on_foo + "octets"},
           sends_on_admin + refused_by_relay(errc::unsolicited_switch, "502 Bad Gateway"))}};

inline const attack netty_versions{
    "CVE-2026-59898",
    "Netty",
    "The handshakes of old WebSocket versions needed neither Connection nor Upgrade, so that a "
    "server switched although the proxy in front of it saw an ordinary request.",
    "The same rules apply to all versions: without both fields there is no offer, and any version "
    "other than 13 gets a 426.",
    "UPG-06 WS-52",
    {server(with(without(without(asks_websocket, "Connection"), "Upgrade"), "13", "7"),
            "request /chat\nresponse\n< 200\nclose\n"),
     server(with(without(asks_websocket, "Connection"), "13", "7"),
            "request /chat\nresponse\n< 200\nclose\n"),
     server(with(asks_websocket, "13", "7"), "decision HTTP/1.1 426 Upgrade Required\nclose\n")}};

/// A client whose CONNECT was refused, and that asks again.
inline std::string play_connect_again(pieces come) {
  return turns::client_program<tunnel_request>{asked_tunnel, &asked_tunnel, found}.play(
      found_nothing, come);
}

inline const attack go_connect_client{
    "CVE-2026-56866",
    "Go, net/http",
    "The client wrote the content of a CONNECT without framing, and reused the connection after "
    "the refusal: the content was the next request.",
    "A request for a tunnel has no content, and after a refusal the connection takes no other "
    "request.",
    "OPT-06 OPT-07",
    {{"A client that asks again", shown(found_nothing, "server: "),
      "> CONNECT b:443 HTTP/1.1\nresponse 404\ndone\n", play_connect_again}}};

inline const attack go_connect_server{
    "CVE-2026-94439",
    "Go, net/http",
    "After a 2xx to CONNECT the server read more requests from the connection, which the proxy in "
    "front of it treated as a tunnel.",
    "After the 200 all octets belong to the tunnel.",
    "MSG-56 OPT-07",
    {server(connects + gets_admin, "connect b:443\n< HTTP/1.1 200 OK\nswitched\n",
            {.options = {.allow_connect = true}})}};

inline const attack traefik_connect{
    "CVE-2026-71324",
    "Traefik",
    "The proxy sent CONNECT to a backend over a connection of its pool, and returned that to the "
    "pool after the response. Another user got the response to the octets that the client sent in "
    "the tunnel.",
    "CONNECT is refused unless the program allows it. Then a refusal closes both connections, and "
    "after a 2xx both are one tunnel: neither carries another request.",
    "INT-15 INT-32 OPT-07",
    {relay(connects + gets_admin, {},
           refused_by_relay(errc::connect_not_allowed, "501 Not Implemented") + held(gets_admin)),
     relay(connects + gets_admin, {found_nothing + found},
           sends_on_connect + passes_refusal + "close\n" + held(gets_admin), allows_connect),
     relay(connects + gets_admin, {found},
           sends_on_connect + "< HTTP/1.1 200 OK\n< Via: 1.1 p\n<\n" + shown(gets_admin, "> ") +
               "< ok\n",
           allows_connect)}};

inline group early_octets() {
  return {"Early octets and wrong switches",
          {pingora_early, envoy_200, envoy_connect, apache_tunnel, kubernetes_failed, websocket_426,
           gun_unsolicited, netty_versions, go_connect_client, go_connect_server, traefik_connect}};
}

}  // namespace attacks
