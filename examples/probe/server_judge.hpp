// Checks what a server did with a request.
#pragma once

#include <fmt/core.h>

#include <optional>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "case.hpp"
#include "exchange.hpp"
#include "render.hpp"
#include "request.hpp"
#include "response.hpp"
#include "result.hpp"
#include "url.hpp"
#include "wire.hpp"

namespace probe {

/// The octets of a server.
struct server_talk {
  std::string sent;               ///< the request of the case
  bool offers_websocket = false;  ///< whether the case, or what became of it, offers WebSocket
  std::string received;           ///< what came for it
  std::optional<wire::answer> answered;  ///< nothing if no whole response came
  bool ended = false;                    ///< whether the server closed the connection
  bool closed_before = false;            ///< whether it did so after a request before
  std::optional<bool> pong{};            ///< after a switch: whether a ping was answered
  std::optional<bool> next_is_read{};    ///< on the same connection: whether the next request was
};

namespace server_judge_detail {

using kind = verdict::kind;

inline report inspect(const server_talk& seen) {
  const inspected asked{inspected::kind::request, "sent", seen.sent};
  const inspected answered{inspected::kind::response, "received", seen.received};
  report both = inspect_exchange(asked, answered);
  return both.machine["verdict"] == "invalid" ? inspect_response(answered) : both;
}

inline std::string text_of(const json& octets) { return octets.get<std::string>(); }

/// The failure of a server that broke a rule in its answer, whatever the case is about.
inline verdict breaks_rule(const report& found) {
  const json& why = found.machine["reason"];
  return {kind::failed, "the answer breaks a rule: " + text_of(why["text"]), "must",
          text_of(why["section"])};
}

/// True if the response breaks a rule. Faults of the request, which the case is about, don't count.
inline bool is_broken(const report& found) {
  const json& verdict = found.machine["verdict"];
  if (verdict == "invalid") return true;
  const json& first = found.machine["findings"].empty() ? json() : found.machine["findings"][0];
  return verdict == "violation" && first["in"] == "response" &&
         first["code"] != "unsolicited_switch";
}

/// True if a server that speaks WebSocket may accept the offer.
inline bool offers_websocket(std::string_view request) {
  const json said = inspect_request({inspected::kind::request, "sent", request}).machine;
  return said["verdict"] == "offer" && said.contains("websocket") &&
         said["websocket"]["ok"] == true;
}

/// True if the case tells what a server does that speaks WebSocket, whatever else it is set up to.
inline bool is_about(const scenario& asked, const server_talk& seen, const url& to) {
  const bool speaks =
      asked.profile == "websocket" || asked.profile == "none" || asked.profile == "foo/2";
  const bool reaches = seen.sent.find(to.target) != std::string::npos || asked.demands("refuse");
  return speaks && reaches && !asked.has_setup;
}

/// A server that switched.
inline verdict judge_switch(const scenario& asked, const server_talk& seen, const report& found,
                            bool is_about) {
  if (is_about && !asked.allows("switch")) return {kind::failed, "the server switched"};
  if (is_broken(found)) return breaks_rule(found);
  if (seen.pong == false)
    return {kind::failed, "after the switch, no pong came for a ping", "must",
            "RFC 6455 section 5.5.2"};
  return {kind::passed, "the server switched"};
}

/// A server that gave another final response.
inline verdict judge_refusal(const scenario& asked, const server_talk& seen, const report& found,
                             bool is_about, bool switches) {
  const auto status = seen.answered->status;
  const std::string said = fmt::format("the server answered with {}", status);
  if (is_broken(found)) return breaks_rule(found);
  if (seen.next_is_read == false)
    return {kind::failed, said + ", and did not read the next request from its first octet", "must",
            "RFC 9112 section 9.3"};
  const bool is_authorized = status != 401 && status != 403;
  const bool wants_switch = is_about && switches && seen.offers_websocket && is_authorized;
  if (wants_switch && asked.demands("switch"))
    return {kind::failed, said + ", though the offer is sound"};
  const bool applies = is_about && (switches || asked.profile != "websocket");
  const bool is_refusal = applies && asked.demands("refuse");
  if (is_refusal && status < 400) return {kind::failed, said + ", as if the request were valid"};
  if (is_refusal && !asked.allows_status(status))
    return {kind::failed, said + ", which is not the status that fits", "should"};
  return {kind::passed, said};
}

/// A server that gave no whole answer.
///
/// Takes     wants_switch: whether it is a server that should have taken the offer
inline verdict judge_silence(const scenario& asked, const server_talk& seen, bool wants_switch) {
  const std::string said = seen.ended ? "the server closed the connection" : "no answer came";
  const bool begun = !seen.received.empty();
  if (asked.allows("incomplete") && !(begun && seen.ended)) return {kind::passed, said};
  if (begun)
    return {kind::failed, said + " before the answer was whole", "must", "RFC 9112 section 8"};
  const bool may_close = asked.ends || !wants_switch || !asked.demands("switch");
  if (may_close && seen.ended) return {kind::passed, said};
  return {kind::failed, said};
}

}  // namespace server_judge_detail

/// Gives the verdict on a server at a URL.
///
/// Takes     switches: whether it accepts a valid offer of WebSocket
inline verdict judge_server(const scenario& asked, const server_talk& seen, const url& to,
                            bool switches) {
  using namespace server_judge_detail;
  if (!seen.offers_websocket && offers_websocket(seen.sent))
    return {kind::skipped, "a server that speaks WebSocket does more"};
  const bool left = seen.ended && seen.received.empty() && asked.expected.front().before > 0;
  if (seen.closed_before || left)
    return {kind::skipped, "the server closed after an earlier request"};
  const bool about = is_about(asked, seen, to);
  if (!seen.answered) return judge_silence(asked, seen, about && switches && seen.offers_websocket);
  const report found = inspect(seen);
  if (seen.answered->what == wire::answer::kind::switched)
    return judge_switch(asked, seen, found, about);
  if (seen.answered->what == wire::answer::kind::broken && !is_broken(found))
    return {kind::failed, "the content of the answer is malformed", "must", "RFC 9112 section 6.3"};
  return judge_refusal(asked, seen, found, about, switches);
}

/// What a server did, as JSON: `status` if it answered, and `closed`.
inline json seen_of(const server_talk& seen) {
  json made = json::object();
  if (seen.answered) made["status"] = seen.answered->status;
  const bool switched = seen.answered && seen.answered->what == wire::answer::kind::switched;
  if (seen.ended || (seen.answered && !switched && !seen.answered->is_persistent))
    made["closed"] = true;
  return made;
}

/// Both sides, as the inspector explains them.
inline std::string explain_server(const server_talk& seen, bool colored) {
  return renderer{colored}.render(server_judge_detail::inspect(seen));
}

}  // namespace probe
