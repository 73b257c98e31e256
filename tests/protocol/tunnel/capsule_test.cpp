// Capsules: those that are known are delivered, all others are skipped.
#include "turnout/protocol/tunnel/capsule.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/capsule_laws.hpp"

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
namespace capsule = turnout::capsule;
using capsule::delivery;
using capsule::step;
using capsule_laws::types;
using turnout::errc;

/// Checks the capsules in octets, in any pieces.
void check_told(std::string_view octets, std::string_view wanted) {
  for (std::size_t piece = 1; piece <= octets.size() + 1; ++piece) {
    CAPTURE(piece);
    CHECK(capsule_laws::told(octets, piece) == wanted);
  }
}

constexpr capsule::received read(std::string_view octets) {
  return capsule::reader{types}.next(octets);
}

}  // namespace

TEST_CASE("[CAP-02] a known capsule is returned whole") {
  check_told("\x00\x03xyz"sv, "0:xyz\nends");
  check_told("\x40\x00\x40\x03xyz"sv, "0:xyz\nends");
  check_told("\x00\x00\x01\x01z"sv, "0:\n1:z\nends");
  CHECK_BOTH(read("\x00\x01z!"sv).value == "z");
  CHECK_BOTH(read("\x00\x01z!"sv).rest == "!");
  CHECK_BOTH(read("\x00\x02z"sv).what == step::need_more);
  CHECK_BOTH(read("\x00\x02z"sv).rest == "\x00\x02z"sv);
}

TEST_CASE("[CAP-03] unknown capsules are skipped silently") {
  check_told("\x17\x03xyz\x00\x01z"sv, "0:z\nends");
  check_told("\x40\x40\x00\x00\x00"sv, "0:\nends");
  check_told("\x17\x00"sv, "ends");
}

TEST_CASE("[CAP-04] a capsule that is too long is skipped without a buffer, or refused at once") {
  const std::string longest(64, 'x');
  check_told("\x00\x40\x40"s + longest, "0:" + longest + "\nends");
  check_told("\x00\x40\x41"s + longest + "x\x00\x00"s, "0:\nends");
  check_told("\x00\x00\x01\x04wxyz\x01\x05"sv, "0:\n1:wxyz\nfails at 8");
  CHECK_BOTH(read("\x01\x05"sv).why == turnout::failure{errc::capsule_too_long, 0});
  CHECK_BOTH(read("\x17\x01x\x01\x05"sv).why == turnout::failure{errc::capsule_too_long, 3});
  CHECK_BOTH(read("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv).why.code == errc::capsule_too_long);
  CHECK_BOTH(read("\x17\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFxyz"sv).what == step::need_more);
  CHECK_BOTH(read("\x17\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFxyz"sv).rest.empty());
}

TEST_CASE("[CAP-04] a capsule in pieces is returned as it arrives") {
  check_told("\x02\x03xyz\x02\x00\x00\x01z"sv, "xyz\n\n0:z\nends");
  CHECK_BOTH(read("\x02\x03xy"sv).value == "xy");
  CHECK_BOTH(!read("\x02\x03xy"sv).last);
  CHECK_BOTH(read("\x02\x03wxyz"sv).value == "wxy");
  CHECK_BOTH(read("\x02\x03wxyz"sv).last);
  CHECK_BOTH(read("\x02\x00"sv).what == step::piece);
  CHECK_BOTH(read("\x02\x00"sv).last);
  CHECK_BOTH(read("\x02\x03"sv).what == step::need_more);
}

TEST_CASE("[CAP-05] a stream that ends within a capsule is malformed") {
  for (const auto octets :
       {"\x00"sv, "\x40"sv, "\x00\x01"sv, "\x00\x02x"sv, "\x17\x02x"sv, "\x17\x02"sv, "\x02\x01"sv})
    check_told(octets, "is cut");
  check_told("\x17\x02xy"sv, "ends");
  CHECK_BOTH(capsule::reader{types}.input_ended({}).error().code == errc::none);
  CHECK_BOTH(capsule::reader{types}.input_ended("\x00"sv).error() ==
             turnout::failure{errc::incomplete, 1});
}

TEST_CASE("readers are equal if they know the same types and are in the same place") {
  constexpr auto after = [](std::string_view octets) {
    capsule::reader reader{types};
    (void)reader.next(octets);
    return reader;
  };
  CHECK_BOTH(after({}) == capsule::reader{types});
  CHECK_BOTH(after("\x17\x02x"sv) == after("\x17\x03xy"sv));
  CHECK_BOTH(after("\x17\x02x"sv) != after("\x17\x02"sv));
  CHECK_BOTH(after("\x17\x02x"sv) != after("\x18\x02x"sv));
  CHECK_BOTH(after("\x02\x02x"sv) != after("\x17\x02x"sv));
  CHECK_BOTH(capsule::reader{types} != capsule::reader{{types, 1}});
  static constexpr capsule::known pieces[] = {{0, 0, delivery::in_pieces}};
  capsule::reader told{pieces};
  CHECK(told.next("\x00\x00"sv).what == step::piece);
  CHECK(told != capsule::reader{pieces});
  static constexpr capsule::known others[] = {{0}, {1}, {2}};
  CHECK(capsule::reader{types} != capsule::reader{others});
}

TEST_CASE("[CAP-17] after an error, a reader returns the same error again") {
  capsule::reader reader{types};
  CHECK(reader.next("\x01\x05"sv).what == step::failed);
  CHECK(reader.next("\x01\x05"sv).what == step::failed);
}

TEST_CASE("[CAP-02] type and length are written if they are valid") {
  std::array<char, 16> out{};
  CHECK(*turnout::write(capsule::header{0, 3}, out) == "\x00\x03"sv);
  CHECK(*turnout::write(capsule::header{0x40, 0x4000}, out) == "\x40\x40\x80\x00\x40\x00"sv);
  CHECK(turnout::write(capsule::header{std::uint64_t{1} << 62, 0}, out).error() ==
        turnout::failure{errc::unwritable, 0});
  CHECK(turnout::write(capsule::header{0, std::uint64_t{1} << 62}, out).error() ==
        turnout::failure{errc::unwritable, 1});
  CHECK(turnout::write(capsule::header{0, 3}, {out.data(), 1}).error() ==
        turnout::failure{errc::no_space, 2});
}

TEST_CASE("the steps and deliveries have names") {
  CHECK_BOTH(name_of(step::need_more) == "need_more");
  CHECK_BOTH(name_of(step::failed) == "failed");
  CHECK_BOTH(name_of(delivery::whole_or_skip) == "whole_or_skip");
  CHECK_BOTH(name_of(delivery::in_pieces) == "in_pieces");
}
