// Fields that are for one connection, and fields that only look so.
#pragma once

#include <string>

#include "attacks/attack.hpp"
#include "attacks/messages.hpp"
#include "attacks/parties.hpp"

namespace attacks {

inline const attack go_empty_connection{
    "CVE-2021-33197, Go issue 81319",
    "Go, net/http/httputil",
    "If the first Connection line was empty, the proxy did not remove the fields that the next one "
    "lists; from interim responses it removed nothing at all.",
    "All Connection lines are one list, in requests, in final and in interim responses.",
    "INT-01 GRM-06 INT-11",
    {relay(plus(gets_admin, "Connection:\r\nConnection: x-hop\r\nX-Hop: 1"),
           {"HTTP/1.1 103 Early Hints\r\nConnection:\r\nConnection: x-hop\r\nX-Hop: 1\r\nLink: <x>"
            "\r\n\r\n" +
            plus(found, "Connection:\r\nConnection: x-hop\r\nX-Hop: 1")},
           sends_on_admin + "< HTTP/1.1 103 Early Hints\n< Link: <x>\n< Via: 1.1 p\n<\n" +
               passes_found)}};

/// A relay that refuses a request for what Connection lists.
inline scene refuses_to_forward(const std::string& octets, const relay_setup& setup = {}) {
  return relay(octets, {}, refused_by_relay(errc::end_to_end_nominated) + held(octets), setup);
}

inline constexpr field_line own_line[] = {{"Forwarded", "for=192.0.2.1"}};
inline constexpr std::string_view own_names[] = {"X-Own"};
inline constexpr relay_policy relaying_as_proxy{
    .allowed = relayed, .name = "p", .fields = own_line, .protected_fields = own_names};

inline const attack nominated_address{
    "CVE-2024-45410, CVE-2021-32813, CVE-2022-31813",
    "Traefik, Apache HTTP Server",
    "Connection listed X-Forwarded-For and others, so that the proxy removed the fields that it "
    "had added itself. Servers that trust these fields got none.",
    "Connection may not list fields that are meant for the server: the answer is 400. A policy can "
    "name more such fields, and its own lines are added after removing fields.",
    "INT-26 INT-03",
    {refuses_to_forward(plus(gets_admin, "Connection: X-Forwarded-For")),
     refuses_to_forward(plus(gets_admin, "Connection: x-real-ip, Forwarded")),
     refuses_to_forward(plus(gets_admin, "Connection: X-Own"), {.policy = &relaying_as_proxy}),
     relay(plus(gets_admin, "Connection: X-Hop\r\nX-Hop: 1"), {},
           with(sends_on_admin, "> Via", "> Forwarded: for=192.0.2.1\n> Via"),
           {.policy = &relaying_as_proxy})}};

inline const attack f5_token{
    "CVE-2022-1388",
    "F5 BIG-IP",
    "Connection listed X-F5-Auth-Token: the proxy checked the field and removed it; without it, "
    "the backend trusted the request as an internal one.",
    "Connection may not list a field with a login: the answer is 400.",
    "INT-26",
    {refuses_to_forward(plus(gets_admin,
                             "Authorization: Basic YWRtaW46\r\nX-F5-Auth-Token: x\r\n"
                             "Connection: X-F5-Auth-Token"))}};

inline const attack caddy_101{
    "CVE-2026-55458",
    "Caddy",
    "A 101 was forwarded to the client unchanged, with the fields for one connection.",
    "The relay writes its own 101 with its own Connection and Upgrade, and removes the fields that "
    "Connection lists, as in any response.",
    "INT-01 INT-08",
    {relay(asks_foo,
           {plus(with(agrees_on_foo, "Connection: Upgrade", "Connection: Upgrade, x-hop"),
                 "X-Hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: close\r\nX-End: 1")},
           sends_on_foo + "< HTTP/1.1 101 Switching Protocols\n< X-End: 1\n< Via: 1.1 p\n"
                          "< Connection: Upgrade\n< Upgrade: foo/2\n<\n")}};

inline group hop_by_hop() {
  return {"Fields for one connection",
          {go_empty_connection, nominated_address, f5_token, caddy_101}};
}

}  // namespace attacks
