// One response head: whether it switches, precedes the answer, or refuses.
#pragma once

#include <fmt/core.h>

#include <string>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "peers.hpp"
#include "report.hpp"
#include "second_look.hpp"

namespace response_detail {

/// What is wrong with a response, whatever it answers.
inline turnout::finding check_response(const turnout::facts& response) {
  constexpr auto bound = turnout::default_list_elements;
  if (response.status() == 101) return turnout::check_named_switch(response, bound);
  if (response.status() / 100 == 1) return {};
  if (const auto found = response.check_complete()) return found;
  return turnout::find_framing(response, turnout::method::get, bound).found;
}

inline std::string_view verdict_on(const turnout::facts& response) {
  if (response.status() == 101) return "switched";
  return response.status() / 100 == 1 ? "interim" : "refused";
}

/// The protocols that mean something: those of a 101, or those that another response advertises.
inline json meant_protocols(const turnout::facts& response) {
  if (response.status() / 100 == 1 && response.status() != 101) return json::array();
  const auto options = turnout::connection::parse(response.lines(turnout::field_name::connection));
  if (!options || !options->contains({"upgrade"})) return json::array();
  return json_protocols(response);
}

/// What a response should not be like, though a client takes it.
inline void say_flaws(report& to, const inspected_response& response) {
  using turnout::field_name;
  const auto note = [&](turnout::errc code, field_name field) {
    say(to, {diagnostic::level::warning, response.located({{code, 0}, field}), 0, {}});
  };
  const turnout::facts& facts = response.facts;
  if (facts.status() == 426 && !facts.has(field_name::upgrade))
    note(turnout::errc::no_upgrade, field_name::upgrade);
  else if (facts.has(field_name::upgrade) && meant_protocols(facts).empty() &&
           facts.status() / 100 != 1)
    note(turnout::errc::upgrade_not_nominated, field_name::upgrade);
  if (facts.status() != 101) return;
  for (const field_name framed : {field_name::content_length, field_name::transfer_encoding})
    if (facts.has(framed)) note(turnout::errc::content_not_allowed, framed);
}

}  // namespace response_detail

/// Inspects one response head.
inline report inspect_response(const inspected& input) {
  using namespace response_detail;
  report found;
  found.inputs = {input};
  const inspected_response response{input.octets};
  if (response.reading.what == turnout::head_step::need_more) {
    found.machine["verdict"] = "incomplete";
    found.status = unfinished;
    found.summary = "incomplete: the empty line that ends the head is missing";
    take_second_look<turnout::status_line>(found, 0);
    return found;
  }
  const auto fail = [&found](turnout::failure why) {
    found.machine["verdict"] = "invalid";
    found.machine["reason"] = json_reason(why);
    found.status = negative;
    found.summary = "invalid: a client closes the connection";
    say(found, {diagnostic::level::error, why, 0, {}});
  };
  if (!response.is_complete()) {
    fail(response.reading.why);
    take_second_look<turnout::status_line>(found, 0);
    return found;
  }

  const turnout::response_head& head = response.head();
  const turnout::failure why = response.located(check_response(response.facts));
  found.machine["verdict"] = verdict_on(response.facts);
  found.machine["status_code"] = head.status;
  found.machine["reason_phrase"] = json_text(head.reason);
  found.machine["version"] = version_text(head.version);
  found.machine["protocols"] = meant_protocols(response.facts);
  found.machine["connection"] = json_options(response.facts);
  found.machine["head_size"] = head.octets.size();
  found.machine["leftover"] = json_text(response.reading.rest);
  found.summary = fmt::format("{}: {} {}", found.machine["verdict"].get<std::string>(), head.status,
                              turnout::reason_phrase(head.status));
  if (why.code != turnout::errc::none) fail(why);
  say_flaws(found, response);
  found.peers = peers_of_response(response);
  return found;
}
