// Base64 both ways, with every fault that a text can have.
#include "turnout/grammar/base64.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::base64;
using turnout::grammar::base64_size;
using turnout::grammar::check_base64;
using turnout::grammar::decode_base64;
using turnout::grammar::encode_base64;

namespace {

using octets = std::vector<std::uint8_t>;

constexpr base64 variants[] = {base64::padded, base64::padding_optional, base64::url_unpadded};

constexpr std::string_view letters_and_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

// Encodes bit by bit.
std::string naive_encoding(const octets& data, base64 variant) {
  const bool padded = variant != base64::url_unpadded;
  const std::string alphabet = std::string{letters_and_digits} + (padded ? "+/" : "-_");
  std::string bits;
  for (const std::uint8_t octet : data)
    for (int bit = 7; bit >= 0; --bit) bits += (octet >> bit & 1) != 0 ? '1' : '0';
  while (bits.size() % 6 != 0) bits += '0';
  std::string text;
  for (std::size_t i = 0; i < bits.size(); i += 6)
    text += alphabet[std::stoul(bits.substr(i, 6), nullptr, 2)];
  while (padded && text.size() % 4 != 0) text += '=';
  return text;
}

octets pattern(std::size_t size, unsigned seed) {
  octets data(size);
  for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<std::uint8_t>(seed + i * 73);
  return data;
}

constexpr bool encodes(std::string_view plain, std::string_view text, base64 variant) {
  std::array<std::uint8_t, 8> data{};
  for (std::size_t i = 0; i < plain.size(); ++i) data[i] = static_cast<std::uint8_t>(plain[i]);
  std::array<char, 12> out{};
  const auto size = encode_base64(std::span{data}.first(plain.size()), out, variant);
  return size && std::string_view{out.data(), *size} == text &&
         base64_size(plain.size(), variant) == text.size();
}

constexpr bool decodes(std::string_view text, std::string_view plain, base64 variant) {
  std::array<std::uint8_t, 8> out{};
  const auto size = decode_base64(text, out, variant);
  if (!size || *size != plain.size()) return false;
  for (std::size_t i = 0; i < plain.size(); ++i)
    if (out[i] != static_cast<std::uint8_t>(plain[i])) return false;
  return true;
}

// True if decoding fails at `at`, and leaves the output alone.
constexpr bool fails(std::string_view text, std::size_t at, base64 variant = base64::padded) {
  std::array<std::uint8_t, 8> out{};
  return check_base64(text, variant).error() == failure{errc::bad_base64, at} &&
         decode_base64(text, out, variant).error() == failure{errc::bad_base64, at} &&
         out == std::array<std::uint8_t, 8>{};
}

}  // namespace

TEST_CASE("the vectors of RFC 4648 section 10 encode and decode, in both variants") {
  struct row {
    std::string_view plain;
    std::string_view padded;
    std::string_view unpadded;
  };
  constexpr row rows[] = {
      {"", "", ""},
      {"f", "Zg==", "Zg"},
      {"fo", "Zm8=", "Zm8"},
      {"foo", "Zm9v", "Zm9v"},
      {"foob", "Zm9vYg==", "Zm9vYg"},
      {"fooba", "Zm9vYmE=", "Zm9vYmE"},
      {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
      {"\xFB\xFF\xFE", "+//+", "-__-"},
  };
  constexpr auto holds = [](const row& one) {
    return encodes(one.plain, one.padded, base64::padded) &&
           decodes(one.padded, one.plain, base64::padded) &&
           encodes(one.plain, one.unpadded, base64::url_unpadded) &&
           decodes(one.unpadded, one.plain, base64::url_unpadded);
  };
  static_assert([&] {
    for (const row& one : rows)
      if (!holds(one)) return false;
    return true;
  }());
  for (const row& one : rows) {
    CAPTURE(one.plain);
    CHECK(holds(one));
  }
}

TEST_CASE(
    "[ENG-08] octets of every number and value decode to the same, and agree with a bit by bit "
    "encoding") {
  for (const base64 variant : variants) {
    for (std::size_t size = 0; size <= 66; ++size) {
      CAPTURE(size);
      std::size_t wrong = 0;
      for (unsigned seed = 0; seed < 256; seed += 5) {
        const octets data = pattern(size, seed);
        std::string text(base64_size(size, variant), '#');
        wrong += !encode_base64(data, text, variant);
        wrong += text != naive_encoding(data, variant);
        wrong += check_base64(text, variant) != turnout::result<std::size_t>{size};
        octets back(size);
        const auto read = decode_base64(text, back, variant);
        wrong += !read || *read != size || back != data;
      }
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("[ENG-04] a span that is too small is unchanged, and the failure has the size needed") {
  for (const base64 variant : variants) {
    for (std::size_t size = 1; size <= 7; ++size) {
      const octets data = pattern(size, 1);
      const std::string text = naive_encoding(data, variant);
      for (std::size_t space = 0; space < text.size(); ++space) {
        CAPTURE(space);
        std::string out(space, '#');
        CHECK(encode_base64(data, out, variant).error() == failure{errc::no_space, text.size()});
        CHECK(out == std::string(space, '#'));
      }
      for (std::size_t space = 0; space < size; ++space) {
        CAPTURE(space);
        octets out(space, 0xEE);
        CHECK(decode_base64(text, out, variant).error() == failure{errc::no_space, size});
        CHECK(out == octets(space, 0xEE));
      }
    }
  }
}

TEST_CASE("octets after the written ones are unchanged") {
  std::string text(6, '#');
  CHECK(*encode_base64(octets{'f'}, text) == 4);
  CHECK(text == "Zg==##");
  octets out(3, 0xEE);
  CHECK(*decode_base64("Zg==", out) == 1);
  CHECK(out == octets{'f', 0xEE, 0xEE});
}

TEST_CASE("[WS-47] a text has only the 64 octets of its alphabet, at any place") {
  for (const base64 variant : variants) {
    const bool may_pad = variant != base64::url_unpadded;
    const std::string_view signs = may_pad ? "+/" : "-_";
    for (int i = 0; i < 256; ++i) {
      CAPTURE(i);
      const char octet = static_cast<char>(i);
      const bool digit = letters_and_digits.find(octet) != letters_and_digits.npos ||
                         signs.find(octet) != signs.npos;
      for (std::size_t at = 0; at < 8; ++at) {
        CAPTURE(at);
        std::string text = "AAAAAAAA";
        text[at] = octet;
        std::array<std::uint8_t, 6> out{};
        const bool pads = octet == '=' && at == 7 && may_pad;
        CHECK(static_cast<bool>(decode_base64(text, out, variant)) == (digit || pads));
        // After two or three digits "=" begins the padding, and the fault is what follows it.
        const bool padding = octet == '=' && at % 4 >= 2 && may_pad;
        if (!digit && !pads) CHECK(fails(text, padding ? at + 1 : at, variant));
      }
    }
  }
}

TEST_CASE("padding is exactly where it is needed") {
  CHECK_BOTH(fails("Zg", 2));
  CHECK_BOTH(fails("Zg=", 3));
  CHECK_BOTH(fails("Zm8", 3));
  CHECK_BOTH(fails("Zm9vYg", 6));
  CHECK_BOTH(fails("=", 0));
  CHECK_BOTH(fails("====", 0));
  CHECK_BOTH(fails("Zm9v=", 4));
  CHECK_BOTH(fails("Zm9v====", 4));
  CHECK_BOTH(fails("Zg===", 4));
  CHECK_BOTH(fails("Zm8==", 4));
  CHECK_BOTH(fails("Zg==Zg==", 4));
  CHECK_BOTH(fails("Zm8=Zm8=", 4));
  CHECK_BOTH(fails("Zg=v", 3));
}

TEST_CASE("a single digit after a group of four is refused") {
  CHECK_BOTH(fails("Z", 1));
  CHECK_BOTH(fails("Zm9vY", 5));
  CHECK_BOTH(fails("Z", 1, base64::url_unpadded));
  CHECK_BOTH(fails("Zm9vY", 5, base64::url_unpadded));
}

TEST_CASE("padding can't make up for the second digit of a group") {
  CHECK_BOTH(fails("Z=", 1));
  CHECK_BOTH(fails("Z==", 1));
  CHECK_BOTH(fails("Z===", 1));
  CHECK_BOTH(fails("Z=g=", 1));
  CHECK_BOTH(fails("Zm9vY===", 5));
}

TEST_CASE("the variant without padding has none") {
  CHECK_BOTH(fails("Zg==", 2, base64::url_unpadded));
  CHECK_BOTH(fails("Zm8=", 3, base64::url_unpadded));
  CHECK_BOTH(fails("=", 0, base64::url_unpadded));
  CHECK_BOTH(fails("ab+/", 2, base64::url_unpadded));
  CHECK_BOTH(fails("ab-_", 2));
}

TEST_CASE("optional padding may be present, but never more than needed") {
  CHECK_BOTH(decodes("Zg", "f", base64::padding_optional));
  CHECK_BOTH(decodes("Zg=", "f", base64::padding_optional));
  CHECK_BOTH(decodes("Zg==", "f", base64::padding_optional));
  CHECK_BOTH(decodes("Zm8", "fo", base64::padding_optional));
  CHECK_BOTH(decodes("Zm8=", "fo", base64::padding_optional));
  CHECK_BOTH(decodes("Zv", "f", base64::padding_optional));
  CHECK_BOTH(fails("Zg===", 4, base64::padding_optional));
  CHECK_BOTH(fails("Zm9v=", 4, base64::padding_optional));
  CHECK_BOTH(fails("Zg=v", 3, base64::padding_optional));
  CHECK_BOTH(fails("Z", 1, base64::padding_optional));
  CHECK_BOTH(fails("Z=", 1, base64::padding_optional));
  CHECK_BOTH(fails("ab-_", 2, base64::padding_optional));
}

TEST_CASE("[WS-48] whitespace and line ends are not skipped") {
  CHECK_BOTH(fails(" Zg==", 0));
  CHECK_BOTH(fails("Zg== ", 4));
  CHECK_BOTH(fails("Zm9v\r\nYmFy", 4));
  CHECK_BOTH(fails("Zm 9v", 2));
}

TEST_CASE("[WS-51] leftover bits are not checked") {
  CHECK_BOTH(decodes("Zg==", "f", base64::padded));
  CHECK_BOTH(decodes("Zh==", "f", base64::padded));
  CHECK_BOTH(decodes("Zv==", "f", base64::padded));
  CHECK_BOTH(decodes("Zm9=", "fo", base64::padded));
  CHECK_BOTH(decodes("Zv", "f", base64::url_unpadded));
  // The example key of RFC 6455 section 4.1: the octets 1 to 16.
  octets key(16);
  CHECK(*decode_base64("AQIDBAUGBwgJCgsMDQ4PEC==", key) == 16);
  for (std::size_t i = 0; i < key.size(); ++i) CHECK(key[i] == i + 1);
}

TEST_CASE("an empty text is valid") {
  CHECK_BOTH(encode_base64({}, {}) == turnout::result<std::size_t>{0});
  CHECK_BOTH(check_base64("") == turnout::result<std::size_t>{0});
  CHECK_BOTH(decode_base64("", {}) == turnout::result<std::size_t>{0});
  CHECK_BOTH(decode_base64("", {}, base64::url_unpadded) == turnout::result<std::size_t>{0});
}

TEST_CASE("the tables of digits are the same when they are made at run time") {
  namespace detail = turnout::grammar::detail;
  const detail::base64_digits made{detail::base64_alphabet.data()};
  const detail::base64_digits made_for_urls{detail::base64url_alphabet.data()};
  for (int i = 0; i < 256; ++i) {
    const auto octet = static_cast<char>(i);
    CHECK(made.contains(octet) == detail::base64_values.contains(octet));
    CHECK(made.value(octet) == detail::base64_values.value(octet));
    CHECK(made_for_urls.contains(octet) == detail::base64url_values.contains(octet));
    CHECK(made_for_urls.value(octet) == detail::base64url_values.value(octet));
  }
}
