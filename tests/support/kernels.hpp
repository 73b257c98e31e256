// What every kernel has to give, asked of one that is said by its type: octet by octet it is what
// this header says, at each place, beside any neighbour, and up to a page that can't be read.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/guarded.hpp"

namespace kernels {

constexpr bool is_control(char octet) {
  const int value = static_cast<unsigned char>(octet);
  return value < 0x20 || value == 0x7F;
}

constexpr bool is_stop(char octet) { return is_control(octet) && octet != '\t'; }

constexpr bool is_plain_in_name(char octet) {
  return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') ||
         (octet >= '0' && octet <= '9') || octet == '-';
}

constexpr bool is_plain_in_target(char octet) {
  constexpr std::string_view signs = "$%&'()*+,-./:;=@[_";
  return (is_plain_in_name(octet) || signs.find(octet) != signs.npos);
}

constexpr bool is_base64(char octet) {
  return (is_plain_in_name(octet) && octet != '-') || octet == '+' || octet == '/';
}

constexpr bool is_unreserved(char octet) {
  return is_plain_in_name(octet) || octet == '.' || octet == '_' || octet == '~';
}

/// One bit for each of `octets` of which `is` is true, the lowest for the first.
template <class Is>
constexpr std::uint64_t bits(std::string_view octets, Is is) {
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < octets.size(); ++i)
    found |= static_cast<std::uint64_t>(is(octets[i])) << i;
  return found;
}

/// Asks about each of 256 octets at each place among copies of each of some others, and about
/// random octets, between pages that can't be read and at every alignment.
template <class Ask, class Is>
void check(std::size_t size, Ask ask, Is is) {
  guarded::pages memory{2 * size};
  const auto right = [&](const std::string& octets) {
    return ask(memory.at_end(octets).data()) == bits(octets, is) &&
           ask(memory.at_begin(octets).data()) == bits(octets, is);
  };
  std::size_t wrong = 0;
  for (const char neighbour : {'a', '\0', '\x7F', '\x80', '\xFF', ' ', '-', '/', '@', '['}) {
    std::string octets(size, neighbour);
    for (std::size_t place = 0; place < size; ++place) {
      for (int octet = 0; octet < 256; ++octet) {
        octets[place] = static_cast<char>(octet);
        wrong += !right(octets);
      }
      octets[place] = neighbour;
    }
  }
  std::uint32_t random = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string octets(2 * size, '\0');
    for (char& octet : octets) {
      random = random * 1664525 + 1013904223;
      octet = static_cast<char>(random >> 24);
    }
    const std::string_view all = memory.at_end(octets);
    for (std::size_t from = 0; from <= size; ++from)
      wrong += ask(all.data() + from) != bits(all.substr(from, size), is);
  }
  CHECK(wrong == 0);
}

/// Asks about bits: none, each alone, all below and all above each, and random ones.
template <class Kernel>
void check_first_and_count() {
  std::size_t wrong = 0;
  const auto ask = [&wrong](std::uint64_t bits) {
    std::size_t first = 0;
    std::size_t count = 0;
    for (std::size_t at = 64; at-- > 0;) {
      if ((bits >> at & 1) == 0) continue;
      first = at;
      ++count;
    }
    wrong += Kernel::count(bits) != count;
    wrong += bits == 0 ? Kernel::first(bits) > 64 : Kernel::first(bits) != first;
  };
  ask(0);
  for (unsigned at = 0; at < 64; ++at) {
    const std::uint64_t bit = std::uint64_t{1} << at;
    for (const std::uint64_t bits : {bit, bit - 1, ~bit, ~(bit - 1)}) ask(bits);
  }
  std::uint64_t random = 1;
  for (int round = 0; round < 10000; ++round) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    ask(random ^ random >> 29);
  }
  CHECK(wrong == 0);
}

template <class Kernel>
void check_controls() {
  check(
      64, [](const char* octets) { return Kernel::controls(octets); }, is_control);
}

template <class Kernel>
void check_stops() {
  check(16, Kernel::stops, is_stop);
}

template <class Kernel>
void check_plain_in_name() {
  check(
      32, [](const char* octets) { return std::uint64_t{Kernel::plain_in_name(octets)}; },
      is_plain_in_name);
}

/// Asks about the two halves of 16 octets as if they were in different places, too.
template <class Kernel>
void check_unreserved() {
  check(
      16, [](const char* octets) { return std::uint64_t{Kernel::unreserved(octets, octets + 8)}; },
      is_unreserved);
  constexpr std::string_view octets = "A-z_0.9~ab/cd:ef";
  CHECK(Kernel::unreserved(octets.data() + 8, octets.data()) ==
        (bits(octets.substr(8), is_unreserved) | bits(octets.substr(0, 8), is_unreserved) << 8));
}

/// Asks whether 16 octets in one place and 16 in another are those that are expected, where each
/// bit of each octet differs in turn, and matters or not.
template <class Kernel>
void check_agree() {
  guarded::pages one{16};
  guarded::pages other{16};
  guarded::pages with{32};
  guarded::pages bits{16};
  const std::string expected = "The octets that are to be there!";
  std::size_t wrong = 0;
  for (std::size_t place = 0; place < 32; ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      for (const int mattering : {0, 1 << bit, 0xFF ^ 1 << bit, 0xFF}) {
        std::string octets = expected;
        octets[place] = static_cast<char>(octets[place] ^ 1 << bit);
        std::string matters(16, '\xFF');
        matters[place % 16] = static_cast<char>(mattering);
        const bool agree = Kernel::agree(
            one.at_end(octets.substr(0, 16)).data(), other.at_begin(octets.substr(16)).data(),
            with.at_end(expected).data(), bits.at_begin(matters).data());
        wrong += agree != ((mattering & 1 << bit) == 0);
      }
    }
  }
  CHECK(wrong == 0);
}

/// Asks whether 16 octets are all of one class, with each of 256 octets at each place among
/// slashes.
template <class Ask, class Is>
void check_all_16(Ask ask, Is is) {
  guarded::pages memory{16};
  std::string octets(16, '/');
  for (std::size_t place = 0; place < octets.size(); ++place) {
    for (int octet = 0; octet < 256; ++octet) {
      CAPTURE(octet);
      octets[place] = static_cast<char>(octet);
      const bool all = is(octets[place]);
      CHECK(ask(memory.at_end(octets).data()) == all);
      CHECK(ask(memory.at_begin(octets).data()) == all);
    }
    octets[place] = '/';
  }
}

template <class Kernel>
void check_plain_in_target() {
  check(
      16, [](const char* octets) { return std::uint64_t{Kernel::plain_in_target(octets)}; },
      is_plain_in_target);
}

template <class Kernel>
void check_base64() {
  check_all_16(Kernel::are_base64, is_base64);
}

}  // namespace kernels
