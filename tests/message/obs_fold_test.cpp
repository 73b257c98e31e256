// Folds in forwarded values.
#include "turnout/message/obs_fold.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::writer;

/// True if `value` is forwarded as `expected`.
constexpr bool unfolds_to(std::string_view value, std::string_view expected) {
  std::array<char, 64> out{};
  writer to{out};
  turnout::detail::put_unfolded(to, value);
  return to.error() == failure{} && std::string_view{out.data(), to.size()} == expected;
}

constexpr failure wrong_with(std::string_view value) {
  writer to;
  turnout::detail::put_unfolded(to, value);
  return to.error();
}

}  // namespace

TEST_CASE("[INT-25] a fold and the whitespace around it become one space") {
  CHECK_BOTH(unfolds_to("a\r\n b", "a b"));
  CHECK_BOTH(unfolds_to("a \t\r\n\t b", "a b"));
  CHECK_BOTH(unfolds_to("\r\n a", " a"));
  CHECK_BOTH(unfolds_to(" \r\n a", " a"));
  CHECK_BOTH(unfolds_to("a\r\n \r\n\tb\r\n c d", "a b c d"));
  CHECK_BOTH(unfolds_to("\"x\r\n  y\", z", "\"x y\", z"));
}

TEST_CASE("[INT-24] a value without folds is written octet for octet") {
  for (const std::string_view value : {"", "a", "a  b\tc", "\xff\x80 , ;", "x\t y"})
    CHECK(unfolds_to(value, value));
}

TEST_CASE("[INT-25] a value that would end the line is not written") {
  CHECK_BOTH(wrong_with("a\r\nb") == failure{errc::unwritable, 1});
  CHECK_BOTH(wrong_with("a\r\n") == failure{errc::unwritable, 1});
  CHECK_BOTH(wrong_with("a\n b") == failure{errc::unwritable, 1});
  CHECK_BOTH(wrong_with("ab\r c") == failure{errc::unwritable, 2});
  CHECK_BOTH(wrong_with("a\r\n b\r\n\r\n c") == failure{errc::unwritable, 5});
  CHECK_BOTH(wrong_with(std::string_view{"a\0b", 3}) == failure{errc::unwritable, 1});
  CHECK_BOTH(wrong_with("\x7f") == failure{errc::unwritable, 0});
}
