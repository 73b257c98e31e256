// Transfer-Encoding: codings in order, and whether they frame a request.
#include "turnout/field/transfer_encoding.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using guarded::writes;
using turnout::errc;
using turnout::failure;
using turnout::field::check_request_codings;
using turnout::field::transfer_coding;
using turnout::field::transfer_encoding;
using turnout::grammar::tagged_value;
using turnout::grammar::value_lines;

static_assert(std::forward_iterator<transfer_encoding::iterator>);
static_assert(std::ranges::forward_range<transfer_encoding>);

namespace {

constexpr bool reads(value_lines lines, std::initializer_list<std::string_view> names) {
  const auto list = transfer_encoding::parse(lines);
  return list && list->size() == names.size() &&
         std::ranges::equal(*list, names, {}, &transfer_coding::name);
}

constexpr bool fails(value_lines lines, std::size_t at) {
  return transfer_encoding::parse(lines).error() == failure{errc::bad_transfer_encoding, at};
}

// What is wrong with these codings in a request; errc::none if nothing is.
constexpr errc fault(value_lines lines) {
  const failure why = check_request_codings(lines).error();
  return transfer_encoding::parse(lines) && why.at == 0 ? why.code : errc::bad_list;
}

constexpr bool equal(std::string_view one, std::string_view other) {
  const auto first = transfer_encoding::parse(one);
  const auto second = transfer_encoding::parse(other);
  return first && second && *first == *second;
}

constexpr bool differ(std::string_view one, std::string_view other) {
  return equal(one, one) && equal(other, other) && !equal(one, other);
}

constexpr std::array<tagged_value, 2> several{{{"gzip", 1}, {"Chunked", 1}}};
constexpr std::array<tagged_value, 2> reversed{{{"chunked", 1}, {"gzip", 1}}};

}  // namespace

TEST_CASE("codings are tokens in their order, over several lines too") {
  CHECK_BOTH(reads("chunked", {"chunked"}));
  CHECK_BOTH(reads("gzip , chunked", {"gzip", "chunked"}));
  CHECK_BOTH(reads({several, 1}, {"gzip", "Chunked"}));
  CHECK_BOTH(reads("foo;a=b;c=\"d,e\", chunked", {"foo", "chunked"}));
}

TEST_CASE("[GRM-03] [GRM-04] empty elements are skipped, and a list may have no others") {
  CHECK_BOTH(reads(",chunked,", {"chunked"}));
  CHECK_BOTH(reads("", {}));
  CHECK_BOTH(reads(" , ", {}));
}

TEST_CASE("[GRM-11] [GRM-12] a coding's parameters have values, and may have whitespace around =") {
  CHECK_BOTH(equal("foo ; a = b", "foo;a=b"));
  CHECK_BOTH(equal("foo;a=\"b\"", "foo;a=b"));
  CHECK_BOTH(fails("foo;a", 5));
  CHECK_BOTH(fails("foo;", 4));
  CHECK_BOTH(fails("foo;;a=b", 4));
  CHECK_BOTH(fails("foo;a=", 6));
  CHECK_BOTH(fails("foo;a=\"b", 8));
}

TEST_CASE("[GRM-18] [GRM-21] a malformed list fails at its octet") {
  CHECK_BOTH(fails("chunked foo", 8));
  CHECK_BOTH(fails("gzip, ch@nked", 8));
  CHECK_BOTH(fails("\"chunked\"", 0));
  CHECK_BOTH(fails("chunked\v", 7));
  CHECK_BOTH(transfer_encoding::parse("a,b", 1).error() == failure{errc::too_many_elements, 2});
}

TEST_CASE("[GRM-14] codings are compared in any case") {
  CHECK_BOTH(transfer_coding{"CHUNKED", {}}.is_chunked());
  CHECK_BOTH(!transfer_coding{"chunkedx", {}}.is_chunked());
  CHECK_BOTH(equal("GZIP, Chunked", "gzip, chunked"));
  CHECK_BOTH(differ("gzip", "deflate"));
  CHECK_BOTH(differ("gzip;a=b", "gzip"));
}

TEST_CASE("the codings that are registered are known") {
  for (const std::string_view name :
       {"chunked", "compress", "deflate", "gzip", "x-compress", "x-gzip", "GZip"})
    CHECK(transfer_coding{name, {}}.is_registered());
  for (const std::string_view name : {"", "identity", "br", "trailers", "x-deflate", "gzi"})
    CHECK(!transfer_coding{name, {}}.is_registered());
}

TEST_CASE("[MSG-60] chunked is the last coding of a request") {
  CHECK_BOTH(fault("chunked") == errc::none);
  CHECK_BOTH(fault("gzip, chunked") == errc::none);
  CHECK_BOTH(fault({several, 1}) == errc::none);
  CHECK_BOTH(fault("gzip") == errc::chunked_not_final);
  CHECK_BOTH(fault("identity") == errc::chunked_not_final);
  CHECK_BOTH(fault("chunked, identity") == errc::chunked_not_final);
  CHECK_BOTH(fault({reversed, 1}) == errc::chunked_not_final);
  CHECK_BOTH(fault("") == errc::chunked_not_final);
  CHECK_BOTH(fault(",") == errc::chunked_not_final);
}

TEST_CASE("[MSG-61] an unknown coding does not frame a request") {
  CHECK_BOTH(fault("foo, chunked") == errc::unknown_transfer_coding);
  CHECK_BOTH(fault("identity, chunked") == errc::unknown_transfer_coding);
}

TEST_CASE("[MSG-62] chunked is applied once, and has no parameters") {
  CHECK_BOTH(fault("chunked, chunked") == errc::bad_transfer_encoding);
  CHECK_BOTH(fault("chunked, gzip, chunked") == errc::bad_transfer_encoding);
  CHECK_BOTH(fault("chunked;a=b") == errc::bad_transfer_encoding);
  CHECK_BOTH(fault("chunked;a=b, chunked") == errc::bad_transfer_encoding);
  CHECK_BOTH(fault("gzip;a=b, chunked") == errc::none);
}

TEST_CASE("[GRM-02] [GRM-20] [ENG-04] [ENG-08] a list is written on one line, and read as it was") {
  CHECK_BOTH(writes(*transfer_encoding::parse({several, 1}), "gzip, Chunked"));
  CHECK_BOTH(
      writes(*transfer_encoding::parse("foo ;a = \"b\",, x;c=\"d e\""), "foo; a=b, x; c=\"d e\""));
  CHECK_BOTH(equal("foo ;a = \"b\",, x;c=\"d e\"", "foo; a=b, x; c=\"d e\""));
}

TEST_CASE("[MSG-82] a value that would break the line is not written") {
  CHECK_BOTH(guarded::unwritable(transfer_coding{"a\r\nX: y", {}}).code == errc::unwritable);
  CHECK_BOTH(guarded::unwritable(transfer_coding{"", {}}).code == errc::unwritable);
}

TEST_CASE("a single coding that is malformed fails at its octet") {
  CHECK_BOTH(transfer_coding::parse_prefix("").error() == failure{errc::bad_token, 0});
  CHECK_BOTH(transfer_coding::parse_prefix("gzip;a").error() == failure{errc::bad_parameter, 6});
  CHECK_BOTH(transfer_coding::parse_prefix("gzip;a=\"").error() ==
             failure{errc::bad_quoted_string, 8});
}
