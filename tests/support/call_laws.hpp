// The laws about calls, no matter who makes them, in every state.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/calls.hpp"
#include "support/parties.hpp"
#include "turnout/machine/laws.hpp"
#include "turnout/turnout.hpp"

namespace laws {

/// Law 4 for one call: if it is refused, it leaves the object equal to its copy from before. So
/// does one with too little room: it names the room that it needs, and writes nothing.
inline constexpr auto refusing_changes_nothing = [](const auto& before, auto made,
                                                    std::string_view unread) -> std::string {
  output out;
  auto after = before;
  const failure why = made(after, unread, out);
  if (explain(why.code).whose == fault::caller && !(after == before))
    return "a refused call changes the handshake";
  after = before;
  const failure no_room = made(after, unread, {});
  if (no_room.code != errc::no_space) return {};
  for (std::size_t room = 0; room <= no_room.at; ++room) {
    out.fill('#');
    after = before;
    const bool fits = room == no_room.at;
    const failure found = made(after, unread, std::span{out}.first(room));
    if (found != (fits ? failure{} : no_room) || fits == (after == before))
      return "the room needed is not the room named";
    const std::string_view written{out.data(), out.size()};
    if (written.find_last_not_of('#') + 1 != (fits ? room : 0)) return "something else is written";
  }
  return {};
};

/// Law 5 for one call: it takes only rows of the table, and leaves no final state.
inline constexpr auto only_a_row_is_taken = [](const auto& before, auto made,
                                               std::string_view unread) -> std::string {
  output out;
  auto after = before;
  (void)made(after, unread, out);
  if (machine::is_final(table_of(before), before.state()) && !stays(before, after))
    return "a final state is left";
  if (after.state() == before.state() || may_lead(before, after.state())) return {};
  return "a step is taken that is no row";
};

/// Law 4: a call that is refused changes nothing, after any octet.
inline std::string a_refused_call_changes_nothing(std::string_view input) {
  return explore_after_each_octet(input, refusing_changes_nothing);
}

/// Law 5: every call in every state returns; only rows of the table are taken, and a final state
/// lasts.
inline std::string only_rows_are_taken(std::string_view input) {
  return explore_after_each_octet(input, only_a_row_is_taken);
}

/// Laws 4 and 5 for calls in any order, in the middle of what a program does.
///
/// Takes     choices: for each octet a call is made, or what the program does next
template <class Handshake>
std::string calls_in_any_order(const Handshake& fresh, std::string_view input, pieces come,
                               std::string_view choices) {
  const auto calls = calls_of(fresh);
  connection tried{fresh, input, come};
  for (const char choice : choices) {
    const std::size_t which = grammar::to_number(choice) % (2 * calls.size());
    if (which >= calls.size()) {
      (void)tried.react(tried.receive_piece());
      continue;
    }
    std::string broken = refusing_changes_nothing(tried.handshake(), calls[which], tried.unread());
    if (broken.empty())
      broken = only_a_row_is_taken(tried.handshake(), calls[which], tried.unread());
    if (!broken.empty()) return broken + ": call " + std::to_string(which);
    output out;
    (void)calls[which](tried.handshake(), tried.unread(), out);
  }
  return {};
}

}  // namespace laws
