// Comma-separated lists of words: checked whole, then read, in one line or several.
#include "turnout/grammar/list.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "turnout/grammar/quoted_string.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::list;
using turnout::grammar::tagged_value;
using turnout::grammar::token_or_quoted_string;
using turnout::grammar::value_lines;

namespace {

using words = list<token_or_quoted_string>;
using one_or_more = list<token_or_quoted_string, 1>;
using protocols = list<token_or_quoted_string, 1, errc::bad_upgrade>;

static_assert(std::forward_iterator<words::iterator>);
static_assert(std::ranges::forward_range<words>);

constexpr token_or_quoted_string read_word(std::string_view octets) {
  return token_or_quoted_string::parse_prefix(octets)->value;
}

// True if writing `elements` gives `text`.
constexpr bool writes(const words& elements, std::string_view text) {
  std::array<char, 64> out{};
  const auto written = turnout::write(elements, out);
  return written && *written == text;
}

// True if `lines` are a list of `texts`, whose canonical form is `canonical`.
constexpr bool is_list(value_lines lines, std::initializer_list<std::string_view> texts,
                       std::string_view canonical) {
  const auto parsed = words::parse(lines);
  if (!parsed || parsed->size() != texts.size() || parsed->empty() != (texts.size() == 0))
    return false;
  auto text = texts.begin();
  for (const token_or_quoted_string& element : *parsed)
    if (element != *text++) return false;
  return writes(*parsed, canonical) && *words::parse(canonical) == *parsed;
}

template <class List = words>
constexpr bool fails(value_lines lines, errc code, std::size_t at,
                     std::size_t max = turnout::grammar::default_list_elements) {
  return List::parse(lines, max).error() == failure{code, at};
}

constexpr tagged_value fields[] = {
    {"a ,", 2}, {"x", 1},      {"", 2},  {"b, \"c,d\"", 2}, {", ,", 3},   {" ", 3}, {"y; ", 4},
    {"\"y", 5}, {"z\", w", 5}, {"a", 6}, {"b", 6},          {"c, d@", 6}, {"e", 6}};

}  // namespace

TEST_CASE("[GRM-04] a list may be empty") {
  CHECK_BOTH(is_list({}, {}, ""));
  CHECK_BOTH(is_list("", {}, ""));
  CHECK_BOTH(is_list(",", {}, ""));
  CHECK_BOTH(is_list(" \t,, , ", {}, ""));
  CHECK_BOTH(words{} == *words::parse(","));
  CHECK_BOTH(words{}.begin() == words{}.end());
}

TEST_CASE("[GRM-03] [GRM-05] [GRM-20] empty elements and whitespace are skipped") {
  CHECK_BOTH(is_list("a", {"a"}, "a"));
  CHECK_BOTH(is_list("a,b", {"a", "b"}, "a, b"));
  CHECK_BOTH(is_list("\ta\t ,\t b", {"a", "b"}, "a, b"));
  CHECK_BOTH(is_list(", foo , ,", {"foo"}, "foo"));
  CHECK_BOTH(is_list(",,Upgrade,", {"Upgrade"}, "Upgrade"));
  CHECK_BOTH(is_list(" a,,\t,b ,c", {"a", "b", "c"}, "a, b, c"));
}

TEST_CASE("[MSG-43] a fold between elements is whitespace") {
  CHECK_BOTH(is_list("\r\n a\r\n\t,\r\n b\r\n ", {"a", "b"}, "a, b"));
  CHECK_BOTH(fails("a\r\n b", errc::bad_list, 4));
  CHECK_BOTH(fails("a\r\nb", errc::bad_list, 1));
  CHECK_BOTH(fails("a,\nb", errc::bad_token, 2));
}

TEST_CASE("[GRM-07] a comma in a quoted string is data") {
  CHECK_BOTH(is_list("\"a,b\", c", {"a,b", "c"}, "\"a,b\", c"));
  CHECK_BOTH(is_list("\"a\\\",b\",\"c\"", {"a\",b", "c"}, "\"a\\\",b\", c"));
  CHECK_BOTH(is_list("\"\",\",\"", {"", ","}, "\"\", \",\""));
}

TEST_CASE("[GRM-18] a malformed list fails at the octet at fault") {
  CHECK_BOTH(fails("a b", errc::bad_list, 2));
  CHECK_BOTH(fails("keep-alive; Upgrade", errc::bad_list, 10));
  CHECK_BOTH(fails("a, b\t c", errc::bad_list, 6));
  CHECK_BOTH(fails("a/b", errc::bad_list, 1));
  CHECK_BOTH(fails("\"a\"b", errc::bad_list, 3));
  CHECK_BOTH(fails("a, @", errc::bad_token, 3));
  CHECK_BOTH(fails(" , \x80", errc::bad_token, 3));
  CHECK_BOTH(fails("a,\vb", errc::bad_token, 2));
  CHECK_BOTH(fails("a, \"b\x01\"", errc::bad_quoted_string, 5));
  CHECK_BOTH(fails("a, \"b,", errc::bad_quoted_string, 6));
}

TEST_CASE("[GRM-03] a list has as many elements as its limit allows, empty ones included") {
  CHECK_BOTH(fails("a", errc::too_many_elements, 0, 0));
  CHECK_BOTH(fails(",", errc::too_many_elements, 0, 0));
  CHECK_BOTH(static_cast<bool>(words::parse(" ", 0)));
  CHECK_BOTH(static_cast<bool>(words::parse("a, b", 2)));
  CHECK_BOTH(fails("a, b", errc::too_many_elements, 3, 1));
  CHECK_BOTH(static_cast<bool>(words::parse(", a,,b", 4)));
  CHECK_BOTH(fails(", a,,b", errc::too_many_elements, 5, 3));
  CHECK_BOTH(fails<protocols>("a, b", errc::too_many_elements, 3, 1));
  for (std::size_t count = 1; count <= 100; ++count) {
    CAPTURE(count);
    std::string elements;
    for (std::size_t i = 0; i < count; ++i) elements += i == 0 ? "a" : ",a";
    const std::string commas(count, ',');
    const bool few = count <= turnout::grammar::default_list_elements;
    CHECK(static_cast<bool>(words::parse(value_lines{elements})) == few);
    CHECK(static_cast<bool>(words::parse(value_lines{commas})) == few);
    CHECK(words::parse(value_lines{elements}, count)->size() == count);
    CHECK(fails(value_lines{elements}, errc::too_many_elements, 2 * count - 2, count - 1));
    CHECK(fails(value_lines{commas}, errc::too_many_elements, count - 1, count - 1));
  }
  CHECK_BOTH(turnout::grammar::default_list_elements == 64);
  const std::string flood(10000, ',');
  CHECK(
      fails(value_lines{flood}, errc::too_many_elements, turnout::grammar::default_list_elements));
}

TEST_CASE("[GRM-06] several lines are one list, in order") {
  CHECK_BOTH(is_list({fields, 2}, {"a", "b", "c,d"}, "a, b, \"c,d\""));
  CHECK_BOTH(is_list({fields, 3}, {}, ""));
  CHECK_BOTH(is_list({fields, 9}, {}, ""));
  CHECK_BOTH(*words::parse({fields, 2}) == *words::parse("a,b,\"c,d\""));
}

TEST_CASE("[GRM-09] an element ends with its line") {
  CHECK_BOTH(fails({fields, 5}, errc::bad_quoted_string, 2));
  CHECK_BOTH(value_lines{fields, 5}.from(2) == "");  // not the next line
}

TEST_CASE("offsets continue from one line to the next, and the limit counts all elements") {
  CHECK_BOTH(fails({fields, 6}, errc::bad_list, 8));
  CHECK_BOTH(value_lines{fields, 6}.from(8) == "@");
  CHECK_BOTH(fails({fields, 6}, errc::too_many_elements, 7, 3));
  CHECK_BOTH(fails({fields, 6}, errc::too_many_elements, 2, 1));
  CHECK_BOTH(fails({fields, 2}, errc::too_many_elements, 8, 2));
  CHECK_BOTH(static_cast<bool>(words::parse({fields, 2}, 3)));
}

TEST_CASE("[GRM-04] a 1# list fails without an element") {
  CHECK_BOTH(fails<one_or_more>({}, errc::empty_list, 0));
  CHECK_BOTH(fails<one_or_more>("", errc::empty_list, 0));
  CHECK_BOTH(fails<one_or_more>(" , ,", errc::empty_list, 4));
  CHECK_BOTH(fails<one_or_more>({fields, 3}, errc::empty_list, 5));
  CHECK_BOTH(fails<list<token_or_quoted_string, 2>>("a,", errc::empty_list, 2));
  CHECK_BOTH(one_or_more::parse(",a")->size() == 1);
}

TEST_CASE("[GRM-21] a field's own code replaces every code except too_many_elements") {
  CHECK_BOTH(fails<protocols>("a b", errc::bad_upgrade, 2));
  CHECK_BOTH(fails<protocols>("a, b@d", errc::bad_upgrade, 4));
  CHECK_BOTH(fails<protocols>("a, @", errc::bad_upgrade, 3));
  CHECK_BOTH(fails<protocols>("\"a", errc::bad_upgrade, 2));
  CHECK_BOTH(fails<protocols>("", errc::bad_upgrade, 0));
  CHECK_BOTH(fails<protocols>("a,b,c", errc::too_many_elements, 4, 2));
}

TEST_CASE("the elements can be iterated more than once") {
  constexpr words elements = *words::parse({fields, 2});
  CHECK_BOTH(std::ranges::distance(elements) == 3);
  CHECK_BOTH([&] {
    auto here = elements.begin();
    const auto before = here++;
    const bool apart = before == elements.begin() && before != here && *before == "a";
    return apart && *here == "b" && here->size() == 1 && ++here != elements.end() &&
           *here == "c,d" && ++here == elements.end() && ++here == elements.end();
  }());
}

TEST_CASE("an iterator has the offset of its element, which continues from line to line") {
  CHECK_BOTH([] {
    const words elements = *words::parse({fields, 2});
    auto here = elements.begin();
    for (const std::size_t expected : {0u, 5u, 8u})
      if (here == elements.end() || here++.offset() != expected) return false;
    return here == elements.end();
  }());
  CHECK_BOTH(words::parse(" ,, \ta")->begin().offset() == 5);
  for (const value_lines& lines : {value_lines{fields, 2}, value_lines{", a,\"b\" , c,"}}) {
    const words elements = *words::parse(lines);
    for (auto here = elements.begin(); here != elements.end(); ++here)
      CHECK(read_word(lines.from(here.offset())) == *here);
  }
}

TEST_CASE("iterators at two lines that view the same octets are not equal") {
  constexpr std::string_view shared = "a, b";
  const tagged_value lines[] = {{shared, 1}, {shared, 1}};
  const words elements = *words::parse({lines, 1});
  CHECK(std::ranges::distance(elements) == 4);
  const auto first = elements.begin();
  CHECK(*std::next(first, 2) == "a");
  CHECK(first != std::next(first, 2));
  CHECK(std::next(first, 1) != std::next(first, 3));
}

TEST_CASE("[GRM-17] contains() compares whole elements") {
  constexpr words elements = *words::parse("xwebsocketx, \"not\", \"a b\"");
  CHECK_BOTH(elements.contains(read_word("xwebsocketx")));
  CHECK_BOTH(elements.contains(read_word("not")));
  CHECK_BOTH(elements.contains(read_word("\"a\\ b\"")));
  CHECK_BOTH(!elements.contains(read_word("websocket")));
  CHECK_BOTH(!elements.contains(read_word("a")));
  CHECK_BOTH(!words{}.contains(token_or_quoted_string{}));
}

TEST_CASE("lists are equal if their elements are, in order") {
  constexpr words elements = *words::parse("a, b");
  CHECK_BOTH(elements == *words::parse(",\"a\" ,\"\\b\""));
  CHECK_BOTH(elements != *words::parse("b, a"));
  CHECK_BOTH(elements != *words::parse("a"));
  CHECK_BOTH(elements != *words::parse("a, b, c"));
  CHECK_BOTH(elements != *words::parse("a, B"));
  CHECK_BOTH(elements != words{});
}

TEST_CASE(
    "[ENG-04] [GRM-02] a list is written completely and without empty elements, or not at all") {
  constexpr words elements = *words::parse({fields, 2});
  constexpr std::string_view canonical = "a, b, \"c,d\"";
  for (std::size_t size = 0; size <= canonical.size(); ++size) {
    CAPTURE(size);
    std::string out(size, '#');
    const auto written = turnout::write(elements, out);
    if (size < canonical.size()) {
      CHECK(written.error() == failure{errc::no_space, canonical.size()});
      CHECK(out == std::string(size, '#'));
    } else {
      CHECK(*written == canonical);
      CHECK(out == canonical);
    }
  }
}

namespace {

// The texts between the commas outside quotes, trimmed, empty ones left out.
std::vector<std::string> split(std::string_view octets) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char octet : octets) {
    quoted = quoted != (octet == '"');
    if (octet == ',' && !quoted)
      parts.emplace_back();
    else
      parts.back() += octet;
  }
  for (std::string& part : parts) part = std::string{turnout::grammar::trim(part)};
  std::erase(parts, "");
  return parts;
}

bool is_word(const std::string& part) {
  if (part.front() != '"') return part.find_first_not_of('a') == part.npos;
  return part.size() > 1 && part.find('"', 1) == part.size() - 1;
}

// What a list does with `octets`, compared with split() and is_word().
bool agrees_with_splitting(std::string_view octets) {
  const std::vector<std::string> parts = split(octets);
  const auto parsed = words::parse(value_lines{octets});
  if (static_cast<bool>(parsed) != std::ranges::all_of(parts, is_word)) return false;
  if (!parsed) return parsed.error().at <= octets.size();
  auto part = parts.begin();
  for (const token_or_quoted_string& element : *parsed)
    if (part == parts.end() || element != read_word(*part++)) return false;
  return part == parts.end() && parsed->size() == parts.size();
}

}  // namespace

TEST_CASE("lists agree with splitting at commas, for all short texts") {
  constexpr std::string_view alphabet = "a, \"";
  std::vector<std::string> texts{""};
  for (std::size_t next = 0; next < texts.size() && texts[next].size() < 7; ++next)
    for (const char octet : alphabet) texts.push_back(texts[next] + octet);
  std::size_t wrong = 0;
  for (const std::string& text : texts) wrong += !agrees_with_splitting(text);
  CHECK(texts.size() == 21845);
  CHECK(wrong == 0);
}

TEST_CASE("a list passes each element once, in order, until it finds a fault") {
  const auto shown = [](std::string_view octets) {
    std::string all;
    const turnout::failure why =
        words::each(value_lines{octets}, 3, [&all](const token_or_quoted_string& element) {
          for (std::size_t i = 0; i < element.size(); ++i) all += 'a';
          all += ';';
        });
    return all + (why == words::parse(value_lines{octets}, 3).error() ? "" : "other failure");
  };
  CHECK(shown("") == "");
  CHECK(shown("a,aa , aaa") == "a;aa;aaa;");
  CHECK(shown("a, @, c") == "a;");
  CHECK(shown("aa,a,aa,a") == "aa;a;aa;");
}
