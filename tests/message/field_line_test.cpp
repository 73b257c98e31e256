// Field lines: a name, a colon and a value; and the fields of a head as a range.
#include "turnout/message/field_line.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"
#include "turnout/grammar/octet.hpp"
#include "turnout/message/line_ends.hpp"

using guarded::unwritable;
using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::field_lines;
using turnout::detail::is_common;
using namespace std::string_view_literals;

static_assert(std::forward_iterator<field_lines::iterator>);
static_assert(std::ranges::forward_range<field_lines>);

namespace {

constexpr bool reads(std::string_view line, std::string_view name, std::string_view value) {
  return field_line::parse(line) == field_line{name, value};
}

constexpr bool fails(std::string_view line, errc code, std::size_t at) {
  return field_line::parse(line).error() == failure{code, at};
}

constexpr bool holds(std::string_view octets, std::initializer_list<field_line> expected) {
  return std::ranges::equal(field_lines{octets}, expected);
}

}  // namespace

TEST_CASE("[MSG-36] the whitespace around a value is not part of it, the whitespace inside is") {
  CHECK_BOTH(reads("Upgrade: foo/2", "Upgrade", "foo/2"));
  CHECK_BOTH(reads("Upgrade:foo/2", "Upgrade", "foo/2"));
  CHECK_BOTH(reads("Upgrade:\t foo/2 \t", "Upgrade", "foo/2"));
  CHECK_BOTH(reads("X:a \t b", "X", "a \t b"));
  CHECK_BOTH(reads("X::b:", "X", ":b:"));
  CHECK_BOTH(reads("X: \xC2\xA0 a", "X", "\xC2\xA0 a"));
}

TEST_CASE("is_written_as() tells whether put() writes the line as it came") {
  const auto written = [](std::string_view line) {
    const field_line read = *field_line::parse(line);
    return read.is_written_as(line) && writes(read, std::string{line} + "\r\n");
  };
  for (const std::string_view line : {"X: y", "X: ", "X: y z", "x: \xC2\xA0", "X: :"})
    CHECK(written(line));
  for (const std::string_view line :
       {"X:y", "X:", "X:\ty", "X:  y", "X: y ", "X:y ", "X:  ", "X:\t", "X: y\r\n z"})
    CHECK(!field_line::parse(line)->is_written_as(line));
}

TEST_CASE("[MSG-37] a value may be empty") {
  CHECK_BOTH(reads("X:", "X", ""));
  CHECK_BOTH(reads("X: \t ", "X", ""));
}

TEST_CASE("[MSG-01] [MSG-40] octets from 0x80 on are part of a value unchanged") {
  CHECK_BOTH(reads("X: a\xFF", "X", "a\xFF"));
  CHECK_BOTH(reads("X: \xE2\x80\xA8\xC2\x85", "X", "\xE2\x80\xA8\xC2\x85"));
}

TEST_CASE("[MSG-43] a fold at either end of a value is not part of it") {
  CHECK_BOTH(reads("Upgrade:\r\n foo/2", "Upgrade", "foo/2"));
  CHECK_BOTH(reads("X: a \r\n\t", "X", "a"));
  CHECK_BOTH(reads("X: \r\n a\r\n b\r\n ", "X", "a\r\n b"));
  CHECK_BOTH(reads("X:\r\n \r\n\t", "X", ""));
}

TEST_CASE("[MSG-31] a line without a colon is not a field line") {
  CHECK_BOTH(fails("foo", errc::missing_colon, 3));
  CHECK_BOTH(fails("", errc::missing_colon, 0));
}

TEST_CASE("[MSG-32] [MSG-33] no whitespace is between a name and its colon") {
  CHECK_BOTH(fails("Upgrade : foo/2", errc::space_before_colon, 7));
  CHECK_BOTH(fails("Host\t: a", errc::space_before_colon, 4));
  CHECK_BOTH(fails("X \t :", errc::space_before_colon, 1));
  CHECK_BOTH(fails("X\r\n : a", errc::space_before_colon, 1));
}

TEST_CASE("[MSG-34] a name is a token") {
  CHECK_BOTH(fails(": b", errc::bad_field_name, 0));
  CHECK_BOTH(fails("X(y: b", errc::bad_field_name, 1));
  CHECK_BOTH(fails("X y: b", errc::bad_field_name, 1));
  CHECK_BOTH(fails("X\0: b"sv, errc::bad_field_name, 1));
  CHECK_BOTH(fails("\xC3\xA9: b", errc::bad_field_name, 0));
  CHECK_BOTH(fails("X\xC3\xA9: b", errc::bad_field_name, 1));
}

TEST_CASE("[MSG-42] a line that begins with whitespace is a fold") {
  CHECK_BOTH(fails(" Upgrade: foo/2", errc::folded_field_line, 0));
  CHECK_BOTH(fails("\tX: a", errc::folded_field_line, 0));
  CHECK_BOTH(fails(" : a", errc::folded_field_line, 0));
  CHECK_BOTH(fails(" ", errc::folded_field_line, 0));
}

TEST_CASE("[MSG-34] [GRM-01] [ENG-11] every octet at the begin of a name and in it") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const std::string first = std::string(1, octet) + "X: b";
    const std::string second = "X" + std::string(1, octet) + ": b";
    if (turnout::grammar::is_tchar(octet)) {
      CHECK(reads(first, first.substr(0, 2), "b"));
      CHECK(reads(second, second.substr(0, 2), "b"));
    } else {
      const bool white = octet == ' ' || octet == '\t';
      CHECK(fails(first, white ? errc::folded_field_line : errc::bad_field_name, 0));
      if (octet == ':')
        CHECK(reads(second, "X", ": b"));
      else
        CHECK(fails(second, white ? errc::space_before_colon : errc::bad_field_name, 1));
    }
  }
}

TEST_CASE("[GRM-20] [ENG-04] [ENG-08] a line is written with one space, and read as it was") {
  CHECK_BOTH(writes(field_line{"X", "a"}, "X: a\r\n"));
  CHECK_BOTH(writes(field_line{"X", ""}, "X: \r\n"));
  CHECK_BOTH(writes(*field_line::parse("Upgrade:foo/2\t"), "Upgrade: foo/2\r\n"));
  CHECK_BOTH(reads("Upgrade: foo/2", "Upgrade", "foo/2"));
  CHECK_BOTH(writes(*field_line::parse("X: \xFF \t:\"b"), "X: \xFF \t:\"b\r\n"));
}

TEST_CASE("[MSG-03] [MSG-41] [MSG-82] a line that would be broken or folded is not written") {
  CHECK_BOTH(unwritable(field_line{"X", "a\rb"}) == failure{errc::unwritable, 1});
  CHECK_BOTH(unwritable(field_line{"X", "a\r\nY: b"}) == failure{errc::unwritable, 1});
  CHECK_BOTH(unwritable(field_line{"X", "ab\n"}) == failure{errc::unwritable, 2});
  CHECK_BOTH(unwritable(field_line{"X", "\0"sv}) == failure{errc::unwritable, 0});
  CHECK_BOTH(unwritable(*field_line::parse("X: a\r\n b")) == failure{errc::unwritable, 1});
  CHECK_BOTH(unwritable(field_line{"", "a"}) == failure{errc::unwritable, 0});
  CHECK_BOTH(unwritable(field_line{" X", "a"}) == failure{errc::unwritable, 0});  // MSG-07
  CHECK_BOTH(unwritable(field_line{"\tX", "a"}) == failure{errc::unwritable, 0});
  CHECK_BOTH(unwritable(field_line{"X:", "a"}) == failure{errc::unwritable, 1});
  CHECK_BOTH(unwritable(field_line{"X Y", "a\n"}) == failure{errc::unwritable, 1});
}

TEST_CASE("[MSG-34] [MSG-39] [ENG-11] every octet in a written name and value") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const std::string text = "ab" + std::string(1, octet) + "c";
    const failure bad{errc::unwritable, 2};
    const bool in_value = octet == '\t' || (i >= ' ' && i != 0x7F);
    if (turnout::grammar::is_tchar(octet))
      CHECK(writes(field_line{text, "a"}, text + ": a\r\n"));
    else
      CHECK(unwritable(field_line{text, "a"}) == bad);
    if (in_value)
      CHECK(writes(field_line{"X", text}, "X: " + text + "\r\n"));
    else
      CHECK(unwritable(field_line{"X", text}) == bad);
  }
}

TEST_CASE("field lines are equal if name and value are, octet for octet") {
  CHECK_BOTH(field_line{"X", "a"} == field_line{"X", "a"});
  CHECK_BOTH(!(field_line{"X", "a"} == field_line{"x", "a"}));
  CHECK_BOTH(!(field_line{"X", "a"} == field_line{"X", "A"}));
}

TEST_CASE("no field lines are an empty range") {
  CHECK_BOTH(field_lines{}.empty());
  CHECK_BOTH(field_lines{}.begin() == field_lines{}.end());
  CHECK_BOTH(holds("", {}));
  CHECK_BOTH(field_lines{}.octets().empty());
  CHECK_BOTH(field_lines{} == field_lines{""});
}

TEST_CASE("[GRM-06] the fields of a head are iterated in order, even repeated ones") {
  constexpr std::string_view octets = "A: 1\r\nb:2\r\nA: 1\r\nc:\r\n";
  CHECK_BOTH(holds(octets, {{"A", "1"}, {"b", "2"}, {"A", "1"}, {"c", ""}}));
  CHECK_BOTH(!field_lines{octets}.empty());
  CHECK_BOTH(field_lines{octets}.octets() == octets);
  CHECK_BOTH(field_lines{octets} == field_lines{"A: 1\r\nb:2\r\nA: 1\r\nc:\r\n"});
  CHECK_BOTH(!(field_lines{octets} == field_lines{octets.substr(6)}));
}

TEST_CASE("[MSG-43] a fold does not end a line when fields are iterated") {
  CHECK_BOTH(holds("A: 1\r\n 2\r\nB:\r\n\t3\r\n 4\r\nC: 5\r\n \r\n",
                   {{"A", "1\r\n 2"}, {"B", "3\r\n 4"}, {"C", "5"}}));
}

TEST_CASE("an iterator over field lines can be copied, compared and used again") {
  constexpr std::string_view octets = "A: 1\r\nA: 1\r\n";
  const field_lines lines{octets};
  auto here = lines.begin();
  const auto first = here++;
  CHECK(first == lines.begin());
  CHECK(here != first);
  CHECK(here->name.data() == octets.data() + 6);
  CHECK(first->value.data() == octets.data() + 3);
  CHECK(++here == lines.end());
  CHECK(field_lines::iterator{} == lines.end());
  CHECK(std::ranges::distance(lines) == 2);
  CHECK(std::ranges::distance(first, lines.end()) == 2);
}

TEST_CASE("[MSG-35] find() finds the first line with a name, in any case") {
  constexpr field_lines lines{"A: 1\r\nCookie: a=b\r\nX-Cookie: c\r\ncookie: d\r\nE:\r\n"};
  CHECK_BOTH(lines.find("Cookie")->value == "a=b");
  CHECK_BOTH(lines.find("cOOKIE")->value == "a=b");
  CHECK_BOTH(lines.find("cOOKIE")->name == "Cookie");
  CHECK_BOTH(lines.find("A") == lines.begin());
  CHECK_BOTH(lines.find("E")->value.empty());
  CHECK_BOTH(lines.find("E") != lines.end());
  CHECK_BOTH(field_lines{"A:\r\n B: 1\r\nB: 2\r\n"}.find("b")->value == "2");
}

TEST_CASE("if no line has the name, find() is at the end, whose value is empty") {
  constexpr field_lines lines{"Cookie: a=b\r\n"};
  for (const std::string_view name : {"Cooki", "Cookie2", "ookie", "Cookie:", "a", ""}) {
    CHECK(lines.find(name) == lines.end());
    CHECK(lines.find(name)->value.empty());
  }
  CHECK_BOTH(field_lines{}.find("Cookie") == field_lines{}.end());
  CHECK_BOTH(lines.find("Set-Cookie") == lines.end());
}

TEST_CASE("the grammar reads a common line in the same way") {
  constexpr std::string_view before = "GET / HTTP/1.1\r\n";
  constexpr std::string_view after = "\r\nUpgrade: websocket\r\n\r\n";
  std::size_t usual = 0;
  std::size_t wrong = 0;
  for (const std::string_view line :
       {"Host: a", "A: b", "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==", "X: ", "X:", "X:a", "X :a",
        " X: a", "", ":", ": ", ": a", "X:  a", "X: a ", "X_y: a", "X: \x80",
        "Abcdefghijklmnopqrstuvwxyz-012345: x", "Abcdefghijklmnopqrstuvwxyz-01234: x"}) {
    std::string edited{line};
    for (std::size_t place = 0; place <= line.size(); ++place) {
      for (int octet = 0; octet < 256; ++octet) {
        if (place < line.size()) edited[place] = static_cast<char>(octet);
        const std::string octets = std::string{before} + edited + std::string{after};
        const std::size_t end = before.size() + edited.size();
        const std::size_t name = turnout::detail::plain_name_size(octets, before.size());
        const std::string_view cut =
            std::string_view{octets}.substr(before.size(), end - before.size());
        if (!is_common(cut, name)) continue;
        ++usual;
        wrong += field_line::parse(edited) != field_line{std::string_view{edited}.substr(0, name),
                                                         std::string_view{edited}.substr(name + 2)};
      }
      edited = line;
    }
  }
  CHECK(wrong == 0);
  CHECK(usual > 5000);
  constexpr auto is_common_line = [](std::string_view line_and_crlf, std::size_t name) {
    return is_common(line_and_crlf.substr(0, line_and_crlf.size() - 2), name);
  };
  CHECK_BOTH(is_common_line("Upgrade: h2c\r\n", 7));
  CHECK_BOTH(!is_common_line("Upgrade: h2c \r\n", 7));
  CHECK_BOTH(!is_common_line("Upgrade:  h2c\r\n", 7));
  CHECK_BOTH(!is_common_line("Upgrade: h2c\r\n", 0));
  CHECK_BOTH(!is_common_line("Upgrade: \r\n", 7));
  CHECK_BOTH(!is_common_line("Upgrade:\r\n", 7));
  CHECK_BOTH(!is_common_line("Upgrade\r\n", 7));
}
