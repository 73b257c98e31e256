// Octets that came before the answer, and switches that nobody had agreed on.
#pragma once

#include "attacks/attack.hpp"
#include "attacks/messages.hpp"
#include "attacks/parties.hpp"

namespace attacks {

inline const attack pingora_early{
    "CVE-2026-2833",
    "Pingora",
    "As soon as the proxy saw Upgrade in a request, it passed all octets after it to the server, "
    "past all of its rules. The server did not switch, and read them as requests.",
    "Octets after the request stay in the caller's buffer until a 101 was checked and sent on. "
    "After any other answer they are the next request, which the program sees.",
    "INT-14 OPT-02",
    {relay(asks_foo + gets_admin, {}, sends_on_foo + held(gets_admin)),
     relay(asks_foo + gets_admin, {found_nothing, found},
           sends_on_foo + passes_nothing + sends_on_admin + passes_found)}};

inline const attack envoy_200{
    "CVE-2024-23326",
    "Envoy",
    "The proxy took a 200 in answer to an upgrade for the switch, and passed all octets after it.",
    "Only a 101 switches. A 200 is an ordinary answer, and what follows it is HTTP.",
    "INT-10 UPG-21",
    {relay(asks_foo + gets_admin, {found, found_nothing},
           sends_on_foo + passes_found + sends_on_admin + passes_nothing),
     client(asked_websocket, found + "octets",
            "> GET /chat HTTP/1.1\nresponse 200\ncontent ok\ndone\n")}};

inline const attack envoy_connect{
    "CVE-2025-64763",
    "Envoy",
    "What a client sent early after CONNECT went to the server, which refused the tunnel and read "
    "it as a request.",
    "Early octets wait for the 2xx. Where the tunnel is refused, the connection closes, and they "
    "go nowhere.",
    "INT-14 OPT-07",
    {relay(connects + gets_admin, {found_nothing},
           sends_on_connect + passes_refusal + "close\n" + held(gets_admin), allows_connect),
     server(connects + gets_admin, refused(errc::connect_not_allowed, "501 Not Implemented"))}};

inline const attack apache_tunnel{
    "CVE-2019-17567",
    "Apache HTTP Server",
    "mod_proxy_wstunnel made a tunnel also where the server had not agreed, so that nobody looked "
    "at later requests.",
    "Without a 101 there is no tunnel: each later request is read, and loses the fields of one "
    "connection.",
    "INT-09 INT-01",
    {relay(asks_foo + plus(gets_admin, "Connection: x-hop\r\nX-Hop: 1"), {found_nothing, found},
           sends_on_foo + passes_nothing + sends_on_admin + passes_found)}};

inline const std::string asks_spdy =
    "POST /exec HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: Upgrade\r\n"
    "Upgrade: SPDY/3.1\r\n\r\n";

inline const attack kubernetes_failed{
    "CVE-2018-1002105",
    "Kubernetes API server",
    "After an upgrade that had failed, the connection to the backend stayed open as a tunnel, with "
    "the rights of the API server.",
    "A tunnel follows a 101 that was checked, and nothing else. What comes after a refusal is a "
    "request, which the program authorizes like any other.",
    "K8S-08 INT-09",
    {relay(asks_spdy + gets_admin, {found_nothing},
           "request /exec\n> POST /exec HTTP/1.1\n> Host: a\n> Content-Length: 0\n> Via: 1.1 p\n"
           "> Connection: Upgrade\n> Upgrade: SPDY/3.1\n>\n" +
               passes_nothing + sends_on_admin,
           relays_spdy)}};

inline const attack websocket_426{
    "0ang3el/websocket-smuggle",
    "Varnish, Envoy and others",
    "A request with a WebSocket version that nobody speaks got a 426. The proxy did not look at "
    "the answer, and took the connection for a WebSocket.",
    "The status of the answer decides, whatever the request said. A server refuses another version "
    "and goes on with HTTP.",
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
    "Any 101 switched the client, also one that it had not asked for. The server could then fill "
    "its memory with octets.",
    "A 101 has to name what was offered, and is an error after a request that offered nothing. A "
    "relay answers 502 then.",
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
    "server switched where a proxy in front of it saw an ordinary request.",
    "There is one way for all versions: without both fields there is no offer, and another version "
    "than 13 gets a 426.",
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
    "The client wrote the content of a CONNECT without framing, and used the connection again "
    "after the refusal: the content was the next request.",
    "A request for a tunnel has no content, and a connection on which one was refused takes no "
    "other request.",
    "OPT-06 OPT-07",
    {{"A client that asks again", shown(found_nothing, "server: "),
      "> CONNECT b:443 HTTP/1.1\nresponse 404\ndone\n", play_connect_again}}};

inline const attack go_connect_server{
    "CVE-2026-94439",
    "Go, net/http",
    "After a 2xx to CONNECT the server read more requests from the connection, which for a proxy "
    "in front of it was a tunnel.",
    "After the 200 all octets are the tunnel's.",
    "MSG-56 OPT-07",
    {server(connects + gets_admin, "connect b:443\n< HTTP/1.1 200 OK\nswitched\n",
            {.options = {.allow_connect = true}})}};

inline const attack traefik_connect{
    "CVE-2026-71324",
    "Traefik",
    "The proxy sent CONNECT to a backend over a connection of its pool, and returned that to the "
    "pool after the answer. What the client sent as the tunnel's octets was answered to another "
    "user.",
    "CONNECT is refused unless the program allows it. Then a refusal closes both connections, and "
    "after a 2xx both are one tunnel: none of them carries another request.",
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
