// The alphabets of base64 and base64url, and writing with them: RFC 4648 sections 4 and 5. A
// server's WebSocket handshake needs no more; grammar/base64.hpp has the rest.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

namespace detail {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

inline constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"sv;
inline constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"sv;

/// Puts the four digits of the lower 24 bits of `bits` at `to`.
constexpr void put_base64_group(char* to, std::uint32_t bits, std::string_view alphabet) noexcept {
  to[0] = alphabet[bits >> 18 & 63];
  to[1] = alphabet[bits >> 12 & 63];
  to[2] = alphabet[bits >> 6 & 63];
  to[3] = alphabet[bits & 63];
}

/// Puts the 28 octets of text of a digest of 20 octets, given as the words of FIPS 180-4.
constexpr void put_base64_digest(char* to, const std::uint32_t (&digest)[5]) noexcept {
  // Eight zero bits follow the digest; padding replaces their digits.
  put_base64_group(to, digest[0] >> 8, base64_alphabet);
  put_base64_group(to + 4, digest[0] << 16 | digest[1] >> 16, base64_alphabet);
  put_base64_group(to + 8, digest[1] << 8 | digest[2] >> 24, base64_alphabet);
  put_base64_group(to + 12, digest[2], base64_alphabet);
  put_base64_group(to + 16, digest[3] >> 8, base64_alphabet);
  put_base64_group(to + 20, digest[3] << 16 | digest[4] >> 16, base64_alphabet);
  put_base64_group(to + 24, digest[4] << 8, base64_alphabet);
  to[27] = '=';
}

}  // namespace detail

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
