// A set of a few tokens, kept sorted, so that each look-up compares only some of them: decision
// D21.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "turnout/grammar/list.hpp"
#include "turnout/kernel/load.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar::detail {

/// Which tokens count as the same.
enum class token_case : std::uint8_t {
  exact,   ///< tokens with the same octets
  ignored  ///< also tokens that differ only in the case of A to Z
};

/// A set of at most as many tokens as a list has by default. It allocates nothing and uses no hash,
/// so a peer can't choose tokens that collide.
///
/// Borrows   the tokens
class token_set {
 public:
  /// How many tokens fit.
  static constexpr std::size_t capacity = default_list_elements;

  /// What add() did.
  enum class addition : std::uint8_t { added, repeated, full };

  /// The empty set.
  constexpr explicit token_set(token_case which) noexcept : case_{which} {
    // At run time, the elements stay uninitialized until they are used.
    if (std::is_constant_evaluated())
      for (std::size_t i = 0; i < capacity; ++i) tokens_[i] = {};  // makes it the active member
  }

  /// Adds a token, unless the set already has it or is full.
  ///
  /// Costs     as contains(), and a move of up to `capacity` views
  constexpr addition add(std::string_view token) noexcept {
    const std::size_t place = place_of(token);
    if (has(token, place)) return addition::repeated;
    if (size_ == capacity) return addition::full;
    for (std::size_t i = size_++; i > place; --i) tokens_[i] = tokens_[i - 1];
    tokens_[place] = {token.data(), token.size()};
    return addition::added;
  }

  /// True if the set has no token.
  constexpr bool empty() const noexcept { return size_ == 0; }
  /// True if the set has the token.
  ///
  /// Costs     at most eight comparisons with tokens of the same size
  constexpr bool contains(std::string_view token) const noexcept {
    return has(token, place_of(token));
  }

 private:
  constexpr bool has(std::string_view token, std::size_t place) const noexcept {
    return place < size_ && order(tokens_[place].view(), token) == 0;
  }

  /// The place of the first token that does not come before `token`.
  constexpr std::size_t place_of(std::string_view token) const noexcept {
    std::size_t begin = 0;
    std::size_t end = size_;
    while (begin < end) {
      const std::size_t middle = begin + (end - begin) / 2;
      if (order(tokens_[middle].view(), token) < 0)
        begin = middle + 1;
      else
        end = middle;
    }
    return begin;
  }

  /// Less than, equal to or greater than 0 if `one` comes before `other`, is the same, or comes
  /// after it: shorter tokens come first, and tokens of one size have an arbitrary order.
  constexpr int order(std::string_view one, std::string_view other) const noexcept {
    if (one.size() != other.size()) return one.size() < other.size() ? -1 : 1;
    for (std::size_t at = 0; at < one.size(); at += 8) {
      const std::uint64_t here = word_at(one, at);
      const std::uint64_t there = word_at(other, at);
      if (here != there) return here < there ? -1 : 1;
    }
    return 0;
  }

  constexpr std::uint64_t word_at(std::string_view token, std::size_t at) const noexcept {
    const std::uint64_t word = turnout::detail::load_front(token.data() + at, token.size() - at);
    if (case_ == token_case::exact) return word;
    return word | turnout::detail::within(word, 'A', 'Z') >> 2;  // in lower case
  }

  /// A view that is uninitialized until it is assigned to.
  struct kept_token {
    const char* octets;
    std::size_t size;

    constexpr std::string_view view() const noexcept { return {octets, size}; }
  };

  union {
    kept_token tokens_[capacity];
  };
  std::size_t size_ = 0;
  token_case case_;
};

}  // namespace grammar::detail
}  // namespace v0
}  // namespace turnout
