// Lists of structured fields: stricter than other lists, over one line or several.
#include "turnout/grammar/structured_list.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::grammar::bare_item;
using turnout::grammar::structured_item;
using turnout::grammar::structured_list;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

std::string items_of(const value_lines& lines) {
  const auto list = structured_list::parse(lines);
  if (!list) return "at " + std::to_string(list.error().at);
  std::string all;
  for (const structured_item& one : *list)
    all += std::string{one.value} + std::string{one.parameters} + "|";
  return all;
}

}  // namespace

TEST_CASE("[PRS-01] items of all types are separated by commas") {
  CHECK(items_of("a") == "a|");
  CHECK(items_of("a,b") == "a|b|");
  CHECK(items_of("a \t, \t b;x=1;y") == "a|b;x=1;y|");
  CHECK(items_of("\"a, b\", ?1, 12.5, :aGk=:, @1") == "\"a, b\"|?1|12.5|:aGk=:|@1|");
  CHECK_BOTH(structured_list::parse("a")->begin()->type == bare_item::token);
  CHECK_BOTH(structured_list{}.begin() == structured_list{}.end());
}

TEST_CASE("[PRS-01] several lines are one list") {
  const tagged_value lines[] = {{"a, b", 0}, {"c;x", 0}, {"\"d\"", 0}};
  CHECK(items_of({lines, 0}) == "a|b|c;x|\"d\"|");
  const tagged_value bad[] = {{"a, b", 0}, {"c,", 0}};
  CHECK(items_of({bad, 0}) == "at 7");
  const tagged_value empty[] = {{"a", 0}, {"", 0}};
  CHECK(items_of({empty, 0}) == "at 2");
}

// RFC 9651 section 4.2.1, steps 2 and 3: nothing to read is a list without members.
TEST_CASE("[PRS-01] an empty value is the empty list") {
  CHECK_BOTH(structured_list::parse("").error() == failure{});
  CHECK_BOTH(structured_list::parse("")->empty());
  CHECK_BOTH(structured_list::parse("", 0));
  CHECK_BOTH(structured_list::parse({})->empty());
  CHECK(items_of("").empty());
  const tagged_value one[] = {{"", 0}};
  CHECK(items_of({one, 0}).empty());
  const tagged_value two[] = {{"", 0}, {"", 0}};
  CHECK(items_of({two, 0}) == "at 0");
  const tagged_value first[] = {{"", 0}, {"a", 0}};
  CHECK(items_of({first, 0}) == "at 0");
}

TEST_CASE("[PRS-01] no member is empty, and none is an inner list") {
  for (const std::string_view value : {",", " ,a", "(a)"}) CHECK(items_of(value) == "at 0");
  CHECK(items_of("a,") == "at 2");
  CHECK(items_of("a, ") == "at 3");
  CHECK(items_of("a,,b") == "at 2");
  CHECK(items_of("a b") == "at 2");
  CHECK(items_of("a;") == "at 2");
  CHECK(items_of("a, (b)") == "at 3");
}

TEST_CASE("[PRS-01] the number of items is limited") {
  CHECK(structured_list::parse("a, b, c", 3));
  CHECK_BOTH(structured_list::parse("a, b, c", 2).error() == failure{errc::too_many_elements, 6});
  CHECK_BOTH(structured_list::parse("a", 0).error() == failure{errc::too_many_elements, 0});
}
