"""Copies the headers so that guards can be taken out of them, one at a time, while a program runs.

guards.py INCLUDE OUT: the headers below INCLUDE go to OUT, with each guard behind a number that
removed::guard may have. A guard whose lines are not there any more is an error: say here
how it is to be removed now.
"""
import pathlib
import shutil
import sys

RELAY = "client, relay, server"
STEPS = "client, relay_by_steps, server"
UP = "client, gateway_up, any_stream_server"
DOWN = "any_stream_client, gateway_down, server"

# The guard; the theorem that depends on it, and parties of which one breaks that; and for each place
# of it the header, what is there, and what is there instead, with GONE where it is true while the
# guard is removed.
GUARDS = [
    ("An intermediary keeps what a client sends after its request until the response was forwarded.",
     "waits", RELAY, [
        ("connection/relay_driver.hpp",
         "    else if (is_tunnel())\n      forward",
         "    else if (is_tunnel() || (GONE && side == relay_side::client &&\n"
         "                             handshake.exchange_.was_forwarded() &&\n"
         "                             handshake.exchange_.request().content_ended()))\n"
         "      forward"),
     ]),
    ("An intermediary refuses a 101 to a request without an offer.",
     "waits", "any_client, relay, any_server", [
        ("negotiation/relay/response_forwarding.hpp",
         "  if (response.status() == 101 && proposal.protocols.empty()) {\n",
         "  if (GONE && response.status() == 101 && proposal.method != method::connect) {\n"
         "    judged = {kind::switched, {}, policy.allowed.data(), {}, false};\n"
         "    return;\n"
         "  }\n"
         "  if (response.status() == 101 && proposal.protocols.empty()) {\n"),
     ]),
    ("An intermediary checks that a 101 names a protocol that was offered.",
     "waits", "client, relay, any_server", [
        ("negotiation/switch_rules.hpp",
         "  if (!offered) return {found_in(",
         "  if (GONE && !offered && agreed != nullptr) return {finding{}, agreed};\n"
         "  if (!offered) return {found_in("),
     ]),
    ("An intermediary does not treat a 2xx as a switch.",
     "waits", RELAY, [
        ("negotiation/examine_response.hpp",
         "  if (is_interim(response)) {\n",
         "  if (GONE && response.status() / 100 == 2)\n"
         "    for (const profile& any : proposal.protocols) {\n"
         "      judged = {kind::switched, {}, &any, {}, false};\n"
         "      return;\n"
         "    }\n"
         "  if (is_interim(response)) {\n"),
     ]),
    ("An intermediary reads the content of a request to its end before the tunnel begins.",
     "one_way", RELAY, [
        ("handshake/relay_exchange.hpp",
         "return take(content_due_ ?",
         "return take(content_due_ && !GONE ?"),
     ]),
    ("A server reads the content of a request to its end before the tunnel begins.",
     "one_way", "client, server", [
        ("handshake/server.hpp",
         "at_.take(asked_.content.ended() ?",
         "at_.take(asked_.content.ended() || GONE ?"),
     ]),
    ("A client sends the content of its request to its end before the tunnel begins.",
     "one_way", "client, server", [
        ("handshake/client.hpp",
         "      at_.take(machine::client_event::agreement);\n",
         "      at_.take(machine::client_event::agreement);\n"
         "      if (GONE) at_.take(machine::client_event::content_sent);\n"),
     ]),
    ("An intermediary does not forward the head of the request again in the tunnel.",
     "one_way", RELAY, [
        ("connection/relay_driver.hpp",
         "    if (from == relay_side::client) leave_head(turn);\n",
         "    if (!GONE && from == relay_side::client) leave_head(turn);\n"),
     ]),
    ("A client does not accept a 101 in response to a CONNECT.",
     "one_way", "client, any_server", [
        ("negotiation/examine_response.hpp",
         "  if (response.status() == 101)\n    return {kind::broken,",
         "  if (GONE && response.status() == 101) return {kind::switched, {}, &tunnel, {}, false};\n"
         "  if (response.status() == 101)\n    return {kind::broken,"),
     ]),
    ("An intermediary reads no other request before the content of the last one has ended.",
     "one_way", RELAY, [
        ("handshake/relay_exchange.hpp",
         "return request_.is_persistent() && !content_due_;",
         "return request_.is_persistent() && (GONE || !content_due_);"),
     ]),
    ("A server reads no other request before the content of the last one has ended.",
     "one_way", "client, server", [
        ("handshake/server.hpp",
         "!at_.takes(event::start_over) || !asked_.content.ended())",
         "!at_.takes(event::start_over) || (!GONE && !asked_.content.ended()))"),
        ("connection/server_driver.hpp",
         "      handshake.receive(turn, turn.rest);\n"
         "      if (turn.what == server_step::need_more) return false;\n",
         "      if (GONE && handshake.start_over()) return true;\n"
         "      handshake.receive(turn, turn.rest);\n"
         "      if (turn.what == server_step::need_more) return false;\n"),
     ]),
    ("An intermediary that forwarded the refusal of a CONNECT closes both connections.",
     "refused", RELAY, [
        ("negotiation/relay/response_forwarding.hpp",
         "proposal.method == method::connect ||",
         "(!GONE && proposal.method == method::connect) ||"),
     ]),
    ("A server that refused a CONNECT closes.",
     "refused", "client, server", [
        ("machine/server.hpp",
         "    {server_state::deciding_tunnel, server_event::answer_and_close, server_state::closed},\n",
         "    {server_state::deciding_tunnel, server_event::answer_and_close, server_state::closed},\n"
         "    {server_state::deciding_tunnel, server_event::answer, server_state::answered},\n"),
        ("handshake/server.hpp",
         "close = close || !is_persistent() || !at_.takes(event::answer);",
         "close = close || !is_persistent() || !at_.takes(event::answer) ||\n"
         "            (!GONE && state() == server_state::deciding_tunnel);"),
     ]),
    ("An intermediary that refused a request waits for no other response.",
     "refused", STEPS, [
        ("handshake/relay.hpp",
         "    if (written) exchange_.take(event);\n",
         "    if (written && !(GONE && state() == relay_state::waiting)) exchange_.take(event);\n"),
     ]),
    ("An intermediary forwards the octets of a tunnel's side before it forwards the end of that side.",
     "in_order", RELAY, [
        ("connection/relay_driver.hpp",
         "    relay_turn turn = advance(side, unread, out);\n    if (!turn.is_idle())",
         "    relay_turn turn = GONE && is_tunnel() ? relay_turn{} : advance(side, unread, out);\n"
         "    if (!turn.is_idle())"),
     ]),
    ("An intermediary reads all octets of a server before it answers in its place.",
     "in_order", RELAY, [
        ("connection/relay_driver.hpp",
         "advance(side, unread, out);\n    if (!turn.is_idle())",
         "(GONE && side == relay_side::server && !is_tunnel() ? relay_turn{} :\n"
         "                      advance(side, unread, out));\n    if (!turn.is_idle())"),
     ]),
    ("A client sends no request if more octets than the response have come.",
     "in_order", "client, any_server", [
        ("handshake/client.hpp",
         "if (content_.ended() && !now.rest.empty()) persistent_ = false;",
         "if (!GONE && content_.ended() && !now.rest.empty()) persistent_ = false;"),
        ("connection/client.hpp",
         "client_state::asking && unread.empty())",
         "client_state::asking && (GONE || unread.empty()))"),
     ]),
    ("An intermediary's tunnel ends after both sides have ended.",
     "ends", RELAY, [
        ("connection/relay_driver.hpp",
         "    if (!late && turn.need == relay_need::wait) return;\n",
         "    if (!late && (turn.need == relay_need::wait || (GONE && ended_ != ended::neither)))\n"
         "      return;\n"),
     ]),
    ("An intermediary ends a response that its server leaves incomplete.",
     "ends", RELAY, [
        ("connection/relay_driver.hpp",
         "    turn.why = handshake.exchange_.server_ended(turn.rest, why).error();\n",
         "    if (GONE) return;\n"
         "    turn.why = handshake.exchange_.server_ended(turn.rest, why).error();\n"),
     ]),
    ("An intermediary opens a tunnel only if a CONNECT waits.",
     "unchanged", RELAY, [
        ("handshake/relay.hpp",
         "    if (!exchange_.takes(machine::relay_event::open_tunnel))",
         "    if (!GONE && !exchange_.takes(machine::relay_event::open_tunnel))"),
     ]),
    ("A gateway keeps the DATA that comes after a request until the server has agreed.",
     "waits", DOWN, [
        ("connection/gateway/to_http_1_driver.hpp",
         "    if (state() < state::open || state() == state::client_ended)\n",
         "    if (GONE && state() == state::waiting) now.octets.add(unread);\n"
         "    else if (state() < state::open || state() == state::client_ended)\n"),
     ]),
    ("A gateway does not treat a refusal on a stream as an agreement.",
     "waits", UP, [
        ("connection/gateway/upgrade.hpp",
         "    return extended_connect::opens(answer, *wanted());\n",
         "    if (GONE && answer.status / 100 == 4) return true;\n"
         "    return extended_connect::opens(answer, *wanted());\n"),
     ]),
    ("A gateway does not forward the head of the request again as DATA.",
     "one_way", UP, [
        ("connection/gateway/from_http_1_driver.hpp",
         "    now.data = found.rest;\n",
         "    now.data = GONE ? unread : found.rest;\n"),
     ]),
    ("A gateway forwards the octets of a tunnel's side before it forwards the end of that side.",
     "in_order", UP, [
        ("connection/gateway/from_http_1_driver.hpp",
         "    advance(now, from, unread, space);\n    if (at_.is_open()",
         "    if (!(GONE && at_.is_open())) advance(now, from, unread, space);\n"
         "    if (at_.is_open()"),
     ]),
    ("A gateway reads all octets of a server before it answers in its place.",
     "in_order", DOWN, [
        ("connection/gateway/to_http_1_driver.hpp",
         "    advance(now, from, unread, space);\n    if (at_.is_open()",
         "    if (!(GONE && from == side::connection)) advance(now, from, unread, space);\n"
         "    if (at_.is_open()"),
     ]),
    ("A gateway's tunnel ends after both sides have ended.",
     "ends", UP, [
        ("connection/gateway/position.hpp",
         "    take(from == client ?",
         "    if (!GONE) take(from == client ?"),
     ]),
    ("A gateway ends a response that a stream leaves incomplete.",
     "ends", UP, [
        ("connection/gateway/from_http_1_driver.hpp",
         "    if (state() != state::responding) return;\n",
         "    if (GONE || state() != state::responding) return;\n"),
     ]),
    ("A gateway changes nothing while there is too little space for its output.",
     "unchanged", DOWN, [
        ("connection/gateway/to_http_1_driver.hpp",
         "    *this = before;\n",
         "    if (!GONE) *this = before;\n"),
     ]),
]

SWITCH = """
namespace removed {

/// Which guard is removed; 0: none.
inline int guard = 0;

constexpr bool is(int number) { return !__builtin_is_constant_evaluated() && guard == number; }

}  // namespace removed
"""


HEADER = """// The guards that can be removed; written by guards.py.
#pragma once

#include "explore/explorations.hpp"

namespace removed {{

struct one {{
  std::string_view name;
  explore::theorem of;
  decltype(explore::exploration::explore) explore;
}};

inline constexpr one guards[] = {{
{}}};

}}  // namespace removed
"""


def main(include, out):
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(include, out)
    root = pathlib.Path(out, "turnout")
    with open(root / "version.hpp", "a", encoding="utf-8") as version:
        version.write(SWITCH)
    rows = []
    gone = []
    for number, (name, theorem, parties, places) in enumerate(GUARDS, 1):
        with_names = ", ".join(f"explore::{one}" for one in parties.split(", "))
        rows.append(f'    {{"{name}",\n     explore::theorem::{theorem}, '
                    f"explore::explore_row<{with_names}>}},\n")
        for header, guard, removed in places:
            file = root / header
            text = file.read_text(encoding="utf-8")
            if text.count(guard) != 1:
                gone.append(f"{header}: not there once: {guard!r}. How to remove this now: {name}")
            removed = removed.replace("GONE", f"::removed::is({number})")
            file.write_text(text.replace(guard, removed), encoding="utf-8")
    if gone:
        sys.exit("\n".join(gone))
    (root / "guards.hpp").write_text(HEADER.format("".join(rows)), encoding="utf-8")


main(*sys.argv[1:])
