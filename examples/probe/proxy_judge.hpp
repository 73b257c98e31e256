// Checks what an intermediary forwarded.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "case.hpp"
#include "heads.hpp"
#include "render.hpp"
#include "request.hpp"
#include "response.hpp"
#include "result.hpp"
#include "wire.hpp"

namespace probe {

/// The octets on both ends of an intermediary.
struct proxy_talk {
  bool offers_websocket = false;  ///< whether the case, or what became of it, offers WebSocket
  std::string sent;               ///< by the client
  std::string passed;             ///< what the server got before it answered
  std::string answered;           ///< by the server
  std::string received;           ///< what the client got
  std::optional<wire::answer> response;  ///< the response that decides, as the client got it
  bool reached = false;                  ///< whether the server got a whole head
  bool tunnels = false;                  ///< whether octets pass in both directions after a 101
};

namespace proxy_judge_detail {

using kind = verdict::kind;

/// A failure of an intermediary; nothing was said if a check has passed.
struct fault {
  std::string said{};
  bool is_advice = false;  ///< whether no must forbids it, whatever the level of the case

  explicit operator bool() const { return !said.empty(); }
};

/// True if a head asks to switch, or switches.
template <class Head>
bool offers(const Head& head) {
  return head.is_complete() && nominates(head.facts, "upgrade") &&
         head.facts.has(turnout::field_name::upgrade);
}

/// True for an offer of HTTP/1.1. An intermediary may be set up to let any protocol pass.
inline bool is_offer(std::string_view request) {
  const inspected_request read{request};
  return offers(read) && read.head.version != turnout::http_version{1, 0};
}

/// The first value of Upgrade in a head.
template <class Head>
std::string_view upgrade_of(const Head& head) {
  return head.facts.lines(turnout::field_name::upgrade).first();
}

/// True if the server switched to another protocol than WebSocket, which the intermediary had
/// offered.
inline bool switches_as_offered(const proxy_talk& seen) {
  if (seen.offers_websocket) return false;
  const inspected_request passed{seen.passed};
  const inspected_response answered{seen.answered};
  return offers(passed) && offers(answered) &&
         turnout::grammar::equal_ignoring_case(upgrade_of(passed), upgrade_of(answered));
}

inline bool offers_websocket(std::string_view request) {
  const inspected_request read{request};
  return offers(read) && names_protocol(read.facts, "websocket");
}

/// All members of the lines with a name, in order; intermediaries may join lines.
template <class Fields>
std::vector<std::string_view> members_of(const Fields& fields, std::string_view name) {
  std::vector<std::string_view> all;
  for (const turnout::field_line& one : fields) {
    if (!turnout::grammar::equal_ignoring_case(one.name, name)) continue;
    std::string_view rest = one.value;
    for (std::size_t comma = rest.find(','); comma != rest.npos; comma = rest.find(',')) {
      all.push_back(turnout::grammar::trim(rest.substr(0, comma)));
      rest.remove_prefix(comma + 1);
    }
    all.push_back(turnout::grammar::trim(rest));
  }
  return all;
}

/// True if a head has a line, alone or joined with others of its name.
inline bool has_value(const turnout::request_head& head, std::string_view line) {
  const std::string_view name = line.substr(0, line.find(':'));
  const turnout::field_line wanted{name, turnout::grammar::trim(line.substr(name.size() + 1))};
  const auto there = members_of(head.fields, name);
  const auto part = members_of(std::array{wanted}, name);
  return std::search(there.begin(), there.end(), part.begin(), part.end()) != there.end();
}

/// A line that each intermediary writes in its own way.
inline bool is_own(std::string_view line) {
  const std::string_view name = line.substr(0, line.find(':'));
  for (const std::string_view own :
       {"Via", "Connection", "Host", "Upgrade", "Transfer-Encoding", "Content-Length"})
    if (turnout::grammar::equal_ignoring_case(name, own)) return true;
  return false;
}

/// What a head has of some fields that it must not have. Only those that Connection listed must be
/// removed; intermediaries should know the others.
///
/// Takes     before: the head as the intermediary got it; after: as it forwarded it
template <class Head>
fault check_removed(const std::vector<std::string>& names, const Head& before, const Head& after,
                    std::string_view where) {
  fault found;
  for (const std::string& name : names) {
    const bool is_there = !is_own(name) && has_line(after.head, name);
    const bool is_advice = !nominates(before.facts, name);
    if (is_there && (!found || !is_advice))
      found = {fmt::format("it passed {} {}", name, where), is_advice};
  }
  return found;
}

/// What is wrong with the request that the server got.
inline fault check_passed(const outcome& wanted, const proxy_talk& seen) {
  const inspected_request passed{seen.passed};
  const bool is_unasked = wanted.offers && wanted.offers->empty() && !is_offer(seen.sent);
  if (is_unasked && is_offer(seen.passed)) return {"it made an offer that the client did not make"};
  if (fault found = check_removed(wanted.lacks, inspected_request{seen.sent}, passed, "on"))
    return found;
  for (const std::string& line : wanted.has)
    if (!is_own(line) && !has_value(passed.head, line)) return {"it did not pass on: " + line};
  const bool has_early =
      wire::size_of_request(seen.passed).value_or(seen.passed.size()) < seen.passed.size();
  if (wanted.held > 0 && offers(passed) && has_early)
    return {"it passed octets on that come after the request, before there was an answer"};
  return {};
}

/// What is wrong with a 101 that should have opened no tunnel. Section 15.2 of RFC 9110 has
/// intermediaries forward interim responses, so that they compare a 101 with their offer is advice.
inline fault check_switch(const proxy_talk& seen) {
  if (switches_as_offered(seen)) return {};
  const bool has_offered = is_offer(seen.passed);
  if (seen.tunnels) return {"it opened a tunnel", has_offered};
  return {"it passed the 101 on", has_offered};
}

/// What is wrong with the response that the client got.
inline fault check_received(const outcome& wanted, const proxy_talk& seen) {
  if (wanted.tunnel == true && !seen.tunnels) return {"octets do not pass in both directions"};
  const bool switched = seen.response && seen.response->what == wire::answer::kind::switched;
  if (wanted.tunnel == false && switched) return check_switch(seen);
  if (wanted.tunnel == false && seen.tunnels) return {"it opened a tunnel"};
  if (!seen.response) return {};
  const auto sent =
      wire::read_answer(seen.answered, turnout::method::get, true).value_or(wire::answer{});
  if (!switched && !wanted.allows_status(seen.response->status)) {
    const bool is_own_answer = seen.response->status != sent.status;
    return {fmt::format("the client got {}", seen.response->status), is_own_answer};
  }
  const std::string_view before{seen.answered};
  const std::string_view after{seen.received};
  return check_removed(wanted.response_lacks, inspected_response{before.substr(sent.begin)},
                       inspected_response{after.substr(seen.response->begin)}, "to the client");
}

/// What is wrong, if that is what should have come of it.
inline fault check(const outcome& wanted, const proxy_talk& seen) {
  if (wanted.what != "forward") {
    const bool switched = seen.response && seen.response->what == wire::answer::kind::switched;
    if (switched) return {"it passed a 101 on"};
    if (wanted.what == "refuse" && seen.reached) return {"it passed the request on"};
    return {};
  }
  const bool wants_switch = wanted.tunnel == true || (wanted.offers && !wanted.offers->empty());
  if (!seen.reached && seen.response && !wants_switch) return {};  // It has answered itself.
  if (!seen.reached) return {"the server got no request", !wants_switch};
  if (fault found = check_passed(wanted, seen)) return found;
  return seen.answered.empty() ? fault{} : check_received(wanted, seen);
}

}  // namespace proxy_judge_detail

/// Why a case says nothing about an intermediary that passes WebSocket on, and nothing else.
inline std::string_view why_not_for_proxies(const scenario& asked, const proxy_talk& seen) {
  const auto asks_for_more = [](const outcome& one) {
    return one.what == "tunnel" || one.tunnel == true || (one.offers && !one.offers->empty());
  };
  const bool demands_more =
      std::all_of(asked.expected.begin(), asked.expected.end(), asks_for_more);
  if (!seen.offers_websocket && demands_more) return "it is about another protocol";
  if (asked.opens_tunnels && !asked.allows("refuse"))
    return "it is about a proxy that takes CONNECT";
  if (asked.profile == "none" && proxy_judge_detail::offers_websocket(seen.sent))
    return "it is about an intermediary that passes no WebSocket on";
  return {};
}

/// Judges what was seen.
inline verdict judge_proxy(const scenario& asked, const proxy_talk& seen) {
  using namespace proxy_judge_detail;
  if (const auto why = why_not_for_proxies(asked, seen); !why.empty())
    return {kind::skipped, std::string{why}};
  fault first;
  for (const outcome& wanted : asked.expected) {
    const fault found = check(wanted, seen);
    if (!found) return {kind::passed, "it did what it should"};
    if (!first) first = found;
  }
  return {kind::failed, first.said, first.is_advice ? "should" : ""};
}

/// What an intermediary did, as JSON: the octets that it `forwarded`, the `status` that the client
/// got, and whether there was a `tunnel` after that.
inline json seen_of(const proxy_talk& seen) {
  json made = json::object();
  if (seen.reached) made["forwarded"] = json_text(seen.passed);
  if (seen.response) made["status"] = seen.response->status;
  if (seen.tunnels) made["tunnel"] = true;
  return made;
}

/// All octets on the wire, and the inspector's report on the forwarded request.
inline std::string explain_proxy(const proxy_talk& seen, bool colored) {
  renderer shown{colored};
  std::string text = "The client's request: " +
                     shown.render(inspect_request({inspected::kind::request, "sent", seen.sent}));
  if (seen.reached)
    text += "\nThe forwarded request: " +
            shown.render(inspect_request({inspected::kind::request, "forwarded", seen.passed}));
  if (!seen.received.empty())
    text += "\nThe response to the client: " +
            shown.render(inspect_response({inspected::kind::response, "received", seen.received}));
  return text;
}

}  // namespace probe
