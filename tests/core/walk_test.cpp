// One iterator for all readers, against a reader of single octets.
#include "turnout/core/walk.hpp"

#include <doctest/doctest.h>

#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "support/both.hpp"

namespace {

/// Finds the octets of a text, but no spaces.
class octet_reader {
 public:
  using value_type = std::string_view;

  constexpr octet_reader() = default;
  constexpr explicit octet_reader(std::string_view text) : rest_{text} {}

  constexpr const std::string_view& here() const { return here_; }
  constexpr std::size_t left() const { return rest_.size(); }
  constexpr void next() {
    rest_.remove_prefix(rest_.find_first_not_of(' ') == rest_.npos ? rest_.size()
                                                                   : rest_.find_first_not_of(' '));
    here_ = rest_.empty() ? std::string_view{} : rest_.substr(0, 1);
    rest_.remove_prefix(here_.size());
  }
  friend constexpr bool operator==(const octet_reader& one, const octet_reader& other) {
    return one.here_.data() == other.here_.data();
  }

 private:
  std::string_view rest_;
  std::string_view here_;
};

using walk = turnout::detail::walk<octet_reader>;

static_assert(std::forward_iterator<walk>);
static_assert(std::is_same_v<decltype(*std::declval<const walk&>()), const std::string_view&>);
static_assert(std::is_same_v<decltype(*walk{}), std::string_view>);

constexpr std::string_view text = " a b";

constexpr bool element_outlives_iterator() {
  const auto& one = *walk{octet_reader{text}};
  return one == "a";
}

constexpr bool finds(std::string_view octets, std::string_view expected) {
  walk at{octet_reader{octets}};
  for (const char octet : expected) {
    if (at == walk{} || *at != std::string_view{&octet, 1}) return false;
    ++at;
  }
  return at == walk{};
}

}  // namespace

TEST_CASE("a walk begins at the first element, and ends after the last") {
  CHECK_BOTH(finds("", ""));
  CHECK_BOTH(finds("  ", ""));
  CHECK_BOTH(finds("a", "a"));
  CHECK_BOTH(finds(" a bc ", "abc"));
}

TEST_CASE("a default walk is after the last element") {
  CHECK_BOTH(walk{} == walk{});
  CHECK_BOTH(walk{octet_reader{""}} == walk{});
  CHECK_BOTH(walk{octet_reader{text}} != walk{});
}

TEST_CASE("a copy of a walk stays where it is") {
  walk at{octet_reader{text}};
  const walk first = at;
  CHECK(at++ == first);
  CHECK(at != first);
  CHECK(*first == "a");
  CHECK(*at == "b");
  CHECK(at->size() == 1);
  CHECK(++at == walk{});
  CHECK(++walk{first} == ++walk{first});
}

TEST_CASE("the element of a temporary walk is a copy") { CHECK_BOTH(element_outlives_iterator()); }

TEST_CASE("other members of the reader describe the current element") {
  CHECK_BOTH(walk{octet_reader{text}}.left() == 2);
}
