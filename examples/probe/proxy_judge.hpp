// Checks what an intermediary forwarded.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

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

/// A failure of an intermediary; nothing if a check has passed.
using fault = std::optional<std::string>;

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

inline bool has_same_line(const turnout::request_head& head, std::string_view line) {
  const std::string_view name = line.substr(0, line.find(':'));
  const std::string_view value = turnout::grammar::trim(line.substr(name.size() + 1));
  const auto is_same = [&](const turnout::field_line& one) {
    return turnout::grammar::equal_ignoring_case(one.name, name) && one.value == value;
  };
  return std::any_of(head.fields.begin(), head.fields.end(), is_same);
}

/// A line that each intermediary writes in its own way.
inline bool is_own(std::string_view line) {
  const std::string_view name = line.substr(0, line.find(':'));
  for (const std::string_view own :
       {"Via", "Connection", "Host", "Upgrade", "Transfer-Encoding", "Content-Length"})
    if (turnout::grammar::equal_ignoring_case(name, own)) return true;
  return false;
}

/// What is wrong with the request that the server got.
inline fault check_passed(const outcome& wanted, const proxy_talk& seen) {
  const inspected_request passed{seen.passed};
  const bool is_unasked = wanted.offers && wanted.offers->empty() && !is_offer(seen.sent);
  if (is_unasked && offers(passed)) return "it made an offer that the client did not make";
  for (const std::string& name : wanted.lacks)
    if (has_line(passed.head, name) && !is_own(name)) return "it passed " + name + " on";
  for (const std::string& line : wanted.has)
    if (!is_own(line) && !has_same_line(passed.head, line)) return "it did not pass on: " + line;
  const bool has_early =
      wire::size_of_request(seen.passed).value_or(seen.passed.size()) < seen.passed.size();
  if (wanted.held > 0 && offers(passed) && has_early)
    return "it passed octets on that come after the request, before there was an answer";
  return {};
}

/// What is wrong with the response that the client got.
inline fault check_received(const outcome& wanted, const proxy_talk& seen) {
  if (wanted.tunnel == true && !seen.tunnels) return "octets do not pass in both directions";
  const bool switched = seen.response && seen.response->what == wire::answer::kind::switched;
  const bool refuses = wanted.tunnel == false && !switches_as_offered(seen);
  if (refuses && seen.tunnels) return "it opened a tunnel";
  if (refuses && switched) return "it passed the 101 on";
  if (!seen.response) return {};
  if (!switched && !wanted.allows_status(seen.response->status))
    return fmt::format("the client got {}", seen.response->status);
  const std::string_view octets{seen.received};
  const inspected_response head{octets.substr(seen.response->begin)};
  for (const std::string& name : wanted.response_lacks)
    if (has_line(head.head, name) && !is_own(name)) return "it passed " + name + " to the client";
  return {};
}

/// What is wrong, if that is what should have come of it.
inline fault check(const outcome& wanted, const proxy_talk& seen) {
  if (wanted.what != "forward") {
    const bool switched = seen.response && seen.response->what == wire::answer::kind::switched;
    if (switched) return "it passed a 101 on";
    if (wanted.what == "refuse" && seen.reached) return "it passed the request on";
    return {};
  }
  const bool wants_switch = wanted.tunnel == true || (wanted.offers && !wanted.offers->empty());
  const bool answers_itself = seen.response && seen.response->status >= 400 && !wants_switch;
  if (!seen.reached) return answers_itself ? fault{} : "the server got no request";
  if (fault found = check_passed(wanted, seen)) return found;
  return seen.answered.empty() ? fault{} : check_received(wanted, seen);
}

}  // namespace proxy_judge_detail

/// The level of a failure. Section 15.2 of RFC 9110 has intermediaries forward interim responses,
/// so that they check whether a 101 fits their offer is only good advice.
inline std::string_view level_of_failure(const scenario& asked, const proxy_talk& seen) {
  const bool switched = seen.response && seen.response->what == wire::answer::kind::switched;
  const bool is_about_the_101 = std::all_of(asked.expected.begin(), asked.expected.end(),
                                            [](const outcome& one) { return one.tunnel == false; });
  const bool offered = proxy_judge_detail::offers(inspected_request{seen.passed});
  return switched && is_about_the_101 && offered ? "should" : "";
}

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
  return {kind::failed, *first, std::string{level_of_failure(asked, seen)}};
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
  std::string text = "The client's request was " +
                     shown.render(inspect_request({inspected::kind::request, "sent", seen.sent}));
  if (seen.reached)
    text += "\nWhat went on was " +
            shown.render(inspect_request({inspected::kind::request, "passed on", seen.passed}));
  if (!seen.received.empty())
    text += "\nWhat came back was " +
            shown.render(inspect_response({inspected::kind::response, "received", seen.received}));
  return text;
}

}  // namespace probe
