// What the fuzz targets share: how an input is cut into octets and choices, and what happens when a
// law is broken.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "support/turns.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"

namespace fuzz {

/// Ends the octets of one part of an input, and begins the next one's.
inline constexpr std::string_view separator{"\0\xff", 2};

/// How many octets of an input are used: more makes a fuzzer slow, and finds nothing else.
inline constexpr std::size_t most_octets = 2048;

/// An input. Octets come from its front, so that a message in it can be read by people and by the
/// fuzzer's dictionary; choices come from its back, one octet each, so that a message that grows
/// leaves them as they are. Once all is used, every choice is 0 and every part empty.
class input {
 public:
  input(const std::uint8_t* octets, std::size_t size)
      : left_{reinterpret_cast<const char*>(octets), std::min(size, most_octets)} {}

  /// A number of one octet.
  std::uint8_t octet() {
    if (left_.empty()) return 0;
    const char last = left_.back();
    left_.remove_suffix(1);
    return static_cast<std::uint8_t>(last);
  }
  /// A number below `bound`, which may be larger than an octet.
  std::size_t below(std::size_t bound) {
    std::size_t number = octet();
    if (bound > 256) number = number << 8 | octet();
    return number % bound;
  }
  /// How many octets are left.
  std::size_t size() const { return left_.size(); }
  /// True or false.
  bool flag() { return octet() % 2 == 1; }
  /// One of `all`.
  template <class All>
  const auto& pick(const All& all) {
    return all[below(std::size(all))];
  }
  /// As many octets as can be chosen by one, from the back.
  std::string_view choices() {
    const std::size_t wanted = octet();
    const std::size_t size = std::min(wanted, left_.size());
    const std::string_view taken = left_.substr(left_.size() - size);
    left_.remove_suffix(size);
    return taken;
  }

  /// The octets up to the next separator.
  std::string_view part() {
    const std::size_t end = left_.find(separator);
    const std::string_view taken = left_.substr(0, end);
    left_.remove_prefix(end == left_.npos ? left_.size() : end + separator.size());
    return taken;
  }
  /// All octets that are left.
  std::string_view rest() { return std::exchange(left_, {}); }

 private:
  std::string_view left_;
};

/// Ends the program, which a fuzzer takes for a find, if a law says that it is broken.
inline void must_hold(const std::string& broken) {
  if (broken.empty()) return;
  std::fprintf(stderr, "\n==== A law is broken:\n%s\n", turns::shown(broken).c_str());
  std::abort();
}

/// The usual limits, or some that small messages reach.
inline turnout::limits limits_of(input& from) {
  turnout::limits bounds;
  if (!from.flag()) return bounds;
  bounds.head = static_cast<std::uint32_t>(from.below(512));
  bounds.start_line = from.octet();
  bounds.field_line = from.octet();
  bounds.field_lines = static_cast<std::uint16_t>(from.below(16));
  bounds.empty_lines = static_cast<std::uint16_t>(from.below(4));
  bounds.list_elements = static_cast<std::uint16_t>(from.below(8));
  bounds.interim_responses = static_cast<std::uint16_t>(from.below(4));
  bounds.chunk_line = static_cast<std::uint16_t>(from.below(32));
  bounds.chunk_extensions = static_cast<std::uint16_t>(from.below(64));
  return bounds;
}

/// True for octets that go past no limit on lines and elements: the reference has none on lines,
/// and where a list is too long and malformed it may name the other fault.
inline bool is_within_usual_limits(std::string_view octets) {
  const auto count = [octets](char one) {
    return static_cast<std::size_t>(std::ranges::count(octets, one));
  };
  return count('\n') <= turnout::facts::max_lines &&
         count(',') < turnout::grammar::default_list_elements;
}

/// Some or all of a list of profiles, in its order.
class some_profiles {
 public:
  some_profiles(std::span<const turnout::profile> all, input& from) {
    const unsigned left_out = from.octet();
    for (std::size_t i = 0; i < std::min(all.size(), kept_.size()); ++i)
      if ((left_out >> i & 1) == 0) kept_[size_++] = all[i];
  }

  std::span<const turnout::profile> list() const { return std::span{kept_}.first(size_); }

 private:
  std::array<turnout::profile, 8> kept_{};
  std::size_t size_ = 0;
};

/// How the octets that are left come: some of them, then by so many.
template <class Pieces>
Pieces pieces_of(input& from) {
  const std::size_t then = from.octet();
  return {from.below(from.size() + 1), then == 0 ? most_octets : then};
}

}  // namespace fuzz
