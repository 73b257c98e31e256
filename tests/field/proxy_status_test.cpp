// Proxy-Status: reports that were read, ignored or written.
#include "turnout/field/proxy_status.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::field::proxy_report;
using turnout::field::proxy_status;

/// The only report of a value.
constexpr proxy_report only(std::string_view value) {
  const auto status = proxy_status::parse(value);
  return status ? *status->begin() : proxy_report{};
}

constexpr bool writes(const proxy_report& report, std::string_view value) {
  std::array<char, 256> out{};
  const auto written = turnout::write(report, out);
  return written && *written == value;
}

}  // namespace

TEST_CASE("[PRS-01] the examples of RFC 9209 are read") {
  CHECK_BOTH(only("ExampleCDN; error=connection_timeout") ==
             proxy_report{.proxy = "ExampleCDN", .error = "connection_timeout"});
  CHECK_BOTH(only("\"gateway.example.org\"; next-hop=backend.example.org:8001") ==
             proxy_report{.proxy = "gateway.example.org", .next_hop = "backend.example.org:8001"});
  CHECK_BOTH(only("proxy.example.org; next-protocol=h2") ==
             proxy_report{.proxy = "proxy.example.org", .next_protocol = "h2"});
  CHECK_BOTH(only("ExampleCDN; received-status=200").received_status == 200);
  CHECK_BOTH(only("cdn;error=dns_timeout;details=\"took \\\"long\\\"\"").details ==
             "took \\\"long\\\"");
}

TEST_CASE("[PRS-01] several reports are in the order of the intermediaries") {
  const turnout::grammar::tagged_value lines[] = {
      {"FooProxy, ExampleCDN; error=connection_timeout", 0}, {"\"c\"", 0}};
  std::string names;
  for (const proxy_report& one : *proxy_status::parse({lines, 0}))
    names += std::string{one.proxy} + ";";
  CHECK(names == "FooProxy;ExampleCDN;c;");
  CHECK_BOTH(proxy_status::parse(turnout::grammar::value_lines{})->empty());
  CHECK_BOTH(proxy_status::parse("").error() == failure{});
  CHECK_BOTH(proxy_status::parse("")->empty());
  CHECK(proxy_status{}.begin() == proxy_status{}.end());
}

TEST_CASE("[PRS-01] parameters that are unknown or of another type are ignored") {
  CHECK_BOTH(only("a; error=\"dns_error\"; next-hop=1; details=x; y=?1") ==
             proxy_report{.proxy = "a"});
  CHECK_BOTH(only("a; received-status=\"200\"").received_status == 0);
  CHECK_BOTH(only("a; received-status=1000").received_status == 0);
  CHECK_BOTH(only("a; received-status=-1").received_status == 0);
  CHECK_BOTH(only("a; next-protocol=:aDI=:").next_protocol.empty());
  CHECK_BOTH(only("a; error=x; error=y").error == "y");
}

TEST_CASE("[PRS-01] a malformed field is a failure, which says where") {
  const auto fault_of = [](std::string_view value) { return proxy_status::parse(value).error(); };
  CHECK(fault_of(",") == failure{errc::bad_structured_item, 0});
  CHECK(fault_of("a,") == failure{errc::bad_structured_item, 2});
  CHECK(fault_of("a,,b") == failure{errc::bad_structured_item, 2});
  CHECK(fault_of("a b") == failure{errc::bad_structured_item, 2});
  CHECK(fault_of("a; Error=x") == failure{errc::bad_structured_item, 3});
  CHECK(fault_of("(a b)") == failure{errc::bad_structured_item, 0});
  CHECK(fault_of("1") == failure{errc::bad_structured_item, 0});
  CHECK(fault_of("?1") == failure{errc::bad_structured_item, 0});
  CHECK(proxy_status::parse("a, b", 1).error() == failure{errc::too_many_elements, 3});
  CHECK(proxy_status::parse("a, b", 2));
}

TEST_CASE("[PRS-02] a report is written as it is read") {
  CHECK_BOTH(writes({.proxy = "a", .error = "dns_error"}, "a; error=dns_error"));
  CHECK_BOTH(writes({.proxy = "a b"}, "\"a b\""));
  CHECK_BOTH(writes({.proxy = "a:8080"}, "a:8080"));
  CHECK_BOTH(writes({.proxy = "1a"}, "\"1a\""));
  CHECK_BOTH(writes({.proxy = "a", .details = R"(say "\o/" ~)"}, R"(a; details="say \"\\o/\" ~")"));
  CHECK_BOTH(
      writes({.proxy = "a",
              .error = "e",
              .next_hop = "b",
              .next_protocol = "h2",
              .received_status = 503,
              .details = "x"},
             "a; error=e; next-protocol=h2; next-hop=b; received-status=503; details=\"x\""));
}

TEST_CASE("[PRS-02] what can't be in the field is not written") {
  std::array<char, 64> out{};
  for (const proxy_report& bad :
       {proxy_report{}, proxy_report{.proxy = "a\r\nb"}, proxy_report{.proxy = "\xc3\xa9"},
        proxy_report{.proxy = "a", .error = "x y"}, proxy_report{.proxy = "a", .error = "1"},
        proxy_report{.proxy = "a", .next_protocol = "http/1.1, x"},
        proxy_report{.proxy = "a", .details = "\n"}, proxy_report{.proxy = "a", .details = "\x7f"}})
    CHECK(turnout::write(bad, out).error().code == errc::unwritable);
}
