// What is wrong with a request, checked rule by rule. It does not change the verdict.
#pragma once

#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "faulty_octet.hpp"
#include "heads.hpp"
#include "intent.hpp"
#include "report.hpp"
#include "tokens.hpp"
#include "websocket_flaws.hpp"

namespace request_flaws_detail {

using level = diagnostic::level;

/// Adds broken rules for Upgrade.
inline void say_broken_upgrade(report& to, const turnout::facts& facts, std::string_view octets) {
  constexpr auto bound = turnout::grammar::default_list_elements;
  const auto add = [&](const turnout::finding& found) {
    if (found) say(to, {level::warning, turnout::rules::located(found, facts, octets)});
  };
  add(turnout::rules::check_upgrade(facts, bound));
  const auto listed = turnout::field::upgrade::parse(facts.lines(turnout::field_name::upgrade));
  if (!listed) add({listed.error(), turnout::field_name::upgrade});
}

/// Adds WebSocket fields next to an Upgrade that does not name websocket.
inline void say_unnamed_websocket(report& to, const inspected_request& request) {
  using turnout::field_name;
  const turnout::facts& facts = request.facts;
  if (!facts.has(field_name::sec_websocket_key) || !facts.has(field_name::upgrade)) return;
  if (!turnout::field::upgrade::parse(facts.lines(field_name::upgrade))) return;
  if (names_protocol(facts, "websocket")) return;
  const auto at = request.located({{turnout::errc::bad_upgrade, 0}, field_name::upgrade}).at;
  say(to,
      {.how = level::warning,
       .why = {turnout::errc::none, at},
       .code = "websocket_not_named",
       .text = "the request has the fields of a WebSocket, but Upgrade does not name websocket",
       .section = "RFC 6455 section 4.2.1",
       .help = "send Upgrade: websocket; a proxy that sets Upgrade has to forward its value, as "
               "nginx does with proxy_set_header Upgrade $http_upgrade"});
}

/// Adds an offer of h2, which has no upgrade.
inline void say_h2(report& to, const inspected_request& request) {
  if (!names_protocol(request.facts, "h2")) return;
  say(to, {.how = level::warning,
           .why = {turnout::errc::none, protocol_in(request, "h2")},
           .code = "h2_by_upgrade",
           .text = "h2 is never negotiated by Upgrade: TLS does that, with ALPN",
           .section = "RFC 7540 section 3.2",
           .help = "offer h2 with ALPN in the TLS handshake; in clear text, the name is h2c"});
}

/// Adds an old draft that no server of RFC 6455 answers.
inline void say_old_websocket(report& to, const inspected_request& request) {
  const turnout::request_head& head = request.head;
  const auto line = head.fields.find("Sec-WebSocket-Key1");
  const std::size_t at = line != head.fields.end()
                             ? offset_in(head.octets, line->name)
                             : octet_of(request, turnout::field_name::upgrade);
  say(to, {.how = level::warning,
           .why = {turnout::errc::none, at},
           .code = "old_websocket",
           .text = "this is a WebSocket older than RFC 6455: the draft hixie-75 or hixie-76",
           .section = "RFC 6455 section 4.2.1",
           .help = "update the client: adding a key or a version does not help, since the draft "
                   "also frames its messages differently"});
}

/// Adds a note about close next to upgrade, which many clients and proxies send.
inline void say_close(report& to, const inspected_request& request) {
  const turnout::facts& facts = request.facts;
  if (!facts.has(turnout::field_name::upgrade)) return;
  if (!nominates(facts, "upgrade") || !nominates(facts, "close")) return;
  say(to,
      {.how = level::note,
       .why = {turnout::errc::none, option_in(request, "close")},
       .code = "close_with_upgrade",
       .text = "Connection lists close and upgrade: close is for the final response, which a 101 "
               "is not",
       .section = "RFC 9112 section 9.6",
       .help = "leave close out if you can: some servers treat the request as one without an "
               "offer"});
}

/// Adds what is wrong for each offered protocol.
inline void say_flaws_of_protocols(report& to, const inspected_request& request) {
  for (const token_report& said : judge_tokens(request)) {
    if (said.why.code == turnout::errc::none) continue;
    say(to, {level::warning, said.why, 0, said.key});
    if (said.key != "websocket") continue;
    for (const turnout::finding& found : websocket_flaws(request.facts))
      say(to, {level::warning, request.located(found), 0, said.key});
  }
}

}  // namespace request_flaws_detail

/// Adds broken rules for every request.
///
/// Takes     facts: of the head; octets: the head, and the octets before it in the input
inline void say_broken_rules(report& to, const turnout::facts& facts, std::string_view octets) {
  constexpr auto bound = turnout::grammar::default_list_elements;
  const auto add = [&](const turnout::finding& found) {
    if (found) say(to, {diagnostic::level::error, turnout::rules::located(found, facts, octets)});
  };
  add(facts.check_complete());
  add(turnout::rules::check_host(facts));
  add(turnout::rules::check_framing(facts, bound));
  add(turnout::rules::check_expect(facts, bound));
}

/// Adds what is wrong with a request, and with each of its offers.
inline void say_request_flaws(report& to, const inspected_request& request) {
  using namespace request_flaws_detail;
  say_broken_rules(to, request.facts, request.head.octets);
  if (!means_to_switch(request.facts)) return;
  say_broken_upgrade(to, request.facts, request.head.octets);
  say_unnamed_websocket(to, request);
  say_h2(to, request);
  say_close(to, request);
  if (is_old_websocket(request))
    say_old_websocket(to, request);
  else
    say_flaws_of_protocols(to, request);
}
