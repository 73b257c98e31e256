// The lines of a head that are not forwarded unchanged, found by its facts.
#include "turnout/negotiation/relay/changed_lines.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"

namespace {

using turnout::facts;
using turnout::field_name;
using turnout::writer;
using turnout::field::detail::name_set;
using turnout::forwarding::removed_fields;
using turnout::forwarding::detail::changed_lines;
using turnout::forwarding::detail::put_kept_lines;

constexpr std::string_view octets =
    "TE: a\r\nX: y\r\nupgrade: b\r\nTe: \r\nHost: c\r\nConnection: d, x\r\n";
constexpr name_set wanted = name_set{field_name::upgrade} | field_name::te | field_name::close;

constexpr facts noted(std::string_view lines) {
  return fixtures::with({turnout::method::get, turnout::http_1_1}, lines);
}

/// The lines that are found, each in brackets.
std::string found(const changed_lines& lines) {
  std::string all;
  for (std::size_t i = 0; i < lines.size(); ++i)
    all += "[" + std::string{lines[i].begin, lines[i].end} + "]";
  return all;
}

std::string kept(const facts& message, bool underscored, std::string_view lines) {
  std::array<char, 128> room{};
  writer to{room};
  const turnout::request_target target = *turnout::request_target::parse(turnout::method::get, "/");
  put_kept_lines(to, lines, removed_fields{message, target, underscored});
  return {room.data(), to.size()};
}

}  // namespace

TEST_CASE("[MSG-48] lines are found in the order in which they are in the head") {
  CHECK(found({noted(octets), wanted}) == "[TE: a\r\n][upgrade: b\r\n][Te: \r\n]");
  CHECK(found({noted(octets), field_name::connection}) == "[Connection: d, x\r\n]");
  CHECK(found({noted(octets), field_name::close}).empty());
  CHECK(found({noted(octets), {}}).empty());
}

TEST_CASE("[MSG-48] lines of a repeated field are found among those of others") {
  constexpr std::string_view mixed = "TE: a\r\nUpgrade: b\r\nTE: c\r\nConnection: d\r\n";
  constexpr name_set all = wanted | field_name::connection;
  CHECK(found({noted(mixed), all}) == "[TE: a\r\n][Upgrade: b\r\n][TE: c\r\n][Connection: d\r\n]");
  const changed_lines lines{noted(mixed), all};
  CHECK(lines[2].field == field_name::te);
  CHECK(lines[3].field == field_name::connection);
}

TEST_CASE("each line has its field") {
  const changed_lines lines{noted(octets), wanted};
  CHECK(lines[0].field == field_name::te);
  CHECK(lines[1].field == field_name::upgrade);
  CHECK(lines[2].field == field_name::te);
}

TEST_CASE("facts of other octets are detected") {
  CHECK_BOTH(changed_lines{noted(octets), wanted}.are_within(octets));
  CHECK_BOTH(!changed_lines{noted(octets), wanted}.are_within(octets.substr(7)));
  CHECK_BOTH(!changed_lines{noted(octets), wanted}.are_within(octets.substr(0, 30)));
  CHECK_BOTH(changed_lines{noted(octets), field_name::upgrade}.are_within(octets.substr(7)));
  CHECK_BOTH(changed_lines{noted(octets), {}}.are_within({}));
  // The same line twice.
  facts twice = noted(octets);
  twice.see("Upgrade", twice.lines("Upgrade").first());
  CHECK(!changed_lines{twice, wanted}.are_within(octets));
}

TEST_CASE("all lines that facts keep are found") {
  std::string many;
  for (std::size_t i = 0; i < facts::max_lines / 2; ++i) many += "TE: a\r\nUpgrade: b\r\n";
  const facts seen = noted(many);
  REQUIRE(!seen.check_complete());
  const changed_lines lines{seen, wanted};
  REQUIRE(lines.size() == facts::max_lines);
  std::string all;
  for (std::size_t i = 0; i < lines.size(); ++i) all += std::string{lines[i].begin, lines[i].end};
  CHECK(all == many);
}

TEST_CASE("[INT-01] [INT-02] names of kept lines are compared only if some are removed") {
  constexpr std::string_view lines = "X: y\r\nA_B: \r\nx: z\r\nX2: 1\r\n";
  constexpr std::string_view none = "Connection: upgrade\r\n";
  CHECK(kept(noted(none), false, lines) == lines);
  CHECK(kept(noted(octets), false, lines) == "A_B: \r\nX2: 1\r\n");
  CHECK(kept(noted(octets), true, lines) == "X2: 1\r\n");
  CHECK(kept(noted(none), true, lines) == "X: y\r\nx: z\r\nX2: 1\r\n");
  // A line that ends otherwise can't be here, so that nothing but names is looked at.
  CHECK(kept(noted(none), false, "no line") == "no line");
}
