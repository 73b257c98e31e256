// Sets of tokens: what is in them, and when they are full.
#include "turnout/grammar/token_set.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"

namespace {

using turnout::grammar::detail::token_case;
using turnout::grammar::detail::token_set;

using addition = token_set::addition;

constexpr token_set set_of(std::initializer_list<std::string_view> tokens,
                           token_case which = token_case::ignored) {
  token_set made{which};
  for (const std::string_view token : tokens) (void)made.add(token);
  return made;
}

/// Tokens that differ only in their last octets, in an order in which none is next to its
/// successor.
std::vector<std::string> tokens_of(std::size_t count, const std::string& prefix) {
  std::vector<std::string> made;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t mixed = i * 37 % 128;
    made.push_back(prefix + static_cast<char>('a' + mixed / 16) +
                   static_cast<char>('a' + mixed % 16));
  }
  return made;
}

}  // namespace

TEST_CASE("a set has the tokens that were added, in any case or in the same case") {
  CHECK_BOTH(!set_of({}).contains("a"));
  CHECK_BOTH(set_of({}).empty());
  CHECK_BOTH(!set_of({"foo"}).empty());
  CHECK_BOTH(set_of({"foo", "X-Bar"}).contains("FOO"));
  CHECK_BOTH(set_of({"foo", "X-Bar"}).contains("x-bar"));
  CHECK_BOTH(!set_of({"foo", "X-Bar"}).contains("fo"));
  CHECK_BOTH(!set_of({"foo", "X-Bar"}).contains("fooo"));
  CHECK_BOTH(!set_of({"foo", "X-Bar"}).contains("fop"));
  CHECK_BOTH(!set_of({"foo"}).contains(""));
  CHECK_BOTH(set_of({"foo", "FOO"}, token_case::exact).contains("FOO"));
  CHECK_BOTH(!set_of({"foo", "FOO"}, token_case::exact).contains("Foo"));
}

TEST_CASE("only the case of letters is ignored") {
  CHECK_BOTH(!set_of({"a@b"}).contains("a`b"));
  CHECK_BOTH(!set_of({"a[b"}).contains("a{b"));
  CHECK_BOTH(!set_of({"a^b"}).contains("a~b"));
  CHECK_BOTH(!set_of({"a!b"}).contains("a\1b"));
  CHECK_BOTH(set_of({"longer-than-a-word-Z"}).contains("LONGER-THAN-A-WORD-z"));
  CHECK_BOTH(!set_of({"longer-than-a-word-Z"}).contains("longer-than-a-word-["));
}

TEST_CASE("a set adds each token once, and as many as a list may have") {
  CHECK_BOTH(set_of({"a"}).add("A") == addition::repeated);
  CHECK_BOTH(set_of({"a"}, token_case::exact).add("A") == addition::added);
  for (const std::string& prefix : {std::string{}, std::string(7, 'x'), std::string(30, 'x')}) {
    CAPTURE(prefix);
    const auto tokens = tokens_of(token_set::capacity + 20, prefix);
    token_set filled{token_case::ignored};
    for (std::size_t i = 0; i < token_set::capacity; ++i) {
      CHECK(!filled.contains(tokens[i]));
      CHECK(filled.add(tokens[i]) == addition::added);
      for (std::size_t before = 0; before <= i; ++before)
        CHECK(filled.add(tokens[before]) == addition::repeated);
    }
    for (std::size_t i = token_set::capacity; i < tokens.size(); ++i) {
      CHECK(!filled.contains(tokens[i]));
      CHECK(filled.add(tokens[i]) == addition::full);
    }
  }
}
