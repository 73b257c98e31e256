// What every request must be like: Host, framing and Expect, as tables of field lines.
#include "turnout/negotiation/request_rules.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "support/table.hpp"

namespace {

using turnout::errc;
using turnout::facts;
using turnout::field_name;
using turnout::finding;
using turnout::http_version;
using enum turnout::field_name;

constexpr http_version http_1_0{1, 0};
constexpr http_version http_1_1{1, 1};
constexpr http_version http_1_9{1, 9};

constexpr facts request(std::string_view lines, http_version version = http_1_1) {
  return fixtures::with({turnout::method::post, version}, lines);
}

struct row {
  std::string_view lines;
  errc code = errc::none;
  std::size_t at = 0;
  field_name field = other;
  http_version version = http_1_1;
};

/// The number of the first row for which `rule` finds something else than the row says.
template <class Rule>
constexpr std::size_t first_wrong(std::span<const row> rows, const Rule& rule) {
  return table::first_wrong(rows, [&](const row& one) {
    const finding expected{{one.code, one.at}, one.field};
    return rule(request(one.lines, one.version)) == expected;
  });
}

constexpr auto framing = [](const facts& seen) { return turnout::rules::check_framing(seen, 64); };
constexpr auto expecting = [](const facts& seen) { return turnout::rules::check_expect(seen, 64); };

}  // namespace

TEST_CASE("[MSG-27] [MSG-28] [MSG-29] [MSG-30] there is one Host, and it is valid") {
  static constexpr row rows[] = {
      {"Host: a\r\n"},
      {"hOST:a:80\r\n"},
      {"Host: [::1]:80\r\n"},
      {"Host:\r\n"},
      {"Host: a\r\n", errc::none, 0, other, http_1_9},
      {"", errc::missing_host, 0, host},
      {"X: y\r\n", errc::missing_host, 0, host},
      {"", errc::missing_host, 0, host, http_1_9},
      {"", errc::none, 0, other, http_1_0},
      {"Host: a\r\nHost: a\r\n", errc::repeated_host, 2, host},
      {"Host: a\r\nHost: b\r\nHost: c\r\n", errc::repeated_host, 2, host},
      {"Host:\r\nHost: a\r\n", errc::repeated_host, 1, host},
      {"Host: a:80\r\nX: y\r\nHost: a:80\r\n", errc::repeated_host, 5, host, http_1_0},
      {"Host: a b\r\n", errc::bad_host, 1, host},
      {"Host: a, b\r\n", errc::bad_host, 2, host},
      {"Host: u@a\r\n", errc::bad_host, 1, host},
      {"Host: a:8x\r\n", errc::bad_host, 3, host},
      {"Host: a:65536\r\n", errc::bad_host, 6, host},
      {"Host: [::1\r\n", errc::bad_host, 4, host},
      {"Host: a/b\r\n", errc::bad_host, 1, host},
      {"Host: a\xFF\r\n", errc::bad_host, 1, host},
      {"Host: a b\r\nHost: a\r\n", errc::bad_host, 1, host},
      {"Host: a b\r\n", errc::bad_host, 1, host, http_1_0},
  };
  CHECK_BOTH(first_wrong(rows, turnout::rules::check_host) == std::size(rows));
}

TEST_CASE("[MSG-65] [MSG-66] [MSG-67] a length is one number that fits into 64 bits") {
  static constexpr row rows[] = {
      {""},
      {"Content-Length: 0\r\n"},
      {"Content-Length: 0005\r\n"},
      {"Content-Length: 18446744073709551615\r\n"},
      {"Content-Length: 5\r\n", errc::none, 0, other, http_1_0},
      {"Content-Length: 18446744073709551616\r\n", errc::bad_content_length, 19, content_length},
      {"Content-Length: 18446744073709551617\r\n", errc::bad_content_length, 19, content_length},
      {"Content-Length:\r\n", errc::bad_content_length, 0, content_length},
      {"Content-Length: +5\r\n", errc::bad_content_length, 0, content_length},
      {"Content-Length: -1\r\n", errc::bad_content_length, 0, content_length},
      {"Content-Length: 5x\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 0x5\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 1.0\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 1 2\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 0, 0\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 5, 5\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 55\r\nContent-Length: 55\r\n", errc::repeated_content_length, 3,
       content_length},
      {"Content-Length: 5\r\nContent-Length: 6\r\n", errc::repeated_content_length, 2,
       content_length},
      {"Content-Length: 5\r\nContent-Length: 5\r\n", errc::repeated_content_length, 2,
       content_length, http_1_0},
  };
  CHECK_BOTH(first_wrong(rows, framing) == std::size(rows));
}

TEST_CASE(
    "[MSG-58] [MSG-60] [MSG-61] [MSG-62] [MSG-63] codings end in exactly one chunked, or there are "
    "none") {
  static constexpr row rows[] = {
      {"Transfer-Encoding: chunked\r\n"},
      {"Transfer-Encoding: CHUNKED\r\n", errc::none, 0, other, http_1_9},
      {"Transfer-Encoding: gzip, chunked\r\n"},
      {"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"},
      {"Transfer-Encoding: , chunked ,\r\n"},
      {"Transfer-Encoding: gzip\r\n", errc::chunked_not_final, 0, transfer_encoding},
      {"Transfer-Encoding: identity\r\n", errc::chunked_not_final, 0, transfer_encoding},
      {"Transfer-Encoding: chunked, identity\r\n", errc::chunked_not_final, 0, transfer_encoding},
      {"Transfer-Encoding:\r\n", errc::chunked_not_final, 0, transfer_encoding},
      {"Transfer-Encoding: foo, chunked\r\n", errc::unknown_transfer_coding, 0, transfer_encoding},
      {"Transfer-Encoding: chunked, chunked\r\n", errc::bad_transfer_encoding, 0,
       transfer_encoding},
      {"Transfer-Encoding: chunked;a=b\r\n", errc::bad_transfer_encoding, 0, transfer_encoding},
      {"Transfer-Encoding: chunked x\r\n", errc::bad_transfer_encoding, 8, transfer_encoding},
      {"Transfer-Encoding: gzip\r\nTransfer-Encoding: @\r\n", errc::bad_transfer_encoding, 5,
       transfer_encoding},
      {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", errc::length_and_transfer_encoding, 0,
       transfer_encoding},
      {"Content-Length: x\r\nTransfer-Encoding: @\r\n", errc::length_and_transfer_encoding, 0,
       transfer_encoding},
      {"Transfer-Encoding: chunked\r\n", errc::transfer_encoding_in_http_1_0, 0, transfer_encoding,
       http_1_0},
      {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", errc::length_and_transfer_encoding, 0,
       transfer_encoding, http_1_0},
  };
  CHECK_BOTH(first_wrong(rows, framing) == std::size(rows));
}

TEST_CASE("[UPG-34] only 100-continue can be expected") {
  static constexpr row rows[] = {
      {""},
      {"Expect:\r\n"},
      {"Expect: 100-continue\r\n"},
      {"Expect: 100-CONTINUE\r\n"},
      {"Expect: ,100-continue,, 100-Continue\r\nExpect: 100-continue\r\n"},
      {"Expect: foo\r\n", errc::expectation_failed, 0, expect},
      {"Expect: 100-continues\r\n", errc::expectation_failed, 0, expect},
      {"Expect: 100-continue=1\r\n", errc::expectation_failed, 12, expect},
      {"Expect: 100-continue x\r\n", errc::expectation_failed, 13, expect},
      {"Expect: 100-continue\r\nExpect: @\r\n", errc::expectation_failed, 13, expect},
      {"Expect: 100-continue, foo\r\n", errc::expectation_failed, 14, expect},
      {"Expect: 100-continue\r\nExpect: , foo\r\n", errc::expectation_failed, 15, expect},
      {"Expect: foo\r\n", errc::expectation_failed, 0, expect, http_1_9},
      {"Expect: foo\r\n", errc::none, 0, other, http_1_0},
      {"Expect: @\r\n", errc::none, 0, other, http_1_0},
  };
  CHECK_BOTH(first_wrong(rows, expecting) == std::size(rows));
}

TEST_CASE("[MSG-68] [MSG-83] a request has content if its length is above zero or it is chunked") {
  CHECK_BOTH(!turnout::rules::has_content(request("")));
  CHECK_BOTH(!turnout::rules::has_content(request("Content-Length: 0\r\n")));
  CHECK_BOTH(!turnout::rules::has_content(request("Content-Length: 000\r\n")));
  CHECK_BOTH(turnout::rules::has_content(request("Content-Length: 1\r\n")));
  CHECK_BOTH(turnout::rules::has_content(request("Content-Length: 18446744073709551615\r\n")));
  CHECK_BOTH(turnout::rules::has_content(request("Transfer-Encoding: chunked\r\n")));
}

TEST_CASE("[MSG-67] [MSG-68] a request ends where its length or its chunks say, or with its head") {
  using turnout::framing;
  using turnout::rules::framing_of;
  using enum turnout::framing_kind;
  CHECK_BOTH(framing_of(request("")) == framing{none, 0});
  CHECK_BOTH(framing_of(request("Host: a\r\n", http_1_0)) == framing{none, 0});
  CHECK_BOTH(framing_of(request("Content-Length: 0\r\n")) == framing{length, 0});
  CHECK_BOTH(framing_of(request("Content-Length: 0005\r\n", http_1_0)) == framing{length, 5});
  CHECK_BOTH(framing_of(request("Content-Length: 18446744073709551615\r\n")) ==
             framing{length, UINT64_MAX});
  CHECK_BOTH(framing_of(request("Transfer-Encoding: chunked\r\n")) == framing{chunked, 0});
  CHECK_BOTH(framing_of(request("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n")) ==
             framing{chunked, 0});
}

TEST_CASE(
    "[UPG-31] [UPG-32] [MSG-77] a request waits for a 100 from HTTP/1.1 on, with or without "
    "content") {
  CHECK_BOTH(turnout::rules::expects_continue(request("Expect: 100-continue\r\n")));
  CHECK_BOTH(turnout::rules::expects_continue(request("Expect: 100-continue\r\n", http_1_9)));
  CHECK_BOTH(turnout::rules::expects_continue(request("Expect:\r\nExpect: 100-CONTINUE\r\n")));
  CHECK_BOTH(!turnout::rules::expects_continue(request("Expect: 100-continue\r\n", http_1_0)));
  CHECK_BOTH(!turnout::rules::expects_continue(request("Expect:\r\n")));
  CHECK_BOTH(!turnout::rules::expects_continue(request("Expect: ,\r\n")));
  CHECK_BOTH(!turnout::rules::expects_continue(request("")));
}

TEST_CASE("[GRM-03] a list beyond its limit is a finding at the first element too many") {
  constexpr facts codings = request("Transfer-Encoding: gzip, gzip, chunked\r\n");
  constexpr facts expectations = request("Expect: 100-continue,\r\nExpect: , 100-continue\r\n");
  CHECK_BOTH(!turnout::rules::check_framing(codings, 3));
  CHECK_BOTH(turnout::rules::check_framing(codings, 2) ==
             finding{{errc::too_many_elements, 12}, transfer_encoding});
  CHECK_BOTH(turnout::rules::check_framing(codings, 0) ==
             finding{{errc::too_many_elements, 0}, transfer_encoding});
  CHECK_BOTH(!turnout::rules::check_expect(expectations, 3));
  CHECK_BOTH(turnout::rules::check_expect(expectations, 2) ==
             finding{{errc::too_many_elements, 16}, expect});
  CHECK_BOTH(turnout::rules::check_expect(expectations, 1) ==
             finding{{errc::too_many_elements, 14}, expect});
  CHECK_BOTH(turnout::rules::check_request(request("Host: a\r\nExpect: 100-continue, foo\r\n"), 1)
                 .why.code == errc::too_many_elements);
}

TEST_CASE("the rules are checked in this order: completeness, Host, framing, Expect") {
  static constexpr row rows[] = {
      {"Host: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n"},
      {"Expect: foo\r\nContent-Length: x\r\n", errc::missing_host, 0, host},
      {"Expect: foo\r\nContent-Length: x\r\nHost: a\r\n", errc::bad_content_length, 0,
       content_length},
      {"Expect: foo\r\nContent-Length: 5\r\nHost: a\r\n", errc::expectation_failed, 0, expect},
  };
  constexpr auto all = [](const facts& seen) { return turnout::rules::check_request(seen, 64); };
  CHECK_BOTH(first_wrong(rows, all) == std::size(rows));

  std::string many;
  for (std::size_t i = 0; i <= facts::max_lines; ++i) many += "TE: trailers\r\n";
  CHECK(turnout::rules::check_request(request(many), 64) ==
        finding{{errc::too_many_kept_lines, facts::max_lines * 9 - 1}, te});
}
