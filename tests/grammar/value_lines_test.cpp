// The lines of one field, picked out by their tag and walked in order.
#include "turnout/grammar/value_lines.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/both.hpp"

using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<value_lines::iterator>);
static_assert(std::ranges::forward_range<value_lines>);
static_assert(std::is_trivially_default_constructible_v<tagged_value>);

namespace {

constexpr tagged_value fields[] = {{"x", 1}, {"one", 2},   {"", 2}, {"y", 1},
                                   {"z", 3}, {"three", 2}, {"", 3}, {"w", 0}};

constexpr bool are(value_lines lines, std::initializer_list<std::string_view> expected) {
  if (lines.count() != expected.size()) return false;
  auto here = lines.begin();
  for (const std::string_view wanted : expected)
    if (here == lines.end() || *here++ != wanted) return false;
  if (here != lines.end()) return false;
  for (const std::string_view value : expected) {
    if (lines.empty() || lines.first() != value) return false;
    lines.next();
  }
  return lines.empty() && lines.first().empty() && lines.count() == 0;
}

}  // namespace

TEST_CASE("no line differs from an empty line") {
  CHECK_BOTH(are({}, {}));
  CHECK_BOTH(value_lines{}.empty());
  CHECK_BOTH(!value_lines{""}.empty());
  CHECK_BOTH(are("", {""}));
  CHECK_BOTH(are(std::string_view{}, {""}));
  CHECK_BOTH(tagged_value{}.value().empty());
  CHECK_BOTH(tagged_value{}.tag() == 0);
}

TEST_CASE("one line can be constructed from anything that converts to a view") {
  CHECK_BOTH(are("a, b", {"a, b"}));
  CHECK_BOTH(are(std::string_view{"a\0b", 3}, {std::string_view{"a\0b", 3}}));
}

TEST_CASE("has_second() is true from two lines on") {
  CHECK_BOTH(!value_lines{}.has_second());
  CHECK_BOTH(!value_lines{""}.has_second());
  CHECK_BOTH(!value_lines{"a, b"}.has_second());
  constexpr value_lines two{fields, 3};
  CHECK_BOTH(two.has_second());
  constexpr value_lines after = [] {
    value_lines left{fields, 3};
    left.next();
    return left;
  }();
  CHECK_BOTH(after.count() == 1);
  CHECK_BOTH(!after.has_second());
  CHECK_BOTH(!value_lines{fields, 0}.has_second());
  CHECK_BOTH(!value_lines{fields, 9}.has_second());
}

TEST_CASE("only() is the value of a field that was seen on one line") {
  CHECK_BOTH(value_lines{}.only().empty());
  CHECK_BOTH(value_lines{"a, b"}.only() == "a, b");
  CHECK_BOTH(value_lines{fields, 3}.only().empty());
}

TEST_CASE("only texts convert to lines implicitly") {
  const std::string text = "a, b";
  CHECK(are(text, {"a, b"}));
  CHECK(value_lines{text}.first().data() == text.data());
  CHECK_BOTH(std::is_convertible_v<const char*, value_lines>);
  CHECK_BOTH(std::is_convertible_v<char[5], value_lines>);
  CHECK_BOTH(!std::is_convertible_v<int, value_lines>);
  CHECK_BOTH(!std::is_convertible_v<tagged_value, value_lines>);
  CHECK_BOTH(std::is_trivially_copyable_v<value_lines>);
}

TEST_CASE("[GRM-06] the lines of one field are those with its tag, in order") {
  CHECK_BOTH(are({fields, 0}, {"w"}));
  CHECK_BOTH(are({fields, 1}, {"x", "y"}));
  CHECK_BOTH(are({fields, 2}, {"one", "", "three"}));
  CHECK_BOTH(are({fields, 3}, {"z", ""}));
  CHECK_BOTH(are({fields, 4}, {}));
  CHECK_BOTH(are({std::span<const tagged_value>{}, 0}, {}));
}

TEST_CASE("iterating over a copy leaves the lines unchanged") {
  CHECK_BOTH([] {
    const value_lines lines{fields, 2};
    value_lines copy = lines;
    copy.next();
    return copy.count() == 2 && copy.first().empty() && lines.count() == 3 &&
           lines.first() == "one";
  }());
}

TEST_CASE("after the last line, next() changes nothing") {
  CHECK_BOTH([] {
    value_lines lines{fields, 3};
    for (int i = 0; i < 5; ++i) lines.next();
    return lines.empty() && lines.count() == 0;
  }());
}

TEST_CASE("two iterators are equal if they are at the same line") {
  constexpr std::string_view text = "a";
  static constexpr tagged_value same[] = {{text, 1}, {text, 1}};
  constexpr value_lines lines{same, 1};
  CHECK_BOTH(*lines.begin() == *++lines.begin());
  CHECK_BOTH(lines.begin() != ++lines.begin());
  CHECK_BOTH(++lines.begin() == ++lines.begin());
  CHECK_BOTH(++lines.begin() != lines.end());
  CHECK_BOTH(value_lines{text}.begin() == value_lines{text}.begin());
  CHECK_BOTH(value_lines{text}.begin() != value_lines{""}.begin());
  CHECK_BOTH(value_lines{""}.begin() != value_lines{""}.end());
  CHECK_BOTH(value_lines{}.begin() == value_lines{}.end());
}

TEST_CASE("a view borrows its octets and copies none") {
  CHECK(value_lines{fields, 2}.first().data() == fields[1].value().data());
}

TEST_CASE("offsets continue from one line to the next, and each line end counts as one") {
  struct row {
    std::size_t at;
    std::string_view found;
  };
  constexpr row rows[] = {{0, "one"},   {1, "ne"},   {2, "e"}, {3, ""}, {4, ""},
                          {5, "three"}, {6, "hree"}, {9, "e"}, {10, ""}};
  for (const row& expected : rows) {
    CAPTURE(expected.at);
    CHECK(value_lines{fields, 2}.from(expected.at) == expected.found);
  }
  CHECK_BOTH(value_lines{fields, 2}.second() == 4);
  CHECK_BOTH(value_lines{""}.second() == 1);
  CHECK_BOTH(value_lines{fields, 2}.from(5) == "three");
  CHECK_BOTH(value_lines{fields, 3}.from(1) == "");
  CHECK_BOTH(value_lines{"ab"}.from(0) == "ab");
  CHECK_BOTH(value_lines{"ab"}.from(2) == "");
  CHECK_BOTH(value_lines{""}.from(0) == "");
  CHECK_BOTH(value_lines{}.from(0) == "");
}

TEST_CASE("an offset leads to the same octet as in all lines joined by their ends") {
  const std::vector<std::string> texts{"", "ab", "", "", "c", "defg", ""};
  std::vector<tagged_value> values;
  std::string joined;
  for (const std::string& text : texts) {
    values.push_back({text, 7});
    values.push_back({"between", 8});
    joined += text + "\n";
  }
  for (std::size_t at = 0; at < joined.size(); ++at) {
    CAPTURE(at);
    const std::string_view found = value_lines{values, 7}.from(at);
    CHECK(joined.substr(at, joined.find('\n', at) - at) == found);
  }
  CHECK(value_lines{values, 7}.from(joined.size()).empty());
}

TEST_CASE("an offset after all octets leads to nothing") {
  CHECK_BOTH(value_lines{"ab"}.from(3) == "");
  CHECK_BOTH(value_lines{fields, 2}.from(100) == "");
}
