// What becomes of each field line: found once, and the same in every pass.
#include "turnout/negotiation/relay/forwarded_lines.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/both.hpp"
#include "support/forwarded.hpp"

namespace {

using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::writer;
using turnout::forwarding::removed_fields;
using turnout::forwarding::detail::field_fates;
using turnout::forwarding::detail::forwarded_lines;
using turnout::forwarding::detail::line_fate;
using turnout::forwarding::detail::line_fates;
using turnout::forwarding::detail::put_forwarded_lines;

/// What is put of some lines, in two passes with the same fates; how often a name was looked up.
struct passes {
  std::string first;
  std::string second;
  std::size_t looked_up = 0;
  std::size_t lines = 0;
  failure why;
};

passes put(const std::vector<field_line>& lines, line_fate fate, const facts& message = {}) {
  passes done;
  line_fates fates;
  const auto find = [&done, fate](std::string_view) {
    ++done.looked_up;
    return fate;
  };
  for (std::string* const into : {&done.first, &done.second}) {
    std::array<char, 8192> room{};
    writer to{room};
    done.lines = put_forwarded_lines(to, lines, message, fates, find);
    if (done.why.code == errc::none) done.why = to.error();
    into->assign(room.data(), to.size());
  }
  return done;
}

}  // namespace

TEST_CASE("[MSG-48] lines are copied in order, or dropped") {
  const passes copied = put({{"A", "b"}, {"C", ""}}, line_fate::copied);
  CHECK(copied.first == "A: b\r\nC: \r\n");
  CHECK(copied.second == copied.first);
  CHECK(copied.lines == 2);
  CHECK(copied.looked_up == 2);
  CHECK(put({{"A", "b"}}, line_fate::left_out).first.empty());
  CHECK(put({{"A", "b"}}, line_fate::left_out).looked_up == 1);
}

TEST_CASE("[INT-25] folds are replaced in both passes") {
  const passes unfolded = put({{"A", "b\r\n c"}, {"D", "e"}}, line_fate::unfolded);
  CHECK(unfolded.first == "A: b c\r\nD: e\r\n");
  CHECK(unfolded.second == unfolded.first);
  CHECK(unfolded.why == failure{});
}

TEST_CASE("[INT-23] codings are forwarded on one line, and hops are counted down") {
  facts message;
  message.see("Transfer-Encoding", "gzip");
  message.see("Transfer-Encoding", "chunked");
  message.see("Max-Forwards", "3");
  const passes coded = put({{"a", ""}, {"b", ""}}, line_fate::codings, message);
  CHECK(coded.first == "Transfer-Encoding: gzip, chunked\r\n");
  CHECK(coded.second == coded.first);
  const passes counted = put({{"a", ""}}, line_fate::hops_left, message);
  CHECK(counted.first == "Max-Forwards: 2\r\n");
  CHECK(counted.second == counted.first);
}

TEST_CASE("[MSG-39] a line that can't be written fails with its index") {
  CHECK(put({{"A", "b"}, {"C", "d\n"}}, line_fate::copied).why == failure{errc::unwritable, 1});
  CHECK(put({{"A", "b\r\n c"}}, line_fate::copied).why == failure{errc::unwritable, 0});
  CHECK(put({{"A b", ""}}, line_fate::copied).why == failure{errc::unwritable, 0});
  CHECK(put({{"A b", "c\r\n d"}}, line_fate::unfolded).why == failure{errc::unwritable, 0});
  CHECK(put({{"A", "c\r\nd"}}, line_fate::unfolded).why == failure{errc::unwritable, 0});
  CHECK(put({{"A b", "\n"}}, line_fate::left_out).why == failure{});
}

TEST_CASE("[ENG-12] a name is looked up once, or twice beyond the remembered lines") {
  const std::vector<field_line> lines(130, {"A", "b"});
  const passes many = put(lines, line_fate::copied);
  CHECK(many.looked_up == 128 + 2 * 2);
  CHECK(many.first.size() == 130 * 6);
  CHECK(many.second == many.first);
}

TEST_CASE("lines are copied without a check if the library read them, and facts are of them") {
  const auto are_sure = [](const auto& fields, const facts& seen) {
    const removed_fields removed{seen};
    const field_fates fates{line_fate::unfolded, removed, turnout::field_name::transfer_encoding};
    const forwarded_lines<std::remove_cvref_t<decltype(fields)>> lines{fields, seen, fates};
    line_fates known;
    std::array<char, 512> room{};
    writer to{room};
    CHECK(lines.put(to, known) == 2);
    if (lines.are_sure()) CHECK(to.size() <= lines.copied.octets().size());
    return lines.are_sure();
  };
  constexpr std::string_view octets = "HTTP/1.1 200 A\r\nConnection: x\r\nY: z\r\n\r\n";
  const forwarded::response read{octets, forwarded::asked};
  CHECK(are_sure(read.head.fields, read.seen));
  const std::vector<field_line> cut(read.head.fields.begin(), read.head.fields.end());
  CHECK(!are_sure(cut, read.seen));
  const std::string copy{octets};
  CHECK(!are_sure(read.head.fields, forwarded::response{copy, forwarded::asked}.seen));
  // A list of codings is written again, and may get longer.
  const forwarded::response coded{"HTTP/1.1 200 A\r\nTransfer-Encoding: chunked\r\nY: z\r\n\r\n",
                                  forwarded::asked};
  CHECK(!are_sure(coded.head.fields, coded.seen));
}
