// permessage-deflate between both sides, by the rules of RFC 7692 section 7.1.
#pragma once

#include <span>
#include <string>

#include "turnout/protocol/websocket/deflate_client.hpp"
#include "turnout/protocol/websocket/deflate_server.hpp"
#include "turnout/protocol/websocket/written_extensions.hpp"

namespace deflate_laws {

namespace deflate = turnout::websocket::permessage_deflate;
using deflate::agreed, deflate::bare, deflate::offer, deflate::response, deflate::settings;
using turnout::websocket::written_extensions;

/// Whether section 7.1 lets a server give this response to this offer.
inline bool fits(const response& given, const offer& asked) {
  if (asked.server_no_context_takeover && !given.server_no_context_takeover) return false;
  if (asked.server_max_window_bits != 0 &&
      (given.server_max_window_bits == 0 ||
       given.server_max_window_bits > asked.server_max_window_bits))
    return false;
  if (given.client_max_window_bits == 0) return true;
  return asked.client_max_window_bits == bare ||
         given.client_max_window_bits <= asked.client_max_window_bits;
}

/// Whether a server with these settings can't keep the offer.
inline bool beyond(const settings& own, const offer& asked) {
  if (own.server_max_window_bits < own.smallest_window_bits) return true;
  if (asked.client_max_window_bits == 0 && own.client_max_window_bits < 15) return true;
  return asked.server_max_window_bits != 0 &&
         asked.server_max_window_bits < own.smallest_window_bits;
}

/// Whether what holds is within the server's settings.
inline bool keeps(const settings& own, const agreed& terms) {
  return terms.in_use && terms.server_window_bits <= own.server_max_window_bits &&
         terms.server_window_bits >= own.smallest_window_bits &&
         terms.client_window_bits <= own.client_max_window_bits &&
         terms.server_no_context_takeover >= own.server_no_context_takeover &&
         terms.client_no_context_takeover >= own.client_no_context_takeover;
}

/// What the server makes of these offers, by way of octets there and back; the client's finding has
/// to be the same.
///
/// Takes     broken: says what is wrong, if anything is
inline deflate::answer exchange(std::span<const offer> offered, const settings& own,
                                std::string& broken) {
  written_extensions<2048> there;
  for (const offer& one : offered)
    if (!there.add(one)) broken = "an offer is not written";
  const deflate::answer made = deflate::choose(there.list(), own);
  written_extensions<> back;
  if (made.terms.in_use && !back.add(made.element)) broken = "an answer is not written";
  const auto found = deflate::check(back.list(), offered, 8);
  if (found != made.terms)
    broken =
        "both sides disagree on " + std::string{back.text()} + " to " + std::string{there.text()};
  return made;
}

/// The server's answer to any offers is its first that it can keep, fits that one and its settings,
/// and is what the client finds.
inline std::string answer_fits(std::span<const offer> offered, const settings& own) {
  std::string broken;
  const deflate::answer made = exchange(offered, own, broken);
  if (!broken.empty()) return broken;
  for (const offer& one : offered) {
    if (beyond(own, one)) continue;
    const auto given = deflate::accept(one, own);
    const bool kept = given && made.element == *given && fits(*given, one) && made.terms.in_use &&
                      keeps(own, made.terms);
    return kept ? "" : "the first offer that can be kept is not answered as it has to be";
  }
  return made.terms.in_use ? "an offer that can't be kept is accepted" : "";
}

/// A response passes the client's check if it fits one of the offers.
inline std::string check_is_right(const response& given, std::span<const offer> offered) {
  written_extensions<> back;
  if (!back.add(given)) return "a response is not written";
  bool fitting = false;
  for (const offer& one : offered) fitting = fitting || fits(given, one);
  return bool{deflate::check(back.list(), offered, 8)} == fitting ? "" : "it is judged otherwise";
}

}  // namespace deflate_laws
