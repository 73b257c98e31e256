// Writing a header list into spaces of all sizes.
#include "turnout/protocol/extended_connect/header_list.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::field_line;
using turnout::extended_connect::list_size;
using turnout::extended_connect::list_writer;
using turnout::extended_connect::write_list;

constexpr auto describe = [](list_writer& to) {
  to.put("a", "b");
  to.put_lowered({"X-Y", "One\r\n Two"});
  to.put_lowered({"Z", "Three"});
  to.put_status(204);
  to.put(":path", to.keep("/", "?q"));
};
constexpr std::size_t lines_needed = 5;
constexpr std::size_t octets_needed = 3 + 9 + 1 + 3 + 3;

/// What becomes of a space of these sizes; an error if something was written in spite of it.
constexpr list_size wrong(std::size_t lines, std::size_t octets) {
  std::array<field_line, 8> all_lines{};
  all_lines.fill({});  // without it, GCC 12 does not know in constant expressions what they are
  std::array<char, 32> all_octets{};
  const list_size size = write_list(
      {std::span{all_lines}.first(lines), std::span{all_octets}.first(octets)}, describe);
  bool kept = all_octets == std::array<char, 32>{};
  for (const field_line& line : all_lines) kept = kept && line == field_line{};
  return kept == !size ? size : list_size{{errc::out_of_turn, 0}, 0, 0};
}

constexpr bool is_written() {
  std::array<field_line, lines_needed + 1> lines{};
  lines.fill({});
  std::array<char, octets_needed> octets{};
  const list_size size = write_list({lines, octets}, describe);
  constexpr field_line expected[] = {{"a", "b"},         {"x-y", "One   Two"}, {"z", "Three"},
                                     {":status", "204"}, {":path", "/?q"},     {}};
  for (std::size_t i = 0; i <= lines_needed; ++i)
    if (lines[i] != expected[i]) return false;
  return size == list_size{{}, lines_needed, octets_needed};
}

constexpr bool every_smaller_space_is_told_what_is_needed() {
  for (std::size_t lines = 0; lines <= lines_needed; ++lines)
    for (std::size_t octets = 0; octets <= octets_needed; ++octets) {
      const list_size size = wrong(lines, octets);
      if (lines == lines_needed && octets == octets_needed)
        return size == list_size{{}, lines, octets};
      const std::size_t at = lines < lines_needed ? lines_needed : octets_needed;
      if (size != list_size{{errc::no_space, at}, lines_needed, octets_needed}) return false;
    }
  return false;
}

}  // namespace

TEST_CASE("[XC-16] a list is written completely, with names in lower case and folds as spaces") {
  CHECK_BOTH(is_written());
}

TEST_CASE("a space that is too small is unchanged, and the failure has both sizes") {
  CHECK_BOTH(every_smaller_space_is_told_what_is_needed());
}
