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

}  // namespace detail

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
