// What is for one connection alone, and what Connection may list.
#include "turnout/negotiation/hop_by_hop.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::field_name;
using turnout::field::connection;
using turnout::field::known_field;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;
using turnout::rules::is_hop_by_hop;

namespace {

constexpr std::string_view of_one_hop[] = {
    "Close", "Connection", "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "TE", "Upgrade"};

/// What check_nominated() finds in options that are well-formed.
constexpr failure nominated(value_lines lines) {
  const auto options = connection::parse(lines);
  return options ? turnout::rules::check_nominated(*options).error() : failure{errc::no_space, 0};
}

constexpr bool may_be(value_lines lines) { return nominated(lines) == failure{}; }

constexpr bool may_not_be(value_lines lines, std::size_t at) {
  return nominated(lines) == failure{errc::end_to_end_nominated, at};
}

/// A name with every second letter in the other case.
std::string in_other_case(std::string_view name) {
  std::string other{name};
  for (std::size_t i = 0; i < other.size(); i += 2)
    if (turnout::grammar::is_alpha(other[i])) other[i] = static_cast<char>(other[i] ^ 0x20);
  return other;
}

}  // namespace

TEST_CASE("[INT-02] [INT-06] the hop-by-hop fields are recognised in any case") {
  std::size_t found = 0;
  for (int i = 0; i <= static_cast<int>(field_name::x_stream_protocol_version); ++i)
    found += is_hop_by_hop(static_cast<field_name>(i)) ? 1u : 0u;
  CHECK(found == std::size(of_one_hop));
  for (const std::string_view name : of_one_hop) {
    CAPTURE(name);
    CHECK(is_hop_by_hop(known_field(name)));
    CHECK(is_hop_by_hop(known_field(in_other_case(name))));
    CHECK(!is_hop_by_hop(known_field(std::string{name} + "s")));
  }
  CHECK_BOTH(is_hop_by_hop(field_name::upgrade));
  CHECK_BOTH(is_hop_by_hop(field_name::http2_settings));
  CHECK_BOTH(!is_hop_by_hop(field_name::transfer_encoding));
  CHECK_BOTH(!is_hop_by_hop(field_name::max_forwards));
  CHECK_BOTH(!is_hop_by_hop(field_name::other));
}

TEST_CASE("[CON-04] [INT-01] Connection may list options, and fields for one hop") {
  CHECK_BOTH(may_be(value_lines{}));
  CHECK_BOTH(may_be(""));
  CHECK_BOTH(may_be(", ,"));
  CHECK_BOTH(may_be("close"));
  CHECK_BOTH(may_be("keep-alive, Upgrade"));
  CHECK_BOTH(may_be("Upgrade, HTTP2-Settings, x-foo, Keep-Alive, TE, Proxy-Connection"));
  for (const std::string_view name : of_one_hop) {
    CAPTURE(name);
    CHECK(may_be(name));
    CHECK(may_be(std::string_view{in_other_case(name)}));
  }
}

TEST_CASE("[INT-26] Connection may not list fields that frame, route or authenticate the message") {
  for (const std::string_view name : {"Authorization",
                                      "Cache-Control",
                                      "Capsule-Protocol",
                                      "Content-Length",
                                      "Content-Type",
                                      "Cookie",
                                      "Expect",
                                      "Forwarded",
                                      "Host",
                                      "Max-Forwards",
                                      "Origin",
                                      "Sec-WebSocket-Extensions",
                                      "Sec-WebSocket-Key",
                                      "Sec-WebSocket-Protocol",
                                      "Sec-WebSocket-Version",
                                      "Trailer",
                                      "Transfer-Encoding",
                                      "Via",
                                      "X-Forwarded-For",
                                      "X-Forwarded-Proto"}) {
    CAPTURE(name);
    CHECK(may_not_be(name, 0));
    CHECK(may_not_be(std::string_view{"close,\t" + in_other_case(name) + ", foo"}, 7));
    CHECK(may_be(std::string_view{"X" + std::string{name}}));
  }
  CHECK_BOTH(may_not_be("close, Host", 7));
  CHECK_BOTH(may_not_be("close, ,Content-Length", 8));
  CHECK_BOTH(may_not_be("a, Authorization, Host", 3));
}

TEST_CASE("[INT-26] Connection may not list fields that a server trusts") {
  CHECK_BOTH(may_not_be("X-Real-IP", 0));
  CHECK_BOTH(may_not_be("Upgrade, true-client-ip", 9));
  CHECK_BOTH(may_not_be("X-F5-Auth-Token, close", 0));
  static constexpr std::string_view ours[] = {"X-Tenant", "keep-alive"};
  constexpr auto guarded = [](std::string_view options) {
    return turnout::rules::check_nominated(*connection::parse(options), ours).error();
  };
  CHECK_BOTH(guarded("close, x-tenant") == failure{errc::end_to_end_nominated, 7});
  CHECK_BOTH(guarded("close, x-tenants") == failure{});
  CHECK_BOTH(guarded("Keep-Alive") == failure{});  // which nobody forwards anyway
  CHECK_BOTH(may_be("x-tenant"));
}

TEST_CASE("[INT-01] [ENG-12] Connection may list up to the limit of distinct fields") {
  std::string options = "Upgrade, TE";
  for (std::size_t i = 0; i < turnout::detail::nominated_fields::capacity; ++i)
    options += ", x-" + std::to_string(i);
  const auto parse = [&options] { return *connection::parse(std::string_view{options}, SIZE_MAX); };
  CHECK(turnout::rules::check_nominated(parse()));
  const turnout::detail::nominated_fields nominated{std::string_view{options}};
  CHECK(nominated.contains("X-0"));
  CHECK(nominated.contains("x-63"));
  CHECK(!nominated.contains("x-64"));
  CHECK(!nominated.contains("Upgrade"));
  options += ", x-64";
  CHECK(turnout::rules::check_nominated(parse()).error() ==
        failure{errc::too_many_elements, options.size() - 4});
}

TEST_CASE("[INT-26] the option at fault is found in any line") {
  static constexpr std::array<tagged_value, 4> lines{
      {{"close", 1}, {"Host", 2}, {"", 1}, {"foo, host", 1}}};
  CHECK_BOTH(may_not_be({lines, 1}, 12));
  CHECK_BOTH(value_lines{lines, 1}.from(12) == "host");
}
