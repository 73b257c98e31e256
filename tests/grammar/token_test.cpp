// Tokens and the whitespace around them.
#include "turnout/grammar/token.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/guarded.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::is_token;
using turnout::grammar::ows_size;
using turnout::grammar::token_size;
using turnout::grammar::trim;

namespace {

constexpr bool reads(std::string_view octets, std::string_view token) {
  return octets.substr(0, token_size(octets)) == token;
}

constexpr bool reads_none(std::string_view octets) { return token_size(octets) == 0; }

// Why `octets` can't be put as a token.
constexpr failure put_failure(std::string_view octets) {
  turnout::writer to;
  turnout::grammar::put_token(to, octets);
  return to.error();
}

bool is_blank(char octet) { return octet == ' ' || octet == '\t'; }

// True for each octet that is SP, HTAB or part of a fold.
std::vector<bool> whitespace_in(std::string_view octets) {
  std::vector<bool> white(octets.size());
  for (std::size_t at = 0; at < octets.size(); ++at) {
    if (is_blank(octets[at])) white[at] = true;
    if (octets.substr(at, 2) == "\r\n" && at + 2 < octets.size() && is_blank(octets[at + 2]))
      white[at] = white[at + 1] = true;
  }
  return white;
}

}  // namespace

TEST_CASE("[GRM-01] a token of one octet is a tchar") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    CHECK(is_token({&octet, 1}) == turnout::grammar::is_tchar(octet));
  }
}

TEST_CASE("a token has at least one tchar, and nothing else") {
  CHECK_BOTH(is_token("a"));
  CHECK_BOTH(is_token("!#$%&'*+-.^_`|~09AZaz"));
  CHECK_BOTH(!is_token(""));
  CHECK_BOTH(!is_token(" a"));
  CHECK_BOTH(!is_token("a "));
  CHECK_BOTH(!is_token("a,b"));
  CHECK_BOTH(!is_token("a/b"));
  CHECK_BOTH(!is_token("\"a\""));
  CHECK_BOTH(!is_token("caf\xC3\xA9"));
}

TEST_CASE("a token ends at the first octet that is not a tchar") {
  CHECK_BOTH(reads("websocket", "websocket"));
  CHECK_BOTH(reads("a b", "a"));
  CHECK_BOTH(reads("a,b", "a"));
  CHECK_BOTH(reads("foo/2", "foo"));
  CHECK_BOTH(reads("a=\"b\"", "a"));
  CHECK_BOTH(reads_none(""));
  CHECK_BOTH(reads_none(" a"));
  CHECK_BOTH(reads_none(",a"));
  CHECK_BOTH(reads_none("\xC3\xA9"));
}

TEST_CASE("each octet at any place belongs to a token or ends it") {
  const std::string letters(9, 'a');
  for (std::size_t place = 0; place < letters.size(); ++place) {
    CAPTURE(place);
    std::size_t wrong = 0;
    for (int i = 0; i < 256; ++i) {
      std::string octets = letters;
      octets[place] = static_cast<char>(i);
      const bool inside = turnout::grammar::is_tchar(octets[place]);
      wrong += is_token(octets) != inside;
      if (inside)
        wrong += !reads(octets, octets);
      else
        wrong += place == 0 ? !reads_none(octets) : !reads(octets, letters.substr(0, place));
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("[GRM-01] a token is put, and anything else fails at the octet at fault") {
  CHECK_BOTH([] {
    std::array<char, 4> out{};
    const auto written = turnout::write_whole(
        out, [](turnout::writer& to) { turnout::grammar::put_token(to, "h2c"); });
    return written && *written == "h2c";
  }());
  CHECK_BOTH(put_failure("h2c") == failure{});
  CHECK_BOTH(put_failure("") == failure{errc::unwritable, 0});
  CHECK_BOTH(put_failure(" a") == failure{errc::unwritable, 0});
  CHECK_BOTH(put_failure("a,b") == failure{errc::unwritable, 1});
  CHECK_BOTH(put_failure("ab\r\n") == failure{errc::unwritable, 2});
}

TEST_CASE("[GRM-05] [MSG-36] whitespace is any number of SP and HTAB, and no other octet") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    CHECK(ows_size({&octet, 1}) == (octet == ' ' || octet == '\t' ? 1 : 0));
  }
  CHECK_BOTH(ows_size("") == 0);
  CHECK_BOTH(ows_size(" \t\t  ") == 5);
  CHECK_BOTH(ows_size(" \t a ") == 3);
  CHECK_BOTH(ows_size(" \v") == 1);
  CHECK_BOTH(ows_size("\xC2\xA0") == 0);  // U+00A0
}

TEST_CASE("[MSG-43] a fold is whitespace, if a blank follows its CRLF") {
  CHECK_BOTH(ows_size("\r\n a") == 3);
  CHECK_BOTH(ows_size("\r\n\ta") == 3);
  CHECK_BOTH(ows_size(" \r\n  \r\n\t ,") == 9);
  CHECK_BOTH(ows_size("\r\n ") == 3);
  CHECK_BOTH(ows_size("\r\n") == 0);
  CHECK_BOTH(ows_size("\r") == 0);
  CHECK_BOTH(ows_size("\r\na") == 0);
  CHECK_BOTH(ows_size("\n a") == 0);
  CHECK_BOTH(ows_size("\r a") == 0);
  CHECK_BOTH(ows_size(" \r\n") == 1);
  CHECK_BOTH(ows_size(" \r\n\r\n ") == 1);
}

TEST_CASE("[MSG-36] trimming removes whitespace at both ends and keeps it inside") {
  CHECK_BOTH(trim("") == "");
  CHECK_BOTH(trim("a") == "a");
  CHECK_BOTH(trim(" \t a\t b \t") == "a\t b");
  CHECK_BOTH(trim(" \t ") == "");
  CHECK_BOTH(trim(" \va\v ") == "\va\v");
  CHECK_BOTH(trim("\r\n a\r\n b\r\n\t") == "a\r\n b");
  CHECK_BOTH(trim("\r\n \r\n\t") == "");
  CHECK_BOTH(trim("a\r\n") == "a\r\n");
  CHECK_BOTH(trim("a\n ") == "a\n");
  CHECK_BOTH(trim("a\r\n\r\n ") == "a\r\n");
}

TEST_CASE("trimming agrees with marking the whitespace, for all short texts") {
  constexpr std::string_view alphabet = "a \t\r\n";
  for (std::size_t size = 0; size <= 6; ++size) {
    CAPTURE(size);
    std::size_t wrong = 0;
    std::size_t variants = 1;
    for (std::size_t i = 0; i < size; ++i) variants *= alphabet.size();
    for (std::size_t variant = 0; variant < variants; ++variant) {
      std::string octets;
      for (std::size_t left = variant; octets.size() < size; left /= alphabet.size())
        octets += alphabet[left % alphabet.size()];
      const std::vector<bool> white = whitespace_in(octets);
      std::size_t first = 0;
      while (first < size && white[first]) ++first;
      std::size_t last = size;
      while (last > first && white[last - 1]) --last;
      wrong += ows_size(octets) != first;
      wrong += trim(octets) != std::string_view{octets}.substr(first, last - first);
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("[GRM-01] the size of a token is found at every place and next to every octet") {
  for (std::size_t size = 1; size < 28; ++size) {
    CAPTURE(size);
    std::size_t wrong = 0;
    guarded::pages memory{size};
    std::string octets(size, 'a');
    for (std::size_t place = 0; place < size; ++place) {
      for (int i = 0; i < 256; ++i) {
        octets[place] = static_cast<char>(i);
        const std::size_t expected =
            turnout::grammar::find_not<turnout::grammar::octet_class::tchar>(octets);
        wrong += token_size(memory.at_end(octets)) != expected;
        wrong += token_size(memory.at_begin(octets)) != expected;
      }
      octets[place] = place % 3 == 0 ? '_' : 'Z';
    }
    CHECK(wrong == 0);
  }
  CHECK_BOTH(token_size("keep-alive, Upgrade") == 10);
  CHECK_BOTH(token_size("") == 0);
}
