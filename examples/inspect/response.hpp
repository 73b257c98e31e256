// Inspects one response head: whether it switches, is interim, or refuses.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "checks.hpp"
#include "finish.hpp"
#include "heads.hpp"
#include "peers.hpp"
#include "report.hpp"
#include "response_flaws.hpp"
#include "second_look.hpp"

namespace response_detail {

/// What is wrong with a response, without regard to the request.
inline turnout::finding check_response(const turnout::facts& response) {
  constexpr auto bound = turnout::grammar::default_list_elements;
  if (response.status() == 101) return turnout::rules::check_named_switch(response, bound);
  if (response.status() / 100 == 1) return {};
  if (const auto found = response.check_complete()) return found;
  return turnout::rules::find_framing(response, turnout::method::get, bound).found;
}

inline std::string_view verdict_on(const turnout::facts& response) {
  if (response.status() == 101) return "switched";
  return response.status() / 100 == 1 ? "interim" : "refused";
}

/// The protocols that count: those of a 101, or those that another response advertises.
inline json meant_protocols(const turnout::facts& response) {
  if (response.status() / 100 == 1 && response.status() != 101) return json::array();
  return nominates(response, "upgrade") ? json_protocols(response) : json::array();
}

/// Adds the keys for a complete head.
inline void say_head(report& to, const inspected_response& response) {
  const turnout::response_head& head = response.head;
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

/// The exit status of the verdict.
inline int status_of(const turnout::facts& response) {
  return response.status() / 100 == 1 ? positive : no_switch;
}

/// The verdict "invalid".
inline void reject(report& to, turnout::failure why) {
  to.machine["verdict"] = "invalid";
  to.machine["reason"] = json_reason(why);
  to.status = negative;
  to.summary = "invalid: a client closes the connection";
  say(to, {diagnostic::level::error, why});
}

/// Adds everything that makes a 101 invalid.
inline void say_flaws_of_switch(report& to, const inspected_response& response) {
  using namespace checks_detail;
  for (const finding& found : {check_connection(response.facts), check_upgrade(response.facts)})
    if (found) say(to, {diagnostic::level::error, response.located(found)});
}

/// Inspects a response that was read completely.
inline void judge(report& to, const inspected_response& response) {
  say_head(to, response);
  to.status = status_of(response.facts);
  const turnout::failure why = response.located(check_response(response.facts));
  if (why.code != turnout::errc::none) reject(to, why);
  if (response.facts.status() == 101) say_flaws_of_switch(to, response);
  say_response_flaws(to, response, 0, 0);
  to.peers = peers_of_response(response);
}

}  // namespace response_detail

/// Inspects one response head.
inline report inspect_response(const inspected& input) {
  using namespace response_detail;
  report found;
  found.inputs = {input};
  const inspected_response response{input.octets};
  if (response.is_complete()) {
    judge(found, response);
    finish(found, {nullptr, &response});
    return found;
  }
  if (response.reading.what == turnout::head_step::need_more) {
    say_unfinished<turnout::status_line>(found);
  } else {
    reject(found, response.reading.why);
    take_second_look<turnout::status_line>(found, 0);
  }
  finish(found, {});
  return found;
}
