// What an intermediary forwards of a request, or why it does not.
#pragma once

#include <fmt/core.h>

#include <span>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "finish.hpp"
#include "heads.hpp"
#include "hints.hpp"
#include "peers.hpp"
#include "report.hpp"
#include "request_flaws.hpp"
#include "second_look.hpp"
#include "tokens.hpp"

namespace relay_detail {

inline std::string_view verdict_of(turnout::forwarding::verdict::kind what) {
  using kind = turnout::forwarding::verdict::kind;
  switch (what) {
    case kind::upgrading:
      return "upgrade";
    case kind::plain:
      return "plain";
    case kind::connect:
      return "tunnel";
    case kind::respond:
      return "respond";
    case kind::refuse:
      return "refused";
  }
  return {};
}

inline std::string_view sentence_on(turnout::forwarding::verdict::kind what) {
  using kind = turnout::forwarding::verdict::kind;
  switch (what) {
    case kind::upgrading:
      return "upgrade: forwarded with the intermediary's own offer";
    case kind::plain:
      return "plain: forwarded without an offer";
    case kind::connect:
      return "tunnel: forwarded to the next proxy, or the intermediary opens a tunnel";
    case kind::respond:
      return "respond: Max-Forwards is 0, so the intermediary answers itself";
    case kind::refuse:
      return {};
  }
  return {};
}

/// The verdict "refused", with the status of the intermediary's answer.
inline void refuse_to_forward(report& to, turnout::failure why) {
  const auto status = turnout::refusal_for(why.code, {}).status;
  to.machine["verdict"] = "refused";
  to.machine["status"] = status;
  to.machine["reason"] = json_reason(why);
  to.status = negative;
  to.summary = fmt::format("refused: the intermediary answers with {} ({})", status,
                           turnout::reason_phrase(status));
  say(to, {diagnostic::level::error, why});
}

/// Adds the forwarded head, and the dropped fields.
inline void say_forwarded(report& to, const inspected_request& request,
                          const turnout::forwarding::verdict& judged,
                          const turnout::relay_policy& policy) {
  const turnout::request_head& head = request.head;
  const auto write = [&](std::span<char> out) {
    return turnout::forwarding::write_forwarded(head, head.fields, request.facts, judged, policy,
                                                out);
  };
  to.octets.resize(write({}).error().at);
  (void)write(to.octets);
  to.octets_title = "the forwarded head";
  to.machine["forwarded"] = json_text(to.octets);
  to.machine["removed"] = json::array();
  const turnout::forwarding::removed_fields taken_off{request.facts, head.target};
  for (const turnout::field_line& line : head.fields)
    if (taken_off.contains(line.name)) to.machine["removed"].push_back(json_lowered(line.name));
}

/// Inspects a request that was read completely.
inline void judge(report& to, const inspected_request& request,
                  const std::vector<turnout::protocol>& allowed) {
  using kind = turnout::forwarding::verdict::kind;
  std::vector<turnout::profile> profiles;
  for (const turnout::protocol& one : allowed) {
    const auto known = known_profile(one);
    profiles.push_back(known ? *known : open_profile(one));
  }
  const turnout::relay_policy policy{.allowed = profiles};
  const auto judged = turnout::forwarding::examine_request(request.facts, policy);
  const turnout::failure why = request.located(judged.found);
  if (judged.what == kind::refuse) {
    refuse_to_forward(to, why);
    say_request_flaws(to, request);
    return;
  }
  to.machine["verdict"] = verdict_of(judged.what);
  to.summary = sentence_on(judged.what);
  if (why.code != turnout::errc::none && why.code != turnout::errc::no_upgrade)
    say(to, {diagnostic::level::warning, why});
  if (judged.what == kind::respond) return;
  hint_at_offer(to, request);
  say_forwarded(to, request, judged, policy);
  to.peers = peers_of_relay(request);
}

}  // namespace relay_detail

/// Inspects what an intermediary does with one request head.
///
/// Takes     allowed: the protocols that it forwards offers of
inline report inspect_relay(const inspected& input, const std::vector<turnout::protocol>& allowed) {
  using namespace relay_detail;
  report found;
  found.inputs = {input};
  const inspected_request request{input.octets};
  if (request.is_complete()) {
    judge(found, request, allowed);
    finish(found, {&request});
    return found;
  }
  if (request.reading.what == turnout::head_step::need_more) {
    say_unfinished<turnout::request_line>(found);
  } else {
    refuse_to_forward(found, request.reading.why);
    take_second_look<turnout::request_line>(found, 0);
  }
  finish(found, {});
  return found;
}
