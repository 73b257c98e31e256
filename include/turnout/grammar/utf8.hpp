// UTF-8, RFC 3629 section 4, checked one octet at a time.
#pragma once

#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// Checks that octets are UTF-8, one octet at a time.
class utf8_checker {
 public:
  /// Takes the next octet.
  ///
  /// Grammar   UTF8-octets, RFC 3629 section 4: no overlong form, no surrogate, nothing above
  ///           U+10FFFF
  /// Returns   false if the octet is not allowed here; take() must not be called after that
  constexpr bool take(std::uint8_t octet) noexcept {
    if (missing_ > 0) {
      const bool good = octet >= low_ && octet <= high_;
      low_ = 0x80;
      high_ = 0xBF;
      --missing_;
      return good;
    }
    if (octet < 0x80) return true;
    if (octet < 0xC2 || octet > 0xF4) return false;
    missing_ = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
    if (octet == 0xE0) low_ = 0xA0;
    if (octet == 0xED) high_ = 0x9F;
    if (octet == 0xF0) low_ = 0x90;
    if (octet == 0xF4) high_ = 0x8F;
    return true;
  }

  /// True if the octets taken so far end with a complete character.
  constexpr bool is_whole() const noexcept { return missing_ == 0; }

 private:
  std::uint8_t missing_ = 0;  // how many octets of the current character are missing
  std::uint8_t low_ = 0x80;   // the range of its next octet
  std::uint8_t high_ = 0xBF;
};

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
