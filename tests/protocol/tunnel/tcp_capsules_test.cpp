// The capsules of connect-tcp: octets, their end, and what may not follow it.
#include "turnout/protocol/tunnel/tcp_capsules.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace turnout;
using namespace std::string_view_literals;

// As a public implementation tests them, with the types of a later draft: DATA "upstream",
// FINAL_DATA without octets.
constexpr std::string_view data = "\xa0\x28\xd7\xf2\x08upstream"sv;
constexpr std::string_view end = "\xa0\x28\xd7\xf3\x00"sv;
constexpr std::string_view last =
    "\xa0\x28\xd7\xf3\x0a"
    "downstream"sv;
constexpr std::string_view wrap_up = "\xa7\x2d\xda\x5e\x00"sv;

/// What a reader says of octets that come in two parts.
std::string read(std::string_view octets, std::size_t cut) {
  connect_tcp::payload_reader reader;
  std::string said;
  std::string unread;
  for (const std::string_view part : {octets.substr(0, cut), octets.substr(cut)}) {
    unread += part;
    for (;;) {
      const auto now = reader.next(unread);
      const std::string rest{now.rest};
      if (now.what == capsule::step::failed) return said + "!";
      if (now.what == capsule::step::capsule) said += "W";
      if (now.what == capsule::step::piece) said += std::string{now.value};
      unread = rest;
      if (now.what == capsule::step::need_more) break;
    }
  }
  return said + (reader.ended() ? "." : "") + (reader.input_ended(unread) ? "" : "?");
}

std::string read(const std::string& octets) {
  const std::string whole = read(octets, 0);
  for (std::size_t cut = 1; cut <= octets.size(); ++cut) CHECK(read(octets, cut) == whole);
  return whole;
}

std::string operator+(std::string_view one, std::string_view other) {
  return std::string{one} + std::string{other};
}

}  // namespace

TEST_CASE("[CTC-07] DATA and FINAL_DATA are the octets of the connection, in any pieces") {
  CHECK(read(data + end) == "upstream.");
  CHECK(read(std::string{last}) == "downstream.");
  CHECK(read(data + last) == "upstreamdownstream.");
  CHECK(read(std::string{end}) == ".");
}

TEST_CASE("[CTC-04] no octets follow FINAL_DATA") {
  CHECK(read(end + data) == "!");
  CHECK(read(last + end) == "downstream!");
  CHECK(read(data + end + std::string{"\x17\x01z"}) == "upstream.");  // others are skipped
}

TEST_CASE("[CTC-08] a connection that ends without FINAL_DATA is cut off") {
  CHECK(read(std::string{data}) == "upstream?");
  CHECK(read("") == "?");
  CHECK(read(std::string{last.substr(0, 8)}) == "dow?");
  CHECK(read(end + std::string{"\x17\x02z"}) == ".?");
}

TEST_CASE("[CTC-09] WRAP_UP is empty, and comes once") {
  CHECK(read(wrap_up + (data + end)) == "Wupstream.");
  CHECK(read(end + wrap_up) == "W.");
  CHECK(read(wrap_up + wrap_up) == "W!");
  CHECK(read("\xa7\x2d\xda\x5e\x01x") == "!");
  CHECK_BOTH(capsule::type::wrap_up == 0x272DDA5E);
}
