// Which field lines a caller may add to which message, and what is never let through.
#include "turnout/negotiation/written_fields.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::field_name;
using turnout::detail::message_role;

constexpr std::array messages{message_role::request, message_role::switching, message_role::tunnel,
                              message_role::forwarded, message_role::refusal};

/// What is wrong with `fields` in a message; errc::none if nothing is.
constexpr failure fault_of(std::span<const field_line> fields, message_role in) {
  turnout::writer to;
  turnout::detail::put_caller_fields(to, fields, in);
  return to.error();
}

constexpr std::string_view known_names[] = {
    "Capsule-Protocol",
    "Close",
    "Connection",
    "Content-Length",
    "Expect",
    "Host",
    "HTTP2-Settings",
    "Keep-Alive",
    "Proxy-Connection",
    "Sec-WebSocket-Accept",
    "Sec-WebSocket-Extensions",
    "Sec-WebSocket-Key",
    "Sec-WebSocket-Protocol",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "X-Stream-Protocol-Version",
};

/// Those of the known names that some messages may have after all: in the order of message_role.
struct exception {
  field_name name;
  std::array<bool, messages.size()> allowed;
};
constexpr exception exceptions[] = {
    {field_name::alpn, {true, false, true, false, false}},
    {field_name::content_type, {true, true, true, true, true}},
    {field_name::max_forwards, {true, false, false, false, false}},
    {field_name::origin, {true, false, false, false, false}},
    {field_name::te, {true, false, false, false, false}},
    {field_name::sec_websocket_version, {false, false, false, false, true}}};

}  // namespace

TEST_CASE(
    "fields that the library writes, or that a message may not have, are reserved in every "
    "message") {
  // CAP-14, CON-03, CON-12, CON-13, MSG-47, MSG-57, UPG-05, UPG-33, WS-12.
  for (const std::string_view name : known_names) {
    for (const message_role in : messages) {
      CAPTURE(name);
      CHECK(turnout::rules::is_reserved(turnout::field::known_field(name), in));
      const field_line fields[] = {{"X", "y"}, {name, "1"}};
      CHECK(fault_of(fields, in) == failure{errc::reserved_field, 1});
    }
  }
  CHECK_BOTH(turnout::rules::is_reserved(field_name::content_length, message_role::switching));
  CHECK_BOTH(turnout::rules::is_reserved(field_name::transfer_encoding, message_role::switching));
  CHECK_BOTH(turnout::rules::is_reserved(field_name::content_length, message_role::tunnel));
  CHECK_BOTH(turnout::rules::is_reserved(field_name::transfer_encoding, message_role::tunnel));
}

TEST_CASE(
    "[ALP-20] [CON-11] [DKR-02] [H2C-07] [WS-09] [WS-52] [WS-56] some messages may have some of "
    "the reserved fields") {
  for (const exception& one : exceptions) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const field_line fields[] = {{turnout::field::spelling(one.name), "13"}};
      CHECK(turnout::rules::is_reserved(one.name, messages[i]) == !one.allowed[i]);
      CHECK((fault_of(fields, messages[i]).code == errc::none) == one.allowed[i]);
    }
  }
  CHECK_BOTH(!turnout::rules::is_reserved(field_name::te, message_role::request));
  CHECK_BOTH(turnout::rules::is_reserved(field_name::te, message_role::refusal));
  CHECK(std::size(known_names) + std::size(exceptions) ==
        static_cast<std::size_t>(field_name::x_stream_protocol_version));
}

TEST_CASE("[CON-13] [GRM-14] a reserved name is reserved in any case, but not a longer name") {
  static constexpr field_line any_case[] = {{"cOnTeNt-LeNgTh", "0"}};
  static constexpr field_line longer[] = {
      {"Content-Length2", "0"}, {"Closed", "x"}, {"X-Host", ""}};
  CHECK_BOTH(fault_of(any_case, message_role::switching) == failure{errc::reserved_field, 0});
  for (const message_role in : messages) {
    CHECK(fault_of(longer, in).code == errc::none);
    CHECK(!turnout::rules::is_reserved(field_name::other, in));
  }
}

TEST_CASE("field lines are put in order, each with its CRLF") {
  static constexpr field_line fields[] = {
      {"Date", "now"}, {"Set-Cookie", "a=b"}, {"X", ""}, {"Set-Cookie", "c=\xFF"}};
  const std::string_view expected = "Date: now\r\nSet-Cookie: a=b\r\nX: \r\nSet-Cookie: c=\xFF\r\n";
  for (const message_role in : messages) {
    std::array<char, 64> out{};
    turnout::writer to{out};
    turnout::detail::put_caller_fields(to, fields, in);
    CHECK(to.error().code == errc::none);
    CHECK(std::string_view{out.data(), to.size()} == expected);
  }
  CHECK_BOTH(fault_of({}, message_role::request).code == errc::none);
}

TEST_CASE("[MSG-03] [MSG-34] [MSG-82] no octet that ends a line or a name is ever written") {
  const std::string_view signs = "!#$%&'*+-.^_`|~";
  for (int i = 0; i < 256; ++i) {
    const char octet = static_cast<char>(i);
    const bool alphanumeric = (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') ||
                              (octet >= 'A' && octet <= 'Z');
    const bool in_name = alphanumeric || signs.find(octet) != signs.npos;
    const bool in_value = octet == '\t' || (i >= 0x20 && i != 0x7F);
    CAPTURE(i);
    for (const std::string_view around : {"", "ab"}) {
      std::string text{around};
      text.insert(text.size() / 2, 1, octet);
      const field_line named[] = {{"X", "y"}, {"Y", "z"}, {text, "y"}};
      const field_line valued[] = {{"X", text}, {"Y", "z"}};
      for (const message_role in : messages) {
        CHECK(fault_of(named, in) == (in_name ? failure{} : failure{errc::unwritable, 2}));
        CHECK(fault_of(valued, in) == (in_value ? failure{} : failure{errc::unwritable, 0}));
      }
    }
  }
}

TEST_CASE("the failure has the first line at fault, and a line without a name is at fault") {
  static constexpr field_line both[] = {{"X", "y"}, {"X", "\n"}, {"Host", "a"}};
  static constexpr field_line reversed[] = {{"Host", "\n"}, {"X", "\n"}};
  static constexpr field_line nameless[] = {{"", "y"}};
  CHECK_BOTH(fault_of(both, message_role::request) == failure{errc::unwritable, 1});
  CHECK_BOTH(fault_of(reversed, message_role::request) == failure{errc::reserved_field, 0});
  CHECK_BOTH(fault_of(nameless, message_role::request) == failure{errc::unwritable, 0});
}

TEST_CASE("indexes continue after the lines before") {
  static constexpr field_line fields[] = {{"X", "y"}, {"X", "\n"}, {"Host", "a"}};
  turnout::writer to;
  turnout::detail::put_caller_fields(to, fields, message_role::forwarded, 5);
  CHECK(to.error() == failure{errc::unwritable, 6});
  turnout::writer other;
  turnout::detail::put_caller_fields(other, std::span{fields}.subspan(2), message_role::forwarded,
                                     5);
  CHECK(other.error() == failure{errc::reserved_field, 5});
}

TEST_CASE("an earlier failure is kept") {
  turnout::writer to;
  to.fail({errc::no_protocol, 7});
  const field_line fields[] = {{"Host", "a"}};
  turnout::detail::put_caller_fields(to, fields, message_role::refusal);
  CHECK(to.error() == failure{errc::no_protocol, 7});
}

TEST_CASE("a field is found among a caller's field lines by its name in any case") {
  static constexpr field_line fields[] = {{"X", "y"}, {"tE", "trailers"}};
  CHECK_BOTH(turnout::rules::has_field(fields, field_name::te));
  CHECK_BOTH(!turnout::rules::has_field(fields, field_name::origin));
  CHECK_BOTH(!turnout::rules::has_field({}, field_name::te));
}
