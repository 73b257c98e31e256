// The laws that the handshakes keep, each a function of any octets: it returns an empty string, or
// says what was broken. Tests call them over a corpus and over all small inputs, the targets of
// tests/fuzz with what a fuzzer makes up.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/call_laws.hpp"
#include "support/calls.hpp"
#include "support/joined.hpp"
#include "support/parties.hpp"
#include "support/sides.hpp"
#include "turnout/turnout.hpp"

namespace laws {

/// True if both have the same lines of each field that matters.
inline bool same_lines(const facts& one, const facts& other) {
  for (std::size_t name = 1; name < std::size(turnout::field::detail::field_spellings); ++name) {
    grammar::value_lines here = one.lines(static_cast<field_name>(name));
    grammar::value_lines there = other.lines(static_cast<field_name>(name));
    for (; !here.empty() && here.first() == there.first(); here.next()) there.next();
    if (!here.empty() || !there.empty()) return false;
  }
  return true;
}

/// Says where two connections with the same input differ.
template <class One, class Other>
std::string compare(One one, Other other) {
  for (bool more = true; more;) {
    const auto here = one.receive();
    const auto there = other.receive();
    if (here.what != there.what || here.why.code != there.why.code) return "another outcome";
    if (one.place(here) != other.place(there)) return "another place";
    const auto* const head = head_of(here);
    if (head != nullptr && *head != *head_of(there)) return "another head";
    if (head != nullptr && !same_lines(here.facts, there.facts)) return "other facts";
    more = one.react(here);
    if (other.react(there) != more || one.written() != other.written()) return "another answer";
    const bool failed = here.what == decltype(here.what)::failed;
    if (!failed && one.used() != other.used()) return "another rest";
    if (one.content() != other.content()) return "another content";
    if (one.handshake().state() != other.handshake().state()) return "another state";
  }
  return {};
}

/// Law 1 for one side: that the input comes in such pieces, and leaves after each, changes nothing.
template <class Handshake>
std::string same_in_pieces(const Handshake& fresh, std::string_view input, pieces come) {
  const std::string broken = compare(connection{fresh, input, {input.size(), 1}},
                                     connection<Handshake, windows::in_blocks>{fresh, input, come});
  return broken.empty() ? broken
                        : broken + " if it comes from " + std::to_string(come.first) + " by " +
                              std::to_string(come.size);
}

/// Law 1: cutting the input anywhere changes nothing but the number of "need more".
inline std::string cutting_changes_nothing(std::string_view input) {
  return on_every_side([input](const auto& fresh) -> std::string {
    for (std::size_t cut = 0; cut < input.size(); ++cut) {
      const std::string broken = same_in_pieces(fresh, input, {cut, input.size()});
      if (!broken.empty()) return broken;
    }
    return same_in_pieces(fresh, input, {0, 1});
  });
}

/// Law 2 for one side: head and rest together are the octets shown, in the caller's own place.
template <class Handshake>
std::string no_octet_is_lost(const Handshake& fresh, std::string_view input, pieces come) {
  const auto same_place = [](std::string_view one, std::string_view other) {
    return one.data() == other.data() && one.size() == other.size();
  };
  const auto end = [](std::string_view octets) { return octets.data() + octets.size(); };
  connection tried{fresh, input, come};
  for (bool more = true; more;) {
    const auto now = tried.receive_piece();
    using step = decltype(now.what);
    const std::string_view shown = tried.shown();
    const auto* const head = head_of(now);
    const std::size_t size = head == nullptr ? 0 : head->octets.size();
    const std::size_t begins = head == nullptr ? 0 : head_begins(now, shown);
    if (head != nullptr && !same_place(head->octets, shown.substr(begins, size)))
      return "the head begins elsewhere";
    if (head != nullptr && !same_place(now.rest, shown.substr(begins + size)))
      return "the rest is not what is after the head";
    if (end(now.rest) != end(shown)) return "the rest does not end where the input ends";
    const std::size_t read = shown.size() - now.rest.size();
    if (used_of(now, shown) != read && used_of(now, shown) + size != read)
      return "what is used is not what comes before the rest";
    if (now.content.empty() != (now.what != step::content)) return "content without octets";
    if (!now.content.empty() && end(now.content) != now.rest.data())
      return "the rest is not what is after the content";
    if (now.switched() != nullptr && !same_place(now.switched()->octets(), now.rest))
      return "the new protocol's octets are not the rest";
    more = tried.react(now) || now.what == step::content;
  }
  return {};
}

/// Law 2: head and rest together are the octets shown, whole and one by one.
inline std::string no_octet_is_lost(std::string_view input) {
  return on_every_side([input](const auto& fresh) {
    const std::string broken = no_octet_is_lost(fresh, input, {input.size(), 1});
    return broken.empty() ? no_octet_is_lost(fresh, input, {0, 1}) : broken;
  });
}

/// Law 11 for one side: what a program is asked to do gets it on. No turn comes again and again
/// without an octet that is used.
template <class Handshake>
std::string every_turn_gets_on(const Handshake& fresh, std::string_view input, pieces come) {
  constexpr std::size_t most_turns = 8;
  connection tried{fresh, input, come};
  std::size_t turns = 0;
  std::size_t used = 0;
  for (bool more = true; more && turns < most_turns;) {
    const auto now = tried.receive_piece();
    more = tried.react(now) || !now.content.empty();
    turns = tried.used() == used ? turns + 1 : 0;
    used = tried.used();
  }
  return turns < most_turns ? "" : "it asks for the same again and again";
}

/// Law 11: no turn comes again and again, whole and one by one.
inline std::string every_turn_gets_on(std::string_view input) {
  return on_every_side([input](const auto& fresh) {
    const std::string broken = every_turn_gets_on(fresh, input, {input.size(), 1});
    return broken.empty() ? every_turn_gets_on(fresh, input, {0, 1}) : broken;
  });
}

/// All laws about one side, for one way in which an input comes and for calls in one order.
template <class Handshake>
std::string all_of_one_side(const Handshake& fresh, std::string_view input, pieces come,
                            std::string_view choices) {
  std::string broken = same_in_pieces(fresh, input, come);
  if (broken.empty()) broken = same_in_pieces(fresh, input, {0, 1});
  if (broken.empty()) broken = no_octet_is_lost(fresh, input, come);
  if (broken.empty()) broken = every_turn_gets_on(fresh, input, come);
  return broken.empty() ? calls_in_any_order(fresh, input, come, choices) : broken;
}

/// How often memory was asked for: a program that replaces operator new counts here.
inline std::size_t allocations = 0;

/// Law 8: no allocation, whatever comes, however it comes, and whatever is called.
inline std::string nothing_is_allocated(std::string_view input) {
  const std::size_t before = allocations;
  (void)on_every_side([input](const auto& fresh) {
    for (const pieces come : {pieces{input.size(), 1}, pieces{0, 1}})
      for (connection tried{fresh, input, come}; tried.react(tried.receive());) {
      }
    return std::string{};
  });
  (void)explore_after_each_octet(input,
                                 [](const auto&, auto, std::string_view) { return std::string{}; });
  return allocations == before ? "" : "memory is allocated";
}

}  // namespace laws
