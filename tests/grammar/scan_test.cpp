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

using turnout::control_runs;
using turnout::find_not;
using turnout::find_not_in_target;
using turnout::is_stop;
using turnout::octet_class;
using turnout::plain_name_size;
using turnout::stop_octets;
using turnout::stop_scanner;

namespace {

constexpr bool stops(char octet) {
  const int value = static_cast<unsigned char>(octet);
  return value <= 0x08 || (value >= 0x0A && value <= 0x1F) || value == 0x7F;
}

constexpr std::uint64_t bit(std::size_t position) { return std::uint64_t{1} << position; }

// What stop_octets() gives for octets none of which is a stop, but for one.
constexpr std::uint64_t expected_bits(char octet, std::size_t position) {
  return stops(octet) && position < turnout::block_size ? bit(position) : 0;
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

// The offsets from `from` on at which a run of control octets begins, HTAB being one.
std::vector<std::size_t> naive_runs(std::string_view octets, std::size_t from) {
  std::vector<std::size_t> found;
  const auto control = [octets](std::size_t at) { return stops(octets[at]) || octets[at] == '\t'; };
  for (std::size_t at = from; at < octets.size(); ++at)
    if (control(at) && (at == from || !control(at - 1))) found.push_back(at);
  return found;
}

// Takes at most `most` of those found at a time.
std::vector<std::size_t> found_runs(control_runs& ahead, std::size_t most) {
  std::vector<std::size_t> found;
  while (ahead.any()) {
    const auto some = ahead.found(most);
    for (const control_runs::run one : some) found.push_back(one.at);
    ahead.pass(some.size());
  }
  return found;
}

// How often what is said of the name behind a run differs from what is there.
std::size_t wrong_names(std::string_view octets) {
  std::size_t wrong = 0;
  for (control_runs ahead{octets, 0}; ahead.any(); ahead.pass(1)) {
    const control_runs::run one = *ahead.found(1).begin();
    wrong += one.name != plain_name_size(octets, one.at + std::size_t{2});
  }
  return wrong;
}

// Octets of which one in `one_in` is any, and the others are letters.
std::string random_octets(std::size_t size, unsigned one_in, std::uint32_t& random) {
  std::string octets(size, 'a');
  for (char& octet : octets) {
    random = random * 1664525 + 1013904223;
    if ((random >> 8) % one_in == 0) octet = static_cast<char>(random >> 24);
  }
  return octets;
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
      const bool belongs = turnout::is(Which, octets[position]);
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
  for (std::size_t size = 0; size <= turnout::block_size + 8; ++size) {
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
  for (std::size_t size = 0; size <= 2 * turnout::block_size; ++size) {
    CAPTURE(size);
    const std::uint64_t expected = size < turnout::block_size ? bit(size) - 1 : ~std::uint64_t{0};
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

TEST_CASE("a lone stop is found wherever it is, and from wherever one looks") {
  constexpr std::size_t size = 3 * turnout::block_size;
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

TEST_CASE("find_not finds the first octet from there on that does not belong") {
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

TEST_CASE("[ENG-02] runs of control octets are found where a loop finds them, from every offset") {
  std::uint32_t random = 1;
  std::size_t wrong = 0;
  for (const std::size_t size : {64u, 65u, 100u, 127u, 128u, 129u, 500u, 575u, 576u, 577u, 1200u}) {
    for (const unsigned one_in : {1u, 2u, 16u, 100u}) {
      const std::string octets = random_octets(size, one_in, random);
      guarded::pages memory{size};
      for (std::size_t from = 0; from <= size; from += 1 + from / 70) {
        for (const std::string_view shown : {memory.at_end(octets), memory.at_begin(octets)}) {
          control_runs ahead{shown, from};
          wrong += found_runs(ahead, 1 + from % 40) != naive_runs(octets, from);
        }
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("as many runs as can be are found, and none is lost where there is no room for all") {
  std::string octets;
  for (int i = 0; i < 1000; ++i) octets += "\na";
  control_runs ahead{octets, 0};
  CHECK(found_runs(ahead, 7) == naive_runs(octets, 0));
}

TEST_CASE("behind each run, the size of a plain name is found, at the very end too") {
  std::uint32_t random = 3;
  std::size_t wrong = 0;
  for (const unsigned one_in : {2u, 9u, 40u})
    for (std::size_t size = 64; size < 700; ++size)
      wrong += wrong_names(random_octets(size, one_in, random));
  for (std::size_t cut = 0; cut < 40; ++cut)
    wrong += wrong_names((std::string(64, '\n') + "Upgrade\n").substr(0, 72 - cut % 8) +
                         std::string(cut, 'x') + "\r\n");
  CHECK(wrong == 0);
}

TEST_CASE("runs before a place are left out, whether they were found or not") {
  std::uint32_t random = 7;
  const std::string octets = random_octets(1500, 30, random);
  const std::vector<std::size_t> all = naive_runs(octets, 0);
  std::size_t wrong = 0;
  for (const std::size_t to : {0u, 1u, 63u, 64u, 500u, 511u, 512u, 513u, 1000u, 1499u, 1500u}) {
    // What a run that began before `to` says behind it is no new run, unless it was not looked at.
    std::vector<std::size_t> expected = to > 512 ? naive_runs(octets, to) : all;
    std::erase_if(expected, [to](std::size_t run) { return run < to; });
    control_runs ahead{octets, 0};
    (void)ahead.any();
    ahead.skip_to(to);
    wrong += found_runs(ahead, 40) != expected;
  }
  CHECK(wrong == 0);
}

TEST_CASE("fewer octets than a block are not looked at, and runs are the same in constants") {
  CHECK_BOTH(!control_runs{"\r\n", 0}.any());
  CHECK_BOTH([] {
    constexpr std::string_view octets =
        "0123456789\r\n23456789012345678901234567890123456789012345678901234567890\t\t23456789\n1";
    control_runs ahead{octets, 3};
    for (const std::size_t expected : {10u, 71u, 81u}) {
      if (!ahead.any() || ahead.found(1).first->at != expected) return false;
      ahead.pass(1);
    }
    return !ahead.any();
  }());
}

TEST_CASE("the size of a plain name is found up to 32 octets, near the end too") {
  constexpr std::string_view line = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX_y";
  CHECK_BOTH(plain_name_size(line, 0) == 17);
  CHECK_BOTH(plain_name_size(line, 14) == 3);
  CHECK_BOTH(plain_name_size(line, 17) == 0);
  CHECK_BOTH(plain_name_size(line, 45) == 1);
  CHECK_BOTH(plain_name_size(line, 47) == 1);
  CHECK_BOTH(plain_name_size("Upgrade: x", 0) == 0);
  CHECK_BOTH(plain_name_size("Sec-WebSocket-Key-0123456789-abcdef: x", 0) == 32);
  CHECK_BOTH(plain_name_size("0123456789012345678901234567890a", 0) == 32);
}

TEST_CASE("what does not belong in a target is found at every place, whatever its size") {
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
