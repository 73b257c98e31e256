// Finding octets many at a time gives what a loop over single octets gives.
#include "turnout/grammar/scan.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/guarded.hpp"

using turnout::grammar::find_not;
using turnout::grammar::find_not_in_target;
using turnout::grammar::is_stop;
using turnout::grammar::octet_class;
using turnout::grammar::stop_octets;
using turnout::grammar::stop_scanner;

namespace {

constexpr bool stops(char octet) {
  const int value = static_cast<unsigned char>(octet);
  return value <= 0x08 || (value >= 0x0A && value <= 0x1F) || value == 0x7F;
}

constexpr std::uint64_t bit(std::size_t position) { return std::uint64_t{1} << position; }

// What stop_octets() gives for octets none of which is a stop, but for one.
constexpr std::uint64_t expected_bits(char octet, std::size_t position) {
  return stops(octet) && position < turnout::grammar::block_size ? bit(position) : 0;
}

// The offsets of all stop octets from `from` on.
std::vector<std::size_t> naive_stops(std::string_view octets, std::size_t from) {
  std::vector<std::size_t> found;
  for (std::size_t at = from; at < octets.size(); ++at)
    if (stops(octets[at])) found.push_back(at);
  return found;
}

std::vector<std::size_t> scanned_stops(std::string_view octets, std::size_t from) {
  std::vector<std::size_t> found;
  stop_scanner scanner{octets, from};
  for (std::size_t at = scanner.next(); at < octets.size(); at = scanner.next())
    found.push_back(at);
  return found;
}

constexpr std::string_view head = "GET / HTTP/1.1\r\nHost: a\r\nX:\ty\x7Fz\r\n\r\n";

// How often find_not() errs about one octet among others.
template <octet_class Which>
std::size_t wrongly_found() {
  std::string octets(20, 'a');
  std::size_t wrong = 0;
  for (std::size_t position = 0; position < octets.size(); ++position) {
    for (int i = 0; i < 256; ++i) {
      octets[position] = static_cast<char>(i);
      const bool belongs = Which.contains(octets[position]);
      for (std::size_t from = 0; from <= octets.size(); ++from) {
        const std::size_t expected = belongs || from > position ? octets.size() : position;
        wrong += find_not<Which>(octets, from) != expected;
      }
    }
    octets[position] = 'a';
  }
  return wrong;
}

}  // namespace

TEST_CASE("[ENG-11] every octet at every place of a block is a stop or none") {
  for (std::size_t size = 0; size <= turnout::grammar::block_size + 8; ++size) {
    // An allocation of exactly this size: the address sanitizer sees a read past its end.
    std::vector<char> block(size, 'a');
    const std::string_view octets{block.data(), block.size()};
    CAPTURE(size);
    CHECK(stop_octets(octets) == 0);
    std::size_t wrong = 0;
    for (std::size_t position = 0; position < size; ++position) {
      for (int i = 0; i < 256; ++i) {
        block[position] = static_cast<char>(i);
        wrong += stop_octets(octets) != expected_bits(block[position], position);
      }
      block[position] = 'a';
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("an octet has no influence on its neighbour's bit") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    std::size_t wrong = 0;
    for (int j = 0; j < 256; ++j) {
      const char one = static_cast<char>(i);
      const char other = static_cast<char>(j);
      const std::array<char, 8> pairs{one, other, one, other, one, other, one, other};
      const std::uint64_t expected = (stops(one) ? 0x55u : 0u) | (stops(other) ? 0xAAu : 0u);
      wrong += stop_octets({pairs.data(), pairs.size()}) != expected;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("a block full of stops has a bit for each, up to 64") {
  for (std::size_t size = 0; size <= 2 * turnout::grammar::block_size; ++size) {
    CAPTURE(size);
    const std::uint64_t expected =
        size < turnout::grammar::block_size ? bit(size) - 1 : ~std::uint64_t{0};
    CHECK(stop_octets(std::string(size, '\0')) == expected);
    CHECK(stop_octets(std::string(size, '\t')) == 0);
    for (std::size_t i = 0; i < size; ++i) {
      std::string octets(size, 'a');
      octets[i] = '\r';
      CHECK(stop_octets(octets) == (i < 64 ? bit(i) : 0));
    }
    CHECK(stop_octets(std::string(size, '\xFF')) == 0);
  }
}

TEST_CASE("blocks are the same in constant evaluation") {
  CHECK_BOTH(stop_octets("") == 0);
  CHECK_BOTH(stop_octets("\r\n") == 3);
  CHECK_BOTH(stop_octets("01234567\r") == bit(8));
  CHECK_BOTH(stop_octets(head) == (bit(14) | bit(15) | bit(23) | bit(24) | bit(29) | bit(31) |
                                   bit(32) | bit(33) | bit(34)));
}

TEST_CASE("the scanner goes from stop to stop, and then stays at the end") {
  CHECK_BOTH([] {
    stop_scanner scanner{head, 16};
    for (const std::size_t expected : {23u, 24u, 29u, 31u, 32u, 33u, 34u, 35u, 35u})
      if (scanner.next() != expected) return false;
    return true;
  }());
  CHECK_BOTH(stop_scanner{"", 0}.next() == 0);
  CHECK_BOTH(stop_scanner{"\r\n", 2}.next() == 2);
}

TEST_CASE("the scanner finds what a loop finds, from every offset") {
  std::uint32_t random = 1;
  for (const std::size_t size : {0u, 1u, 7u, 8u, 9u, 63u, 64u, 65u, 127u, 128u, 129u, 200u}) {
    for (const unsigned one_in : {1u, 2u, 16u, 100u}) {
      std::string octets(size, 'a');
      for (char& octet : octets) {
        random = random * 1664525 + 1013904223;
        if ((random >> 8) % one_in == 0) octet = static_cast<char>(random >> 24);
      }
      CAPTURE(size);
      CAPTURE(one_in);
      bool agree = true;
      for (std::size_t from = 0; from <= size; ++from)
        agree = agree && scanned_stops(octets, from) == naive_stops(octets, from);
      CHECK(agree);
    }
  }
}

TEST_CASE("a single stop is found at every place, from every offset") {
  constexpr std::size_t size = 3 * turnout::grammar::block_size;
  std::string octets(size, ' ');
  for (std::size_t stop = 0; stop < size; ++stop) {
    CAPTURE(stop);
    octets[stop] = '\n';
    bool agree = true;
    for (std::size_t from = 0; from <= size; ++from)
      agree = agree && stop_scanner{octets, from}.next() == (from <= stop ? stop : size);
    CHECK(agree);
    octets[stop] = ' ';
  }
}

TEST_CASE("find_not finds the first octet from an offset on that is not in the class") {
  CHECK_BOTH(find_not<octet_class::tchar>("") == 0);
  CHECK_BOTH(find_not<octet_class::tchar>("abc") == 3);
  CHECK_BOTH(find_not<octet_class::tchar>("abc", 3) == 3);
  CHECK_BOTH(find_not<octet_class::tchar>("a b c") == 1);
  CHECK_BOTH(find_not<octet_class::tchar>("a b c", 1) == 1);
  CHECK_BOTH(find_not<octet_class::tchar>("a b c", 2) == 3);
  CHECK_BOTH(find_not<octet_class::field>("a b c\n") == 5);
}

TEST_CASE("find_not finds every octet at every place, from every offset before it") {
  CHECK(wrongly_found<octet_class::tchar>() == 0);
  CHECK(wrongly_found<octet_class::field>() == 0);
  CHECK(wrongly_found<octet_class::target>() == 0);
  CHECK(wrongly_found<octet_class::reg_name>() == 0);
}

TEST_CASE("every octet is a stop or none") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    CHECK(is_stop(static_cast<char>(i)) == stops(static_cast<char>(i)));
  }
  CHECK_BOTH(is_stop('\r'));
  CHECK_BOTH(!is_stop('\t'));
}

TEST_CASE("octets are plainly unreserved if there are at least eight, and all are unreserved") {
  using turnout::grammar::are_plainly_unreserved;
  std::size_t wrong = 0;
  for (std::size_t size = 0; size < 70; ++size) {
    guarded::pages memory{size};
    std::string octets(size, 'a');
    wrong += are_plainly_unreserved(memory.at_end(octets)) != (size >= 8);
    wrong += are_plainly_unreserved(memory.at_begin(octets)) != (size >= 8);
    for (std::size_t place = 0; place < size; ++place) {
      for (const char reserved : {':', '/', '%', '@', '[', ' ', '\x80', '\0'}) {
        octets[place] = reserved;
        wrong += are_plainly_unreserved(memory.at_end(octets));
      }
      octets[place] = "-._~09azAZ"[place % 10];
    }
    wrong += are_plainly_unreserved(memory.at_end(octets)) != (size >= 8);
  }
  CHECK(wrong == 0);
  CHECK_BOTH(are_plainly_unreserved("chat.example.com"));
  CHECK_BOTH(!are_plainly_unreserved("chat.example.com:80"));
}

TEST_CASE("an octet that is not allowed in targets is found at every place, in any size") {
  for (std::size_t size = 1; size < 50; ++size) {
    CAPTURE(size);
    std::size_t wrong = 0;
    guarded::pages memory{size};
    std::string octets(size, '/');
    for (std::size_t place = 0; place < size; ++place) {
      for (int i = 0; i < 256; ++i) {
        octets[place] = static_cast<char>(i);
        const std::size_t expected = find_not<octet_class::target>(octets);
        wrong += find_not_in_target(memory.at_end(octets)) != expected;
        wrong += find_not_in_target(memory.at_begin(octets)) != expected;
      }
      octets[place] = 'a';
    }
    CHECK(wrong == 0);
  }
  CHECK_BOTH(find_not_in_target("") == 0);
  CHECK_BOTH(find_not_in_target("/a~b!c/0123456789012345678901234567890#") == 38);
}
