// What is forwarded of lines that another parser has cut, or that the intermediary adds: none of
// them ends where it is not to.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/forwarded.hpp"

namespace {

using namespace turnout;
using forwarded::policy;
using kind = forwarding::verdict::kind;

/// Why lines from another parser can't be forwarded; errc::none if they are.
template <class Fields>
failure fault_of(const Fields& fields, const relay_policy& by = policy,
                 request_line asked = *request_line::parse("GET / HTTP/1.1")) {
  std::array<char, 512> out{};
  facts seen{asked.method, asked.version};
  for (const auto& [name, value] : fields) seen.see(name, value);
  const forwarding::verdict judged = turnout::forwarding::examine_request(seen, by);
  CHECK(judged.what != kind::refuse);
  const auto written = turnout::forwarding::write_forwarded(asked, fields, seen, judged, by, out);
  CHECK((out == std::array<char, 512>{}) == !written);
  return written.error();
}

const std::vector<std::pair<std::string, std::string>> to_a{{"Host", "a"}, {"X", "y"}};

/// The lines of a request to `a`, and another one.
auto with_line(const std::string& name, const std::string& value) {
  auto lines = to_a;
  lines.emplace_back(name, value);
  return lines;
}

}  // namespace

TEST_CASE("[MSG-03] [MSG-34] [MSG-82] no octet from another parser ends a line") {
  CHECK(fault_of(to_a) == failure{});
  for (const std::string value : {"a\r\nUpgrade: foo/2", "\r", "\n", "a\r\n b", "\x01", "\x7f"}) {
    CAPTURE(value);
    CHECK(fault_of(with_line("Y", value)) == failure{errc::unwritable, 2});
    CHECK(fault_of(with_line(value, "y")) == failure{errc::unwritable, 2});
    auto first = with_line("Z", "z");
    first.insert(first.begin(), {"Y", value});
    CHECK(fault_of(first) == failure{errc::unwritable, 0});
    // Removed lines are not written.
    CHECK(fault_of(with_line("Keep-Alive", value)) == failure{});
    CHECK(fault_of(with_line("Upgrade", value)) == failure{});
  }
  CHECK(fault_of(with_line("", "y")) == failure{errc::unwritable, 2});
  CHECK(fault_of(with_line("Content-Length ", "5")) == failure{errc::unwritable, 2});
  CHECK(fault_of(with_line("Y", std::string(1, '\0'))) == failure{errc::unwritable, 2});
  CHECK(fault_of(with_line("Y", "\t \xff")) == failure{});

  request_line asked = *request_line::parse("GET / HTTP/1.1");
  for (const std::string_view octets : {"", "/ HTTP/1.1\r\nX: y", "/a b", "/\n"}) {
    request_line other = asked;
    other.target.octets = octets;
    CHECK(fault_of(to_a, policy, other) == failure{errc::unwritable, 0});
  }
  asked.method_name = "GET /\r\nX: y";
  CHECK(fault_of(to_a, policy, asked) == failure{errc::unwritable, 0});
  request_line absolute = *request_line::parse("GET http://b/ HTTP/1.1");
  absolute.target.authority.host = "b\r\nX: y";
  CHECK(fault_of(to_a, policy, absolute) == failure{errc::unwritable, 0});
}

TEST_CASE("[INT-20] a malformed name is not written into Via") {
  for (const std::string_view name : {"", ":80", "a:", "a:x", "a:65536", "a b", "a,b", "[::1]:80",
                                      "p\r\nX: y", "a:1\r\n", "p (c)"}) {
    CAPTURE(name);
    CHECK(fault_of(to_a, {.name = name}) == failure{errc::unwritable, 2});
    static constexpr field_line own[] = {{"X", "y"}};
    CHECK(fault_of(to_a, {.name = name, .fields = own}) == failure{errc::unwritable, 3});
  }
}

TEST_CASE("[INT-03] [MSG-82] own lines may not replace those of the library, nor break the head") {
  static constexpr field_line reserved[] = {{"A", "1"}, {"connection", "close"}};
  static constexpr field_line broken[] = {{"A", "1\r\n"}};
  static constexpr field_line counted[] = {{"Max-Forwards", "1"}};
  CHECK(fault_of(to_a, {.fields = reserved}) == failure{errc::reserved_field, 3});
  CHECK(fault_of(to_a, {.fields = broken}) == failure{errc::unwritable, 2});
  CHECK(fault_of(to_a, {.fields = counted}) == failure{errc::reserved_field, 2});
}
