// What is wrong with a request, each rule asked on its own. It decides nothing.
#pragma once

#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "report.hpp"
#include "tokens.hpp"

/// True if somebody wants to switch, even if the Upgrade was lost on its way.
inline bool means_to_switch(const turnout::facts& request) {
  return request.has(turnout::field_name::upgrade) ||
         request.has(turnout::field_name::sec_websocket_key);
}

namespace request_flaws_detail {

/// Rules for every request, and for an Upgrade that counts.
inline void say_broken_rules(report& to, const inspected_request& request) {
  using level = diagnostic::level;
  constexpr auto bound = turnout::default_list_elements;
  const turnout::facts& facts = request.facts;
  const auto add = [&](level how, const turnout::finding& found) {
    if (found) say(to, {how, request.located(found), 0, {}});
  };
  add(level::error, facts.check_complete());
  add(level::error, turnout::check_host(facts));
  add(level::error, turnout::check_framing(facts, bound));
  add(level::error, turnout::check_expect(facts, bound));
  if (!means_to_switch(facts)) return;
  add(level::warning, turnout::check_upgrade(facts, bound));
  const auto listed = turnout::upgrade::parse(facts.lines(turnout::field_name::upgrade));
  if (!listed) add(level::warning, {listed.error(), turnout::field_name::upgrade});
}

}  // namespace request_flaws_detail

/// Adds what is wrong with a request, and for each protocol that it offers, what that one misses.
inline void say_request_flaws(report& to, const inspected_request& request) {
  request_flaws_detail::say_broken_rules(to, request);
  for (const token_report& said : judge_tokens(request))
    if (said.why.code != turnout::errc::none)
      say(to, {diagnostic::level::warning, said.why, 0, said.key});
}
