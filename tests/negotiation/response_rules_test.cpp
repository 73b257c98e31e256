// Where the content of a response ends, as tables of field lines, and what is wrong with them.
#include "turnout/negotiation/response_rules.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"
#include "support/table.hpp"

namespace {

using turnout::errc;
using turnout::facts;
using turnout::field_name;
using turnout::finding;
using turnout::framing;
using turnout::http_version;
using turnout::method;
using enum turnout::field_name;
using enum turnout::framing_kind;

constexpr http_version http_1_0{1, 0};

constexpr facts response(std::string_view lines, http_version version = turnout::http_1_1,
                         std::uint16_t status = 200) {
  return fixtures::with({status, version}, lines);
}

struct good_row {
  std::string_view lines;
  framing content;
  http_version version = turnout::http_1_1;
};

/// The number of the first row whose content ends elsewhere.
constexpr std::size_t first_wrong(std::span<const good_row> rows) {
  return table::first_wrong(rows, [&](const good_row& one) {
    const auto found =
        turnout::rules::find_framing(response(one.lines, one.version), method::get, 64);
    return !found.found && found.content == one.content;
  });
}

struct bad_row {
  std::string_view lines;
  errc code;
  std::size_t at;
  field_name field;
  http_version version = turnout::http_1_1;
};

/// The number of the first row of which something else is found, or any content.
constexpr std::size_t first_wrong(std::span<const bad_row> rows) {
  return table::first_wrong(rows, [&](const bad_row& one) {
    const auto found =
        turnout::rules::find_framing(response(one.lines, one.version), method::get, 64);
    return found.found == finding{{one.code, one.at}, one.field} && found.content == framing{};
  });
}

}  // namespace

TEST_CASE("a response ends where its length or its chunks say, or with the connection") {
  // MSG-66, MSG-67, MSG-69, UPG-21.
  static constexpr good_row rows[] = {
      {"", {until_close, 0}},
      {"", {until_close, 0}, http_1_0},
      {"Connection: keep-alive\r\n", {until_close, 0}, http_1_0},
      {"Connection: upgrade\r\nUpgrade: foo/2\r\n", {until_close, 0}},
      {"Connection: upgrade\r\nUpgrade: foo/2\r\nContent-Length: 5\r\n", {length, 5}},
      {"Content-Length: 0\r\n", {length, 0}},
      {"Content-Length: 0005\r\n", {length, 5}, http_1_0},
      {"Content-Length: 18446744073709551615\r\n", {length, UINT64_MAX}},
      {"Transfer-Encoding: chunked\r\n", {chunked, 0}},
      {"Transfer-Encoding: CHUNKED\r\n", {chunked, 0}, {1, 9}},
      {"Transfer-Encoding: gzip, chunked\r\n", {chunked, 0}},
      {"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", {chunked, 0}},
      {"Transfer-Encoding: foo;a=b, chunked\r\n", {chunked, 0}},
      {"Transfer-Encoding: gzip\r\n", {until_close, 0}},
      {"Transfer-Encoding: foo\r\n", {until_close, 0}},
      {"Transfer-Encoding: chunked, gzip\r\n", {until_close, 0}},
      {"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", {until_close, 0}},
      {"Transfer-Encoding:\r\n", {until_close, 0}},
  };
  CHECK_BOTH(first_wrong(rows) == std::size(rows));
}

TEST_CASE("[MSG-65] [MSG-66] [MSG-67] a length that is not exactly one number is an error") {
  static constexpr bad_row rows[] = {
      {"Content-Length:\r\n", errc::bad_content_length, 0, content_length},
      {"Content-Length: +5\r\n", errc::bad_content_length, 0, content_length},
      {"Content-Length: -1\r\n", errc::bad_content_length, 0, content_length},
      {"Content-Length: 5x\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 0x5\r\n", errc::bad_content_length, 1, content_length, http_1_0},
      {"Content-Length: 1.0\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 1 2\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 5, 5\r\n", errc::bad_content_length, 1, content_length},
      {"Content-Length: 18446744073709551616\r\n", errc::bad_content_length, 19, content_length},
      {"Content-Length: 18446744073709551617\r\n", errc::bad_content_length, 19, content_length},
      {"Content-Length: 55\r\nContent-Length: 55\r\n", errc::repeated_content_length, 3,
       content_length},
      {"Content-Length: 5\r\nContent-Length: 6\r\n", errc::repeated_content_length, 2,
       content_length},
  };
  CHECK_BOTH(first_wrong(rows) == std::size(rows));
}

TEST_CASE("[MSG-58] [MSG-62] [MSG-63] invalid codings are an error") {
  static constexpr bad_row rows[] = {
      {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", errc::length_and_transfer_encoding, 0,
       transfer_encoding},
      {"Transfer-Encoding: gzip\r\nContent-Length: x\r\n", errc::length_and_transfer_encoding, 0,
       transfer_encoding, http_1_0},
      {"Transfer-Encoding: chunked\r\n", errc::transfer_encoding_in_http_1_0, 0, transfer_encoding,
       http_1_0},
      {"Transfer-Encoding: gzip\r\n", errc::transfer_encoding_in_http_1_0, 0, transfer_encoding,
       http_1_0},
      {"Transfer-Encoding: chunked, chunked\r\n", errc::bad_transfer_encoding, 0,
       transfer_encoding},
      {"Transfer-Encoding: chunked;a=b\r\n", errc::bad_transfer_encoding, 0, transfer_encoding},
      {"Transfer-Encoding: chunked x\r\n", errc::bad_transfer_encoding, 8, transfer_encoding},
      {"Transfer-Encoding: gzip\r\nTransfer-Encoding: @\r\n", errc::bad_transfer_encoding, 5,
       transfer_encoding},
  };
  CHECK_BOTH(first_wrong(rows) == std::size(rows));
  constexpr facts three = response("Transfer-Encoding: gzip, gzip, chunked\r\n");
  CHECK_BOTH(turnout::rules::find_framing(three, method::get, 3).content == framing{chunked, 0});
  CHECK_BOTH(turnout::rules::find_framing(three, method::get, 2).found ==
             finding{{errc::too_many_elements, 12}, transfer_encoding});
}

TEST_CASE(
    "[MSG-55] [MSG-56] [MSG-78] a response that never has content has none, whatever its fields "
    "say") {
  for (unsigned number = 0; number < 1000; ++number) {
    const auto status = static_cast<std::uint16_t>(number);
    const bool bare = (number >= 100 && number < 200) || number == 204 || number == 304;
    const bool opens = number >= 200 && number < 300;
    CAPTURE(number);
    for (const method asked : {method::get, method::head, method::connect, method::options,
                               method::post, method::other}) {
      const bool never = bare || asked == method::head || (asked == method::connect && opens);
      CHECK(turnout::rules::never_has_content(status, asked) == never);
      for (const std::string_view lines :
           {"Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: x\r\n",
            "Content-Length: 5\r\nTransfer-Encoding: @\r\n", ""}) {
        const auto found =
            turnout::rules::find_framing(response(lines, turnout::http_1_1, status), asked, 64);
        const bool ends_at_once = !found.found && found.content == framing{};
        CHECK(ends_at_once == never);
      }
    }
  }
  CHECK_BOTH(turnout::rules::never_has_content(200, method::head));
  CHECK_BOTH(!turnout::rules::never_has_content(200, method::get));
  CHECK_BOTH(turnout::rules::find_framing(response("Content-Length: 5\r\n"), method::connect, 64)
                 .content == framing{});
}

TEST_CASE("[UPG-53] a retry without Expect is useful only after a 417 to an expectation") {
  CHECK_BOTH(turnout::rules::retry_without_expect(417, true));
  CHECK_BOTH(!turnout::rules::retry_without_expect(417, false));
  CHECK_BOTH(!turnout::rules::retry_without_expect(400, true));
  CHECK_BOTH(!turnout::rules::retry_without_expect(426, true));
}
