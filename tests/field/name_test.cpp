// Field names that the library knows: in any case, and as whole names.
#include "turnout/field/name.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/token.hpp"

using turnout::field_name;
using turnout::field::known_field;
using turnout::field::spelling;

namespace {

constexpr std::size_t first = static_cast<std::size_t>(field_name::other) + 1;
constexpr std::size_t last = static_cast<std::size_t>(field_name::x_stream_protocol_version);

constexpr field_name at(std::size_t number) { return static_cast<field_name>(number); }

// All spellings, each with a space after it.
std::string spellings() {
  std::string all;
  for (std::size_t number = first; number <= last; ++number)
    all += std::string{spelling(at(number))} + " ";
  return all;
}

std::string in_case(std::string_view name, bool capital) {
  std::string other{name};
  for (char& octet : other)
    if (turnout::grammar::is_alpha(octet))
      octet = static_cast<char>(capital ? octet & ~0x20 : octet | 0x20);
  return other;
}

}  // namespace

TEST_CASE("each known field has a unique spelling, which is a token") {
  for (std::size_t number = first; number <= last; ++number) {
    CAPTURE(number);
    CHECK(turnout::grammar::is_token(spelling(at(number))));
    CHECK(known_field(spelling(at(number))) == at(number));
  }
  CHECK(spellings() ==
        "ALPN Capsule-Protocol Close Connection Content-Length Content-Type Expect Host "
        "HTTP2-Settings "
        "Keep-Alive Max-Forwards Origin Proxy-Connection Sec-WebSocket-Accept "
        "Sec-WebSocket-Extensions "
        "Sec-WebSocket-Key Sec-WebSocket-Protocol "
        "Sec-WebSocket-Version TE Trailer Transfer-Encoding Upgrade "
        "X-Stream-Protocol-Version ");
  CHECK_BOTH(spelling(field_name::other) == "");
  CHECK_BOTH(spelling(field_name::sec_websocket_key) == "Sec-WebSocket-Key");
  CHECK_BOTH(spelling(field_name::te) == "TE");
  CHECK_BOTH(spelling(field_name::upgrade) == "Upgrade");
}

TEST_CASE("[MSG-35] [GRM-14] a field is known in any case") {
  CHECK_BOTH(known_field("uPGRADE") == field_name::upgrade);
  CHECK_BOTH(known_field("cONNECTION") == field_name::connection);
  CHECK_BOTH(known_field("sec-websocket-key") == field_name::sec_websocket_key);
  for (std::size_t number = first; number <= last; ++number) {
    CAPTURE(number);
    CHECK(known_field(in_case(spelling(at(number)), true)) == at(number));
    CHECK(known_field(in_case(spelling(at(number)), false)) == at(number));
  }
}

TEST_CASE("a name that differs from a known one in any octet is field_name::other") {
  CHECK_BOTH(known_field("") == field_name::other);
  CHECK_BOTH(known_field("Upgrade ") == field_name::other);
  CHECK_BOTH(known_field("X-Upgrade") == field_name::other);
  CHECK_BOTH(known_field("Content_Length") == field_name::other);
  CHECK_BOTH(known_field("Sec-WebSocket") == field_name::other);
  for (std::size_t number = first; number <= last; ++number) {
    CAPTURE(number);
    const std::string_view name = spelling(at(number));
    CHECK(known_field(name.substr(1)) == field_name::other);
    CHECK(known_field(name.substr(0, name.size() - 1)) == field_name::other);
    for (std::size_t place = 0; place < name.size(); ++place) {
      std::string other{name};
      other[place] = '_';
      CHECK(known_field(other) == field_name::other);
      other[place] = static_cast<char>(name[place] | 0x80);
      CHECK(known_field(other) == field_name::other);
    }
  }
}

TEST_CASE("fields that must not be sent are known by name") {
  CHECK_BOTH(known_field("close") == field_name::close);
  CHECK_BOTH(known_field("Proxy-Connection") == field_name::proxy_connection);
}

TEST_CASE("[GRM-16] letters are folded by ASCII alone") {
  CHECK_BOTH(known_field("Sec-WebSoc\xE2\x84\xAA"
                         "et-Key") == field_name::other);    // the Kelvin sign
  CHECK_BOTH(known_field("\xC4\xB0") == field_name::other);  // a dotted I
}

TEST_CASE("the numbers after those of the known fields have no spelling") {
  constexpr auto known = std::size(turnout::field::detail::field_spellings);
  CHECK_BOTH(!spelling(static_cast<field_name>(known - 1)).empty());
  CHECK_BOTH(spelling(static_cast<field_name>(known)).empty());
  CHECK_BOTH(spelling(static_cast<field_name>(known + 1)).empty());
}

TEST_CASE("each spelling is cut into its last 16 octets and its first ones") {
  namespace detail = turnout::field::detail;
  for (std::size_t number = first; number <= last; ++number) {
    const std::string name{detail::field_spellings[number]};
    CAPTURE(name);
    const std::string end = (std::string(16, '.') + name).substr(name.size());
    const std::string begin = name.size() > 16 ? name.substr(0, 16) : end;
    CHECK(detail::cut_spellings[number].octets == end + begin);
  }
}

TEST_CASE("all octets of a name matter but for their case, and none before it") {
  namespace detail = turnout::field::detail;
  for (std::size_t size = 0; size <= detail::longest_spelling; ++size)
    for (std::size_t place = 0; place < 16; ++place) {
      CAPTURE(size);
      CAPTURE(place);
      CHECK(detail::name_bits[size + place] == (place + size < 16 ? '\0' : '\xDF'));
    }
}

TEST_CASE("the table of sizes and letters is the same when it is made at run time") {
  namespace detail = turnout::field::detail;
  const detail::spelling_table made;
  for (std::size_t size = 0; size <= detail::longest_spelling; ++size)
    CHECK(std::ranges::equal(made.by_size_and_letter[size],
                             detail::spellings.by_size_and_letter[size]));
}
