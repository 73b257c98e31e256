// Both sides of a handshake: a request, and the responses to it.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <vector>

#include "checks.hpp"
#include "faulty_octet.hpp"
#include "finish.hpp"
#include "heads.hpp"
#include "hints.hpp"
#include "observed.hpp"
#include "peers.hpp"
#include "report.hpp"
#include "request_flaws.hpp"
#include "response_flaws.hpp"
#include "second_look.hpp"

namespace exchange_detail {

using kind = turnout::response_verdict::kind;

/// The result of the responses.
struct answer {
  kind what = kind::interim;
  turnout::failure why;   ///< with broken
  std::size_t where = 1;  ///< the input of `why`
  std::vector<std::uint16_t> interim;
  std::optional<std::uint16_t> status;
  const turnout::profile* protocol = nullptr;  ///< with switched
  std::size_t begin = 0;  ///< where the last head begins in the octets of the responses
  std::string_view rest;
  bool complete = true;  ///< whether the last response is complete

  /// True for a 2xx that answers CONNECT.
  bool opens_tunnel() const { return what == kind::switched && protocol->token.name.empty(); }
};

/// A 101 to a request without an offer, or that does not fit its protocol, is the server's fault;
/// so is a tunnel for a request that breaks a rule.
inline void blame_server(answer& all, const observed_proposal& asked) {
  if (all.status != 101 && !all.opens_tunnel()) return;
  if (all.opens_tunnel() && !asked.flaw_is_of_request) return;
  turnout::failure flaw = asked.flaw;
  if (all.what == kind::switched && !all.opens_tunnel()) flaw = asked.flaw_of(*all.protocol);
  if (flaw.code == turnout::errc::none) return;
  all.what = kind::broken;
  all.where = asked.flaw_is_of_request ? 0 : 1;
  all.why = {flaw.code, all.where == 0 ? flaw.at : all.begin};
}

/// Reads the responses to a request, up to the one that decides.
template <class Asked>
answer read_answer(std::string_view octets, const Asked& asked) {
  answer all;
  all.rest = octets;
  while (all.what == kind::interim) {
    all.begin = octets.size() - all.rest.size();
    const inspected_response response{all.rest};
    if (response.reading.what == turnout::head_step::need_more) {
      all.complete = false;
      return all;
    }
    if (!response.is_complete()) {
      all.what = kind::broken;
      all.why = {response.reading.why.code, all.begin + response.reading.why.at};
      return all;
    }
    all.status = response.head.status;
    all.rest = response.reading.rest;
    const auto judged = turnout::examine_response(response.facts, asked);
    all.what = judged.what;
    all.protocol = judged.protocol;
    all.why = response.located(judged.found);
    all.why.at += all.begin;
    if (all.what != kind::interim) return all;
    all.interim.push_back(*all.status);
    if (all.interim.size() <= inspected_limits.interim_responses) continue;
    all.what = kind::broken;
    all.why = {turnout::errc::too_many_interim_responses, all.begin};
  }
  return all;
}

/// The result of the responses to any request.
inline answer answer_to(const inspected_request& request, const observed_proposal& asked,
                        std::string_view responses) {
  answer all;
  if (request.head.method == turnout::method::connect)
    all = read_answer(responses, turnout::tunnel_request{.target = request.head.target.octets});
  else
    all = read_answer(responses, asked);
  blame_server(all, asked);
  return all;
}

inline std::string_view verdict_on(const answer& all) {
  if (!all.complete) return "incomplete";
  if (all.what == kind::switched) return "switched";
  return all.what == kind::declined ? "refused" : "violation";
}

inline std::string sentence_on(const answer& all) {
  if (!all.complete && all.rest.empty())
    return "incomplete: the server closed the connection without an answer";
  if (!all.complete) return "incomplete: a part of the answer is missing";
  if (all.what == kind::broken)
    return "violation: the server broke a rule, and a client closes the connection";
  if (all.what == kind::declined)
    return fmt::format("refused: {} {}", *all.status, turnout::reason_phrase(*all.status));
  if (all.opens_tunnel()) return "switched: the tunnel is open";
  return "switched: both speak " +
         written([&all](turnout::writer& to) { all.protocol->token.put(to); });
}

/// The agreed subprotocol and extensions.
inline json json_terms(const turnout::websocket::terms& chosen) {
  return {
      {"subprotocol", chosen.subprotocol.empty() ? json() : json(json_text(chosen.subprotocol))},
      {"extensions", json_extensions(chosen.extensions)}};
}

/// Adds what is missing at the end of the responses.
inline void say_end(report& to) {
  const std::size_t size = to.inputs[1].octets.size();
  say(to, {diagnostic::level::note, {turnout::errc::incomplete, size}, 1});
}

/// Adds the result of the responses.
inline void say_answer(report& to, const answer& all) {
  to.machine["verdict"] = verdict_on(all);
  to.machine["protocols"] = json::array();
  to.machine["interim"] = all.interim;
  if (all.status) to.machine["status_code"] = *all.status;
  to.summary = sentence_on(all);
  if (!all.complete) say_end(to);
  if (!all.complete) to.status = unfinished;
  if (all.what == kind::declined) to.status = no_switch;
  if (all.what != kind::broken) return;
  to.status = negative;
  to.machine["reason"] = json_reason(all.why);
  say(to, {diagnostic::level::error, all.why, all.where});
}

/// True if a 101 names the protocol on top of another one.
inline bool names_above(const turnout::facts& response, const turnout::profile& below) {
  const auto named = turnout::field::upgrade::parse(response.lines(turnout::field_name::upgrade));
  for (const turnout::protocol& one : *named)
    if (!one.version.empty() && turnout::grammar::equal_ignoring_case(one.name, below.upper.name))
      return true;
  return false;
}

/// Adds the protocol that both sides speak now.
inline void say_agreed(report& to, const answer& all, std::string_view responses,
                       const observed_proposal& asked) {
  const auto add = [&to](const turnout::protocol& one) {
    to.machine["protocols"].push_back(json_protocol(one));
  };
  const inspected_response last{responses.substr(all.begin)};
  if (all.opens_tunnel()) return;
  add(all.protocol->token);
  if (names_above(last.facts, *all.protocol)) add(all.protocol->upper);
  if (all.protocol->token == turnout::websocket::profile.token)
    to.machine["websocket"] = json_terms(asked.terms_of(last.facts));
}

/// Adds every check of a 101, and the failed ones as findings.
inline void say_checks(report& to, const answer& all, const inspected_request& request,
                       const inspected_response& last, const observed_proposal& asked) {
  using level = diagnostic::level;
  to.checks = check_switch_one_by_one(last, asked);
  for (const check& one : to.checks) {
    if (one.why.code == turnout::errc::none || one.why.code == all.why.code) continue;
    const turnout::failure why = at_element(one.why, request, last);
    // Clients accept this, since the TLS handshake decides.
    say(to, {all.what == kind::broken ? level::error : level::warning,
             {why.code, all.begin + why.at},
             1});
  }
}

/// Adds that a client offered subprotocols, and the server chose none of them.
inline void say_unchosen(report& to, const answer& all, const inspected_request& request,
                         const inspected_response& last) {
  constexpr auto field = turnout::field_name::sec_websocket_protocol;
  if (all.what != kind::switched || !names_protocol(last.facts, "websocket")) return;
  if (!request.facts.has(field) || last.facts.has(field)) return;
  const turnout::failure why = last.located({{turnout::errc::missing_subprotocol, 0}, field});
  say(to, {diagnostic::level::warning, {why.code, all.begin + why.at}, 1, "websocket"});
}

/// Adds findings about the last response.
inline void say_last_response(report& to, const answer& all, const inspected_request& request,
                              const inspected_response& last, const observed_proposal& asked) {
  if (!last.is_complete()) {
    if (all.what == kind::broken) take_second_look<turnout::status_line>(to, 1, all.begin);
    return;
  }
  if (last.head.status == 101) say_checks(to, all, request, last, asked);
  say_unchosen(to, all, request, last);
  say_response_flaws(to, last, 1, all.begin);
  if (all.what == kind::declined) hint_at_refusal(to, request, last);
  to.peers = peers_of_exchange(request, last, all.interim.size(), all.why.code);
}

/// Inspects an exchange whose request was read completely.
inline void judge(report& to, const inspected_request& request) {
  const std::string_view responses = to.inputs[1].octets;
  const observed_proposal proposal{request};
  answer all = answer_to(request, proposal, responses);
  to.inputs[1].last_head = all.begin;
  const inspected_response last{responses.substr(all.begin)};
  if (all.where == 1 && last.is_complete()) {
    all.why.at = all.begin + at_element({all.why.code, all.why.at - all.begin}, request, last).at;
  }
  say_answer(to, all);
  if (all.what == kind::switched) say_agreed(to, all, responses, proposal);
  if (all.complete && all.what != kind::broken) to.machine["leftover"] = json_text(all.rest);
  if (all.what != kind::switched) hint_at_offer(to, request);
  say_last_response(to, all, request, last, proposal);
  say_request_flaws(to, request);
  finish(to, {&request, last.is_complete() ? &last : nullptr, all.begin});
}

/// The verdict "invalid", if the request can't be read.
inline void reject_request(report& to, turnout::failure why) {
  to.machine["verdict"] = "invalid";
  to.machine["reason"] = json_reason(why);
  to.status = negative;
  to.summary = "invalid: the request can't be read";
  say(to, {diagnostic::level::error, why});
  take_second_look<turnout::request_line>(to, 0);
}

}  // namespace exchange_detail

/// Inspects a request and the responses to it.
inline report inspect_exchange(const inspected& asked, const inspected& answered) {
  using namespace exchange_detail;
  report found;
  found.inputs = {asked, answered};
  const inspected_request request{asked.octets};
  if (request.is_complete()) {
    judge(found, request);
    return found;
  }
  if (request.reading.what == turnout::head_step::need_more)
    say_unfinished<turnout::request_line>(found);
  else
    reject_request(found, request.reading.why);
  finish(found, {});
  return found;
}
