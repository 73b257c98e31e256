// Inspects one request head: whether it offers to switch, and the answer of a server.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "finish.hpp"
#include "heads.hpp"
#include "hints.hpp"
#include "peers.hpp"
#include "report.hpp"
#include "request_flaws.hpp"
#include "second_look.hpp"
#include "tokens.hpp"

namespace request_detail {

/// Adds the result of each known offered protocol, and the answer to the first one that can be
/// accepted.
inline void judge_protocols(report& to, const inspected_request& request) {
  for (const token_report& said : judge_tokens(request)) {
    to.machine[said.key] = said.machine;
    if (!to.octets.empty() || said.answer.empty()) continue;
    to.octets_title = fmt::format("what a server that speaks {} answers", said.key);
    to.octets = said.answer;
  }
}

/// Adds the keys for a complete head.
inline void say_head(report& to, const inspected_request& request, bool offers) {
  const turnout::request_head& head = request.head;
  to.machine["method"] = json_text(head.method_name);
  to.machine["target"] = json_text(head.target.octets);
  to.machine["version"] = version_text(head.version);
  to.machine["protocols"] = offers ? json_protocols(request.facts) : json::array();
  to.machine["connection"] = json_options(request.facts);
  to.machine["head_size"] = head.octets.size();
  to.machine["leftover"] = json_text(request.reading.rest);
}

/// The verdict "invalid", with the status of the server's answer.
inline void refuse(report& to, turnout::failure why) {
  const auto status = turnout::refusal_for(why.code, {}).status;
  to.machine["verdict"] = "invalid";
  to.machine["reason"] = json_reason(why);
  to.machine["status"] = status;
  to.status = negative;
  to.summary =
      fmt::format("invalid: a server answers with {} ({})", status, turnout::reason_phrase(status));
  say(to, {diagnostic::level::error, why});
}

/// The verdict "plain", and why the request asks for no switch.
inline void say_plain(report& to, const inspected_request& request, turnout::failure why) {
  to.machine["verdict"] = "plain";
  to.machine["reason"] = json_reason(why);
  to.status = no_switch;
  if (request.head.method == turnout::method::connect)
    to.summary = "plain: asks for a tunnel, not for a switch";
  else if (request.facts.has(turnout::field_name::upgrade))
    to.summary = "plain: a valid request, whose Upgrade is ignored";
  else
    to.summary = "plain: an ordinary request, which asks for no switch";
  const bool meant = means_to_switch(request.facts);
  say(to, {meant ? diagnostic::level::warning : diagnostic::level::note, why});
}

/// True if HTTP libraries offer all of the protocols by default, so that a request that does not
/// fit them is an ordinary one.
inline bool is_opportunistic(const turnout::facts& request) {
  const auto listed = turnout::field::upgrade::parse(request.lines(turnout::field_name::upgrade));
  for (const turnout::protocol& one : *listed)
    if (const auto known = known_profile(one); !known || !known->opportunistic) return false;
  return true;
}

/// The verdict of a server that speaks all offered protocols.
inline turnout::verdict judge(const turnout::facts& request) {
  using kind = turnout::verdict::kind;
  const turnout::verdict judged = turnout::examine_request(request, {});
  if (judged.found.why.code != turnout::errc::no_common_protocol) return judged;
  const turnout::finding unfit = turnout::rules::check_profile(request, open_profile({}));
  if (!unfit) return judged;
  return {is_opportunistic(request) ? kind::ignore : kind::refuse, unfit, {}};
}

/// The names of the protocols, as they were offered.
inline std::string listed(const turnout::facts& facts) {
  const auto protocols = turnout::field::upgrade::parse(facts.lines(turnout::field_name::upgrade));
  return written([&protocols](turnout::writer& to) { protocols->put(to); });
}

/// Why a request asks for no switch: CONNECT and HTTP/2 may have no Upgrade at all.
inline turnout::failure plain_reason(const inspected_request& request,
                                     const turnout::finding& found) {
  if (found) return request.located(found);
  return request.located({{turnout::errc::no_upgrade, 0}, turnout::field_name::upgrade});
}

/// Inspects a request that was read completely.
inline void judge(report& to, const inspected_request& request) {
  const turnout::verdict judged = judge(request.facts);
  const turnout::failure why = request.located(judged.found);
  const bool offers = why.code == turnout::errc::no_common_protocol;
  to.machine["verdict"] = nullptr;  // comes first
  say_head(to, request, offers);
  if (judged.what == turnout::verdict::kind::refuse) {
    refuse(to, why);
  } else if (offers) {
    to.machine["verdict"] = "offer";
    to.summary = fmt::format("offer: asks to switch to {}", listed(request.facts));
    judge_protocols(to, request);
    hint_at_offer(to, request);
  } else {
    say_plain(to, request, plain_reason(request, judged.found));
  }
  say_request_flaws(to, request);
  to.peers = peers_of_request(request);
}

}  // namespace request_detail

/// Inspects one request head.
inline report inspect_request(const inspected& input) {
  using namespace request_detail;
  report found;
  found.inputs = {input};
  const inspected_request request{input.octets};
  if (request.is_complete()) {
    judge(found, request);
    finish(found, {&request});
    return found;
  }
  if (request.reading.what == turnout::head_step::need_more) {
    say_unfinished<turnout::request_line>(found);
  } else {
    refuse(found, request.reading.why);
    take_second_look<turnout::request_line>(found, 0);
  }
  finish(found, {});
  return found;
}
