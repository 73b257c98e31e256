// Datagrams: a context, and a UDP payload or an IP packet.
#include "turnout/protocol/tunnel/datagram.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace std::string_view_literals;
using turnout::errc;
using turnout::failure;
using turnout::capsule::datagram;

constexpr bool reads(std::string_view value, std::uint64_t context, std::string_view payload) {
  const auto read = datagram::parse(value);
  return read && read->context == context && read->payload == payload;
}

/// The value of a datagram of context 0 with so many octets.
std::string of_size(std::size_t payload) { return std::string(payload + 1, '\0'); }

}  // namespace

TEST_CASE("[UDP-14] [IPX-15] a datagram begins with a context") {
  CHECK_BOTH(
      reads("\x00"
            "abc"sv,
            0, "abc"));
  CHECK_BOTH(reads("\x02"sv, 2, ""));
  CHECK_BOTH(reads("\x40\x40z"sv, 64, "z"));
}

TEST_CASE("[UDP-15] [CAP-06] a value that ends within the context is malformed") {
  CHECK_BOTH(datagram::parse({}).error() == failure{errc::bad_capsule, 0});
  CHECK_BOTH(datagram::parse("\x40"sv).error() == failure{errc::bad_capsule, 1});
  CHECK_BOTH(datagram::parse_udp("\xC0\0\0\0\0\0\0"sv).error() == failure{errc::bad_capsule, 7});
}

TEST_CASE("[UDP-16] a UDP payload has at most 65527 octets") {
  CHECK(datagram::parse_udp(of_size(65526)));
  CHECK(datagram::parse_udp(of_size(65527)));
  CHECK(datagram::parse_udp(of_size(65528)).error() == failure{errc::bad_capsule, 65528});
  CHECK(datagram::parse(of_size(65528)));
  CHECK(datagram::parse_udp("\x02" + of_size(65528)));
}

TEST_CASE("[UDP-16] a datagram that is longer than UDP allows is refused before it is complete") {
  constexpr turnout::capsule::known known[] = {turnout::capsule::udp_datagrams};
  turnout::capsule::reader reader{known};
  CHECK(reader.next("\x00\x80\x00\xFF\xFF"sv).what == turnout::capsule::step::need_more);
  CHECK(reader.next("\x00\x80\x01\x00\x00"sv).why == failure{errc::capsule_too_long, 0});
}

TEST_CASE("[UDP-14] a datagram is written as a capsule, with or without its payload") {
  std::array<char, 32> out{};
  CHECK(*turnout::write(datagram{0, "abc"}, out) ==
        "\x00\x04\x00"
        "abc"sv);
  CHECK(*turnout::write(datagram{64, "z"}, out) == "\x00\x03\x40\x40z"sv);
  turnout::writer header{out};
  datagram{0, "abc"}.put_header(header);
  CHECK(std::string_view{out.data(), header.size()} == "\x00\x04\x00"sv);
  CHECK(turnout::write(datagram{std::uint64_t{1} << 62, "z"}, out).error() ==
        failure{errc::unwritable, 0});
}
