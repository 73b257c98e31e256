// Field lines of HTTP/2 and HTTP/3, as a table of lines and what is wrong with them.
#include "turnout/protocol/extended_connect/field.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "support/both.hpp"
#include "support/table.hpp"

namespace {

using namespace std::string_view_literals;
using turnout::errc;
using turnout::failure;
using turnout::field_line;
using turnout::extended_connect::check_field;
using turnout::extended_connect::check_fields;
using turnout::extended_connect::crosses;

struct row {
  field_line line;
  errc code;
};

constexpr row rows[] = {
    {{"a", ""}, errc::none},
    {{"x-y_1!#$%&'*+-.^`|~", "a\tb \x80\xFF"}, errc::none},
    {{"te", "trailers"}, errc::none},
    {{"", "a"}, errc::bad_field_name},
    {{"Foo", "a"}, errc::bad_field_name},
    {{"fooZ", "a"}, errc::bad_field_name},
    {{" a", "a"}, errc::bad_field_name},
    {{"a ", "a"}, errc::bad_field_name},
    {{"a:b", "a"}, errc::bad_field_name},
    {{"a\0"sv, "a"}, errc::bad_field_name},
    {{"a\x7F", "a"}, errc::bad_field_name},
    {{"a\x80", "a"}, errc::bad_field_name},
    {{"a\"", "a"}, errc::bad_field_name},
    {{":path", "a"}, errc::misplaced_pseudo_header},
    {{":", "a"}, errc::misplaced_pseudo_header},
    {{"a", "a\r\nX: y"}, errc::control_octet},
    {{"a", "a\rb"}, errc::control_octet},
    {{"a", "a\nb"}, errc::control_octet},
    {{"a", "a\0b"sv}, errc::control_octet},
    {{"a", "a\x01"}, errc::control_octet},
    {{"a", "a\x7F"}, errc::control_octet},
    {{"a", " a"}, errc::whitespace_around_value},
    {{"a", "a "}, errc::whitespace_around_value},
    {{"a", "\ta"}, errc::whitespace_around_value},
    {{"a", "a\t"}, errc::whitespace_around_value},
    {{"a", " "}, errc::whitespace_around_value},
    {{"connection", "upgrade"}, errc::connection_specific_field},
    {{"upgrade", "websocket"}, errc::connection_specific_field},
    {{"keep-alive", "timeout=5"}, errc::connection_specific_field},
    {{"proxy-connection", ""}, errc::connection_specific_field},
    {{"transfer-encoding", "chunked"}, errc::connection_specific_field},
    {{"te", "trailers, deflate"}, errc::connection_specific_field},
    {{"te", "deflate"}, errc::connection_specific_field},
    {{"te", "Trailers"}, errc::connection_specific_field},
    {{"te", ""}, errc::connection_specific_field},
    {{"te", "trailers "}, errc::connection_specific_field},
};

/// The number of the first row that is not as it says, alone and after two sound lines.
constexpr std::size_t first_wrong() {
  return table::first_wrong(rows, [&](const row& one) {
    const std::array<field_line, 3> list{{{"a", "b"}, {"a", "c"}, one.line}};
    const failure alone{one.code, 0};
    const failure after{one.code, one.code == errc::none ? 0u : 2u};
    return check_field(one.line).error() == alone && check_fields(list).error() == after &&
           check_fields(list, 3).error() == failure{};
  });
}

}  // namespace

TEST_CASE(
    "[XC-12] [XC-13] [XC-16] [CON-14] [UPG-52] names, values and fields for one connection are "
    "checked") {
  CHECK_BOTH(first_wrong() == std::size(rows));
}

TEST_CASE("[XC-12] [XC-25] [INT-28] fields for one hop are not forwarded, in any case") {
  constexpr std::array<std::string_view, 13> stays{"Close",
                                                   "Connection",
                                                   "content-length",
                                                   "Expect",
                                                   "Host",
                                                   "HTTP2-Settings",
                                                   "keep-alive",
                                                   "Proxy-Connection",
                                                   "Sec-WebSocket-Accept",
                                                   "sec-websocket-key",
                                                   "TE",
                                                   "Transfer-Encoding",
                                                   "UPGRADE"};
  for (const std::string_view name : stays) CHECK_MESSAGE(!crosses(name), name);
  for (const std::string_view name :
       {"origin"sv, "Cookie"sv, "sec-websocket-version"sv, "sec-websocket-protocol"sv,
        "sec-websocket-extensions"sv, "capsule-protocol"sv, "content-type"sv, "x"sv})
    CHECK_MESSAGE(crosses(name), name);
}
