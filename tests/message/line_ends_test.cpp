// Runs of control octets are found where a loop over single octets finds them.
#include "turnout/message/line_ends.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/guarded.hpp"

using turnout::detail::control_runs;
using turnout::detail::plain_name_size;

namespace {

constexpr bool stops(char octet) {
  const int value = static_cast<unsigned char>(octet);
  return value <= 0x08 || (value >= 0x0A && value <= 0x1F) || value == 0x7F;
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
    ahead.skip_until(some.end());
  }
  return found;
}

// How often what is said of the name after a run differs from what is there.
std::size_t wrong_names(std::string_view octets) {
  std::size_t wrong = 0;
  for (control_runs ahead{octets, 0}; ahead.any(); ahead.skip_until(ahead.found(1).end())) {
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

}  // namespace

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

TEST_CASE("all runs are found, even if there is no room for all at once") {
  std::string octets;
  for (int i = 0; i < 1000; ++i) octets += "\na";
  control_runs ahead{octets, 0};
  CHECK(found_runs(ahead, 7) == naive_runs(octets, 0));
}

TEST_CASE("after each run, the size of a plain name is found, at the very end too") {
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

TEST_CASE("runs before an offset are skipped, whether they were found or not") {
  std::uint32_t random = 7;
  const std::string octets = random_octets(1500, 30, random);
  const std::vector<std::size_t> all = naive_runs(octets, 0);
  std::size_t wrong = 0;
  for (const std::size_t to : {0u, 1u, 63u, 64u, 500u, 511u, 512u, 513u, 1000u, 1499u, 1500u}) {
    // What a run that began before `to` says after it is no new run, unless it was not looked at.
    std::vector<std::size_t> expected = to > 512 ? naive_runs(octets, to) : all;
    std::erase_if(expected, [to](std::size_t run) { return run < to; });
    control_runs ahead{octets, 0};
    (void)ahead.any();
    ahead.skip_to(to);
    wrong += found_runs(ahead, 40) != expected;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a run begins at the offset that is skipped to, whatever was scanned before") {
  std::string octets(2000, 'a');
  for (std::size_t end = 63; end < 960; end += 64) octets[end] = '\n';  // at the end of each block
  octets[1000] = '\n';
  control_runs ahead{octets, 0};
  REQUIRE(ahead.any());
  ahead.skip_to(1000);
  CHECK(found_runs(ahead, 40) == std::vector<std::size_t>{1000});
}

TEST_CASE("the run that was skipped last is known, also after the next ones were found") {
  std::string octets;
  for (int i = 0; i < 1000; ++i) octets += "\naaa";
  control_runs ahead{octets, 0};
  std::size_t wrong = 0;
  std::uint32_t last = 0;
  for (std::size_t seen = 0; ahead.any(); ++seen) {
    wrong += seen > 0 && ahead.skipped().at != last;
    last = ahead.found(1).first->at;
    wrong += last != 4 * seen;
    ahead.skip_until(ahead.found(1).end());
  }
  CHECK(last == 3996);
  CHECK(wrong == 0);
}

TEST_CASE("a caller can set the run that was skipped last, and finds the same ones after it") {
  std::string octets(2000, 'a');
  octets[1200] = octets[1300] = '\n';
  control_runs ahead{octets, 1000};
  REQUIRE(ahead.any());
  ahead.set_skipped({998, 7});
  CHECK(ahead.skipped().at == 998);
  CHECK(ahead.skipped().name == 7);
  CHECK(found_runs(ahead, 1) == std::vector<std::size_t>{1200, 1300});
  CHECK(ahead.skipped().at == 1300);
}

TEST_CASE(
    "fewer octets than a block are not scanned, and runs are the same in constant evaluation") {
  CHECK_BOTH(!control_runs{"\r\n", 0}.any());
  CHECK_BOTH([] {
    constexpr std::string_view octets =
        "0123456789\r\n23456789012345678901234567890123456789012345678901234567890\t\t23456789\n1";
    control_runs ahead{octets, 3};
    for (const std::size_t expected : {10u, 71u, 81u}) {
      if (!ahead.any() || ahead.found(1).first->at != expected) return false;
      ahead.skip_until(ahead.found(1).end());
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
