// Checks what a client did with a response.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "case.hpp"
#include "exchange.hpp"
#include "frame.hpp"
#include "render.hpp"
#include "result.hpp"

namespace probe {

/// The octets of a client.
struct client_talk {
  std::string asked;     ///< its request
  std::string answered;  ///< what it got
  std::string then;      ///< what it sent after that
  bool ended = false;    ///< whether it closed the connection
};

/// How a client reacts to a response, as its next octets show.
enum class reaction { took, asked_again, closed, silent };

namespace client_judge_detail {

using kind = verdict::kind;

inline bool begins_request(std::string_view octets) {
  const std::string_view line = octets.substr(0, octets.find("\r\n"));
  return line.size() != octets.size() && line.find(" HTTP/1.") != line.npos;
}

inline report inspect(const client_talk& seen) {
  return inspect_exchange({inspected::kind::request, "the client's request", seen.asked},
                          {inspected::kind::response, "the answer", seen.answered});
}

/// The outcome that the inspector finds, in the words of the cases.
inline std::string_view outcome_of(const report& found) {
  const json& verdict = found.machine["verdict"];
  if (verdict == "violation") return "failed";
  if (verdict == "switched") return "switched";
  if (verdict == "refused") return "refused";
  return "incomplete";
}

}  // namespace client_judge_detail

/// Reads the octets that a client sent after the response.
inline reaction reaction_of(const client_talk& seen) {
  if (client_judge_detail::begins_request(seen.then)) return reaction::asked_again;
  const auto first = read_frame(seen.then);
  const bool speaks = first && first->is_masked && first->is_sound;
  if (speaks && first->code != opcode::close) return reaction::took;
  // A client that closes with its first frame may have found the fault.
  if (speaks) return reaction::closed;
  return seen.ended ? reaction::closed : reaction::silent;
}

/// True if a client answers a ping, or ends before it would.
inline bool has_pong_or_close(const client_talk& seen) {
  std::string_view rest = seen.then;
  while (const auto read = read_frame(rest)) {
    if (read->code == opcode::pong || read->code == opcode::close) return true;
    rest.remove_prefix(read->size);
  }
  return seen.ended;
}

/// True if the case is the same for what this client has asked.
inline bool applies(const scenario& one, const client_talk& seen) {
  const auto found = client_judge_detail::outcome_of(client_judge_detail::inspect(seen));
  return one.allows(found) || (found == "incomplete" && one.allows("interim"));
}

/// What a client did after the response, as JSON.
inline json seen_of(const client_talk& seen) {
  constexpr std::string_view did[] = {"switched", "asked again", "closed", "nothing"};
  return {{"did", did[static_cast<std::size_t>(reaction_of(seen))]}};
}

/// Gives the verdict.
///
/// Takes     pinged: whether a ping followed the response
inline verdict judge_client(const scenario& asked, const client_talk& seen, bool pinged) {
  using client_judge_detail::kind;
  constexpr std::string_view did[] = {"the client took the switch", "the client asked again",
                                      "the client closed the connection",
                                      "the client said nothing and kept waiting"};
  const reaction what = reaction_of(seen);
  const std::string said{did[static_cast<std::size_t>(what)]};
  const bool took = what == reaction::took;
  if (took && !asked.allows("switched")) return {kind::failed, said};
  if (took && pinged && !has_pong_or_close(seen))
    return {kind::failed, "after the switch, no pong came for a ping", "must",
            "RFC 6455 section 5.5.2"};
  if (!took && asked.demands("switched")) return {kind::failed, said};
  if (asked.demands("failed") && what != reaction::closed) return {kind::failed, said};
  return {kind::passed, said};
}

/// Both sides, as the inspector explains them.
inline std::string explain_client(const client_talk& seen, bool colored) {
  return renderer{colored}.render(client_judge_detail::inspect(seen));
}

}  // namespace probe
