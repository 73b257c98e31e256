// Groups of four digits, in both alphabets.
#include "turnout/grammar/base64_alphabet.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "support/both.hpp"

namespace detail = turnout::grammar::detail;

namespace {

constexpr bool puts(std::uint32_t bits, std::string_view alphabet, std::string_view text) {
  std::array<char, 4> out{};
  detail::put_base64_group(out.data(), bits, alphabet);
  return std::string_view{out.data(), out.size()} == text;
}

}  // namespace

TEST_CASE("a group is four digits, six bits each, and the upper eight bits are ignored") {
  CHECK_BOTH(puts(0, detail::base64_alphabet, "AAAA"));
  CHECK_BOTH(puts(0x4D616E, detail::base64_alphabet, "TWFu"));
  CHECK_BOTH(puts(0xFFFFFF, detail::base64_alphabet, "////"));
  CHECK_BOTH(puts(0xFF000001, detail::base64_alphabet, "AAAB"));
}

TEST_CASE("the alphabets have 64 digits, and differ in the last two") {
  constexpr std::string_view plain = detail::base64_alphabet;
  constexpr std::string_view url = detail::base64url_alphabet;
  CHECK_BOTH(plain.size() == 64);
  CHECK_BOTH(url.size() == 64);
  CHECK_BOTH(plain.substr(0, 62) == url.substr(0, 62));
  CHECK_BOTH(puts(0x00FBFF, detail::base64_alphabet, "APv/"));
  CHECK_BOTH(puts(0x00FBFF, detail::base64url_alphabet, "APv_"));
  CHECK_BOTH(puts(0xFBEFBE, detail::base64url_alphabet, "----"));
}

TEST_CASE("the text of a digest has 28 octets, the last of which is padding") {
  const auto text_of = [](const std::uint32_t(&digest)[5]) {
    std::array<char, 29> out{};
    out.back() = '#';
    detail::put_base64_digest(out.data(), digest);
    return out;
  };
  constexpr std::uint32_t ones = 0xFFFFFFFF;
  const auto is = [](const std::array<char, 29>& out, std::string_view text) {
    return std::string_view{out.data(), out.size()} == text;
  };
  CHECK_BOTH(is(text_of({}), "AAAAAAAAAAAAAAAAAAAAAAAAAAA=#"));
  CHECK_BOTH(is(text_of({ones}), "/////wAAAAAAAAAAAAAAAAAAAAA=#"));
  CHECK_BOTH(is(text_of({0, 0, 0, 0, ones}), "AAAAAAAAAAAAAAAAAAAAAP////8=#"));
}
