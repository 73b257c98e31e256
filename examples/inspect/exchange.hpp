// Both sides of a handshake: a request, and the responses to it.
#pragma once

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "checks.hpp"
#include "heads.hpp"
#include "observed.hpp"
#include "peers.hpp"
#include "report.hpp"
#include "second_look.hpp"

namespace exchange_detail {

using kind = turnout::response_verdict::kind;

/// What became of the responses, one after the other.
struct answer {
  kind what = kind::interim;
  turnout::failure why;   ///< with broken
  std::size_t where = 1;  ///< the input that `why` is about
  std::vector<std::uint16_t> interim;
  std::optional<std::uint16_t> status;
  const turnout::profile* protocol = nullptr;  ///< with switched
  std::size_t begin = 0;                       ///< of the last head in the octets of the responses
  std::string_view rest;
  bool complete = true;  ///< whether the last response was there whole
};

/// A 101 to a request that offers nothing, or not what its protocol demands, is the server's fault.
inline void blame_server(answer& all, const observed_proposal& asked) {
  if (all.status != 101) return;
  turnout::failure flaw = asked.flaw;
  if (all.what == kind::switched) flaw = asked.flaw_of(*all.protocol);
  if (flaw.code == turnout::errc::none) return;
  all.what = kind::broken;
  all.where = asked.flaw_is_of_request ? 0 : 1;
  all.why = {flaw.code, all.where == 0 ? flaw.at : all.begin};
}

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
    all.status = response.head().status;
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

inline std::string_view verdict_on(const answer& all) {
  if (!all.complete) return "incomplete";
  if (all.what == kind::switched) return "switched";
  return all.what == kind::declined ? "refused" : "violation";
}

inline std::string sentence_on(const answer& all) {
  if (!all.complete) return "incomplete: the answer, or a part of it, is missing";
  if (all.what == kind::broken) return "violation: a client closes the connection";
  if (all.what == kind::declined)
    return fmt::format("refused: {} {}", *all.status, turnout::reason_phrase(*all.status));
  if (all.protocol->token.name.empty()) return "switched: the tunnel is open";
  return "switched: both speak " +
         written([&all](turnout::writer& to) { all.protocol->token.put(to); });
}

/// What both agreed on beside the protocol.
inline json json_terms(const turnout::websocket::terms& chosen) {
  return {
      {"subprotocol", chosen.subprotocol.empty() ? json() : json(json_text(chosen.subprotocol))},
      {"extensions", json_extensions(chosen.extensions)}};
}

inline void say_answer(report& to, const answer& all) {
  to.machine["verdict"] = verdict_on(all);
  to.machine["protocols"] = json::array();
  to.machine["interim"] = all.interim;
  if (all.status) to.machine["status_code"] = *all.status;
  to.summary = sentence_on(all);
  if (!all.complete) to.status = unfinished;
  if (all.what != kind::broken) return;
  to.status = negative;
  to.machine["reason"] = json_reason(all.why);
  say(to, {diagnostic::level::error, all.why, all.where, {}});
}

}  // namespace exchange_detail

/// Inspects a request and the responses to it.
inline report inspect_exchange(const inspected& asked, const inspected& answered) {
  using namespace exchange_detail;
  report found;
  found.inputs = {asked, answered};
  const inspected_request request{asked.octets};
  if (request.reading.what == turnout::head_step::need_more) {
    found.machine["verdict"] = "incomplete";
    found.status = unfinished;
    found.summary = "incomplete: the empty line that ends the request's head is missing";
    return found;
  }
  if (!request.is_complete()) {
    found.machine["verdict"] = "invalid";
    found.machine["reason"] = json_reason(request.reading.why);
    found.status = negative;
    found.summary = "invalid: the request can't be read";
    say(found, {diagnostic::level::error, request.reading.why, 0, {}});
    take_second_look<turnout::request_line>(found, 0);
    return found;
  }

  const observed_proposal proposal{request};
  answer all;
  if (request.head().method == turnout::method::connect) {
    const turnout::tunnel_request tunnel{.target = request.head().target.octets};
    all = read_answer(answered.octets, tunnel);
  } else {
    all = read_answer(answered.octets, proposal);
    blame_server(all, proposal);
  }
  say_answer(found, all);
  if (all.complete && all.what == kind::broken) take_second_look<turnout::status_line>(found, 1);
  if (!all.complete) return found;

  const inspected_response last{answered.octets.substr(all.begin)};
  if (all.what == kind::switched) {
    for (const turnout::protocol& one : {all.protocol->token, all.protocol->upper})
      if (!one.name.empty())
        found.machine["protocols"].push_back(
            json::array({json_text(one.name), one.version.empty() ? json() : json(one.version)}));
    if (all.protocol->token == turnout::websocket::profile.token)
      found.machine["websocket"] = json_terms(proposal.terms_of(last.facts));
  }
  if (last.is_complete()) {
    if (all.what != kind::broken) found.machine["leftover"] = json_text(all.rest);
    if (last.head().status == 101) found.checks = check_switch_one_by_one(last, proposal);
    found.peers = peers_of_exchange(request, last, all.interim.size(), all.why.code);
  }
  return found;
}
