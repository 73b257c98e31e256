// Quoted strings, and words: what is inside them, however it was written.
#include "turnout/grammar/quoted_string.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::quoted_string_size;
using turnout::grammar::token_or_quoted_string;

namespace {

constexpr bool takes(std::string_view octets, std::size_t size) {
  const auto found = quoted_string_size(octets);
  return found && *found == size;
}

constexpr bool fails(std::string_view octets, std::size_t at) {
  const failure expected{errc::bad_quoted_string, at};
  return quoted_string_size(octets).error() == expected;
}

constexpr token_or_quoted_string read(std::string_view octets) {
  return token_or_quoted_string::parse_prefix(octets)->value;
}

// What `put` writes, compared with `text`.
constexpr bool puts(auto put, std::string_view text) {
  std::array<char, 32> out{};
  const auto written = turnout::write_whole(out, put);
  return written && *written == text;
}

// RFC 9110 section 5.6.4: HTAB SP VCHAR obs-text, of which qdtext leaves out two.
constexpr bool may_be_quoted(int octet) {
  return octet == 0x09 || (octet >= 0x20 && octet <= 0x7E) || octet >= 0x80;
}

}  // namespace

TEST_CASE("a quoted string goes from quote to quote") {
  CHECK_BOTH(takes("\"\"", 2));
  CHECK_BOTH(takes("\"a\"", 3));
  CHECK_BOTH(takes("\"a\"b\"", 3));
  CHECK_BOTH(takes("\"a,b;c d\t\xFF\", x", 11));
  CHECK_BOTH(takes("\"\\\"\"", 4));
  CHECK_BOTH(takes("\"\\\\\"", 4));
  CHECK_BOTH(takes("\"\\\\\\\"\"", 6));
  CHECK_BOTH(takes("\"\\a\"", 4));
}

TEST_CASE("a quoted string begins with a quote") {
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails("a", 0));
  CHECK_BOTH(fails(" \"a\"", 0));
}

TEST_CASE("[GRM-09] a quoted string that is cut anywhere fails at its end") {
  constexpr std::string_view whole = "\"a \\\" \\\\ b\"";
  CHECK_BOTH(takes(whole, whole.size()));
  for (std::size_t size = 1; size < whole.size(); ++size) {
    CAPTURE(size);
    // An allocation of exactly this size: the address sanitizer sees a read past its end.
    const std::vector<char> octets(whole.data(), whole.data() + size);
    const std::string_view cut{octets.data(), octets.size()};
    CHECK(fails(cut, size));
    CHECK(token_or_quoted_string::parse_prefix(cut).error() ==
          failure{errc::bad_quoted_string, size});
  }
  CHECK_BOTH(fails("\"", 1));
  CHECK_BOTH(fails("\"\\", 2));
  CHECK_BOTH(fails("\"\\\"", 3));
}

TEST_CASE("[GRM-08] every octet in a quoted string, bare and after a backslash") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octet(1, static_cast<char>(i));
    const std::string bare = "\"a" + octet + "b\"";
    const std::string pair = "\"a\\" + octet + "b\"";
    if (i == '"')
      CHECK(takes(bare, 3));
    else
      CHECK((may_be_quoted(i) ? takes(bare, 5) : fails(bare, 2)));
    CHECK((may_be_quoted(i) ? takes(pair, 6) : fails(pair, 3)));
    if (may_be_quoted(i)) CHECK(read(pair) == "a" + octet + "b");
  }
}

TEST_CASE("a line end in a quoted string is a fault, even a fold") {
  CHECK_BOTH(fails("\"a\r\n b\"", 2));
  CHECK_BOTH(fails("\"a\nb\"", 2));
  CHECK_BOTH(fails("\"a\\\r\n b\"", 3));
}

TEST_CASE("a token or a quoted string is read, and nothing after it") {
  struct row {
    std::string_view octets;
    std::string_view text;
    std::size_t size;
  };
  constexpr row rows[] = {
      {"a", "a", 1},
      {"ab c", "ab", 2},
      {"a=b", "a", 1},
      {"a\"b\"", "a", 1},
      {"\"\"", "", 2},
      {"\"a\"", "a", 3},
      {"\"a b\" c", "a b", 5},
      {"\"a\"b", "a", 3},
      {"\"\\\"\"", "\"", 4},
      {"\"\\\\\"", "\\", 4},
      {"\"1\\0\"", "10", 5},
      {"\"\\1\\0\"", "10", 6},
      {"\"a,b;c\"", "a,b;c", 7},
      {"\"\t\xFF\"", "\t\xFF", 4},
  };
  constexpr auto holds = [](const row& expected) {
    const auto found = token_or_quoted_string::parse_prefix(expected.octets);
    return found && found->size == expected.size && found->value == expected.text &&
           found->value.size() == expected.text.size() &&
           puts([&](turnout::writer& to) { found->value.put_text(to); }, expected.text);
  };
  static_assert([&] {
    for (const row& one : rows)
      if (!holds(one)) return false;
    return true;
  }());
  for (const row& one : rows) {
    CAPTURE(one.octets);
    CHECK(holds(one));
  }
}

TEST_CASE("anything but a token or a quoted string is refused") {
  CHECK_BOTH(token_or_quoted_string::parse_prefix("").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(token_or_quoted_string::parse_prefix(" a").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(token_or_quoted_string::parse_prefix(",").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(token_or_quoted_string::parse_prefix("\\a").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(token_or_quoted_string::parse_prefix("\xC3").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(token_or_quoted_string::parse_prefix("\"a\x01\"").error() ==
             failure{errc::bad_quoted_string, 2});
}

TEST_CASE("[GRM-13] values are equal if their texts are, quoted or not") {
  constexpr std::string_view tens[] = {"10", "\"10\"", "\"1\\0\"", "\"\\10\"", "\"\\1\\0\""};
  constexpr std::string_view others[] = {"1",       "100",   "01",      "\"\"",
                                         "\"10 \"", "\"1\"", "\"100\"", "\"1\\\\0\""};
  for (const std::string_view one : tens) {
    CAPTURE(one);
    for (const std::string_view two : tens) CHECK(read(one) == read(two));
    for (const std::string_view other : others) {
      CAPTURE(other);
      CHECK(read(one) != read(other));
      CHECK(read(other) != read(one));
      CHECK(read(other) != "10");
    }
    CHECK(read(one) == "10");
    CHECK(read(one).size() == 2);
  }
  CHECK_BOTH(read("10") == read("\"\\1\\0\""));
  static constexpr char ten[] = {'1', '0'};  // no NUL after it that could be read by mistake
  CHECK_BOTH(read({ten, 2}) == "10");
  CHECK_BOTH(read({ten, 2}) != "100");
  CHECK_BOTH(read({ten, 2}) != read("100"));
  CHECK_BOTH(read("100") != read({ten, 2}));
  CHECK_BOTH(read("a") != read("A"));
  CHECK_BOTH(read("a") != "A");
  CHECK_BOTH(read("\"\\\\\"") != read("\"\\\"\""));
  CHECK_BOTH(read("\"\"") == token_or_quoted_string{});
  CHECK_BOTH(token_or_quoted_string{} == "");
  CHECK_BOTH(token_or_quoted_string{}.size() == 0);
}

TEST_CASE("a value is a token if its text is one") {
  CHECK_BOTH(read("a").is_token());
  CHECK_BOTH(read("\"a\"").is_token());
  CHECK_BOTH(read("\"\\a\"").is_token());
  CHECK_BOTH(!read("\"a b\"").is_token());
  CHECK_BOTH(!read("\"a\\ \"").is_token());
  CHECK_BOTH(!read("\"\\\\\"").is_token());
  CHECK_BOTH(!read("\"\xFF\"").is_token());
  CHECK_BOTH(!read("\"\"").is_token());
  CHECK_BOTH(!token_or_quoted_string{}.is_token());
}

TEST_CASE("[ENG-08] a value is put as a token, or else quoted without needless backslashes") {
  struct row {
    std::string_view octets;
    std::string_view canonical;
  };
  constexpr row rows[] = {
      {"a", "a"},
      {"\"a\"", "a"},
      {"\"\\a\\b\"", "ab"},
      {"\"\"", "\"\""},
      {"\"a b\"", "\"a b\""},
      {"\"\\a\\ \\b\"", "\"a b\""},
      {"\"a,\\\"\\\\\"", "\"a,\\\"\\\\\""},
      {"\"\\\t\\\xFF\"", "\"\t\xFF\""},
  };
  constexpr auto holds = [](const row& expected) {
    const token_or_quoted_string one = read(expected.octets);
    return puts([&](turnout::writer& to) { one.put(to); }, expected.canonical) &&
           read(expected.canonical) == one;
  };
  static_assert([&] {
    for (const row& one : rows)
      if (!holds(one)) return false;
    return true;
  }());
  for (const row& one : rows) {
    CAPTURE(one.octets);
    CHECK(holds(one));
  }
  CHECK_BOTH(puts([](turnout::writer& to) { token_or_quoted_string{}.put(to); }, "\"\""));
}
