// One response head: whether it switches, precedes the answer, or refuses.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string_view>
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

/// The keys that a whole head has.
inline void say_head(report& to, const inspected_response& response) {
  const turnout::response_head& head = response.head();
  to.machine["verdict"] = verdict_on(response.facts);
  to.machine["status_code"] = head.status;
  to.machine["reason_phrase"] = json_text(head.reason);
  to.machine["version"] = version_text(head.version);
  to.machine["protocols"] = meant_protocols(response.facts);
  to.machine["connection"] = json_options(response.facts);
  to.machine["head_size"] = head.octets.size();
  to.machine["leftover"] = json_text(response.reading.rest);
  to.summary = fmt::format("{}: {} {}", verdict_on(response.facts), head.status,
                           turnout::reason_phrase(head.status));
}

/// The verdict "invalid".
inline void reject(report& to, turnout::failure why) {
  to.machine["verdict"] = "invalid";
  to.machine["reason"] = json_reason(why);
  to.status = negative;
  to.summary = "invalid: a client closes the connection";
  say(to, {diagnostic::level::error, why, 0, {}});
}

}  // namespace response_detail

/// Adds what a response should not be like, though a client takes it.
///
/// Takes     where: the input that it is in; begin: where its head begins there
inline void say_response_flaws(report& to, const inspected_response& response, std::size_t where,
                               std::size_t begin) {
  using turnout::field_name;
  const auto note = [&](turnout::errc code, field_name field) {
    turnout::failure why = response.located({{code, 0}, field});
    why.at += begin;
    say(to, {diagnostic::level::warning, why, where, {}});
  };
  const turnout::facts& facts = response.facts;
  if (facts.status() == 426 && !facts.has(field_name::upgrade))
    note(turnout::errc::no_upgrade, field_name::upgrade);
  else if (facts.has(field_name::upgrade) && facts.status() / 100 != 1 &&
           response_detail::meant_protocols(facts).empty())
    note(turnout::errc::upgrade_not_nominated, field_name::upgrade);
  if (facts.status() != 101) return;
  for (const field_name framed : {field_name::content_length, field_name::transfer_encoding})
    if (facts.has(framed)) note(turnout::errc::content_not_allowed, framed);
}

/// Inspects one response head.
inline report inspect_response(const inspected& input) {
  using namespace response_detail;
  report found;
  found.inputs = {input};
  const inspected_response response{input.octets};
  if (response.reading.what == turnout::head_step::need_more) {
    say_unfinished<turnout::status_line>(found);
    return found;
  }
  if (!response.is_complete()) {
    reject(found, response.reading.why);
    take_second_look<turnout::status_line>(found, 0);
    return found;
  }

  say_head(found, response);
  const turnout::failure why = response.located(check_response(response.facts));
  if (why.code != turnout::errc::none) reject(found, why);
  say_response_flaws(found, response, 0, 0);
  found.peers = peers_of_response(response);
  return found;
}
