// The content of a message: where it ends, invalid chunks, the limits, and continuing later.
#include "turnout/message/content.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/both.hpp"
#include "support/table.hpp"

using namespace turnout;
using enum turnout::detail::message_kind;

namespace {

constexpr limits usual;
constexpr framing chunked{framing_kind::chunked, 0};
constexpr framing open{framing_kind::until_close, 0};
constexpr framing length(std::uint64_t octets) { return {framing_kind::length, octets}; }

constexpr std::uint64_t digest(std::string_view octets, std::uint64_t before = 1) {
  for (const char octet : octets) before = before * 31 + static_cast<unsigned char>(octet) + 1;
  return before;
}

struct outcome {
  content_step what = content_step::need_more;
  failure why{};       // at the octet in all octets
  std::size_t end{0};  // of what was used, if nothing is wrong
  std::uint64_t content = digest("");
  bool kept = true;  // were the views, and the mark at the end, what they should be
  content_reader reader{};

  friend bool operator==(const outcome&, const outcome&) = default;
};

// Shows `first` octets, then `step` more each time, without those that were used.
constexpr outcome feed(framing how, std::string_view octets, std::size_t first, std::size_t step,
                       detail::message_kind kind = request, const limits& most = {}) {
  outcome found{.reader = {how, kind}};
  resume_mark mark;
  for (std::size_t end = first;;) {
    const std::string_view shown = octets.substr(found.end, end - found.end);
    const content_piece now = found.reader.next(shown, most, mark);
    const bool any = (found.what = now.what) == content_step::octets;
    found.content = digest(now.octets, found.content);
    found.kept = found.kept && any != now.octets.empty() &&
                 (now.what != content_step::ended || mark == resume_mark{}) &&
                 now.rest.data() + now.rest.size() == shown.data() + shown.size() &&
                 (!any || now.octets.data() + now.octets.size() == now.rest.data());
    if (now.what == content_step::failed) found.why = {now.why.code, found.end + now.why.at};
    found.end = now.what == content_step::failed ? 0 : end - now.rest.size();
    if (now.what == content_step::failed || now.what == content_step::ended) return found;
    if (any) continue;
    if (end == octets.size()) return found;
    end = std::min(end + step, octets.size());
  }
}

constexpr outcome feed(framing how, std::string_view octets, detail::message_kind kind = request,
                       const limits& most = {}) {
  return feed(how, octets, octets.size(), 1, kind, most);
}

constexpr content_reader after(framing how, std::string_view octets,
                               detail::message_kind kind = request) {
  return feed(how, octets, kind).reader;
}

// True if `content` comes, and ends where only `rest` octets are left.
constexpr bool reads(framing how, std::string_view octets, std::string_view content,
                     std::size_t rest = 0, detail::message_kind kind = request) {
  const outcome found = feed(how, octets, kind);
  return found.what == content_step::ended && found.reader.ended() && found.kept &&
         found.end + rest == octets.size() && found.content == digest(content);
}

constexpr bool fails(std::string_view octets, errc code, std::size_t at,
                     detail::message_kind kind = request) {
  return feed(chunked, octets, kind).why == failure{code, at};
}

// True if each split point, and pieces of each size, find what is found in the whole.
bool same_in_pieces(framing how, std::string_view octets, detail::message_kind kind = request,
                    const limits& most = {}) {
  const outcome whole = feed(how, octets, kind, most);
  bool same = whole.kept;
  for (std::size_t size = 0; size < octets.size(); ++size)
    same = same && feed(how, octets, size, octets.size(), kind, most) == whole &&
           feed(how, octets, 0, size + 1, kind, most) == whole;
  return same;
}

// The same for a line before a chunk, after which there is what makes a good one.
bool line_reads(const std::string& line) {
  return reads(chunked, line + "\r\na\r\n0\r\n\r\n.", "a", 1);
}
bool line_fails(const std::string& line, errc code, std::size_t at) {
  return fails(line + "\r\na\r\n0\r\n\r\n", code, at);
}

using row = std::pair<std::string_view, std::size_t>;
constexpr std::size_t first_wrong(errc code, std::span<const row> rows) {
  return table::first_wrong(rows,
                            [code](const row& one) { return fails(one.first, code, one.second); });
}

constexpr bool is_control(int octet) { return (octet < 0x20 && octet != '\t') || octet == 0x7F; }
constexpr errc code_of(int octet) {
  return octet == '\r' ? errc::bare_cr : octet == '\n' ? errc::bare_lf : errc::control_octet;
}

constexpr std::string_view whole =
    "5;a=b;c=\"d;e\"\r\nhello\r\n00a ; f\r\n, world...\r\n0;g=h\r\nX: y\r\nZ:\r\n\r\n";
constexpr std::string_view folded = "1\r\na\r\n0\r\nX: y\r\n z\r\n\t.\r\nY:\r\n\r\nrest";

}  // namespace

TEST_CASE("[MSG-67] [MSG-68] content has as many octets as its length says, or none") {
  CHECK_BOTH(reads({}, "GET", "", 3));
  CHECK_BOTH(reads(length(0), "\r\n", "", 2));
  CHECK_BOTH(reads(length(1), "a", "a"));
  CHECK_BOTH(reads(length(5), "0\r\n\r\n\n", "0\r\n\r\n", 1));
  for (const std::uint64_t size : {std::uint64_t{5}, std::uint64_t{12}, UINT64_MAX})
    CHECK(same_in_pieces(length(size), "hello, world"));
  CHECK_BOTH(feed(length(UINT64_MAX), "hello", 3, 2).content == digest("hello"));
  CHECK_BOTH(after(length(UINT64_MAX), "hello") == after(length(UINT64_MAX - 5), ""));
}

TEST_CASE("[MSG-69] [MSG-80] the end of the connection ends only content that has no other end") {
  CHECK(same_in_pieces(open, "0\r\n\r\n"));
  constexpr outcome opened = feed(open, "0\r\n\r\n", 2, 2, response);
  CHECK_BOTH(opened.content == digest("0\r\n\r\n"));
  constexpr auto ends = [](content_reader reader) {
    return reader.input_ended() && reader.ended() && reader.input_ended();
  };
  CHECK_BOTH(ends(opened.reader));
  CHECK_BOTH(!opened.reader.ended());
  CHECK_BOTH(!ends({length(1), response}));
  for (std::size_t size = 0; size <= whole.size(); ++size)
    CHECK(ends(after(chunked, whole.substr(0, size))) == (size == whole.size()));
}

TEST_CASE("[MSG-70] [ENG-01] [ENG-02] chunk framing is removed, wherever it is split") {
  CHECK_BOTH(reads(chunked, "0\r\n\r\n\r\n", "", 2));
  CHECK_BOTH(reads(chunked, "2\r\n\r\n\r\n1\r\n0\r\n0\r\n\r\n", "\r\n0"));
  CHECK_BOTH(reads(chunked, whole, "hello, world..."));
  for (const std::string_view octets :
       {"1\r\na\r\n1\r\nb\r\n0\r\n\r\n\r\n", "5\r\nhello\r\n5x\r\n", "5\r\nhello!\n",
        "1\r\na\r\n0\r\nX y\r\n\r\n", "1;a;\r\n", "2\r\nab\r\n\n", "0\r\nX: y\rz"})
    CHECK(same_in_pieces(chunked, octets));
  for (std::uint16_t most = 0; most < 13; ++most) {
    const limits few{.head = most, .field_line = most / 2u, .chunk_extensions = most};
    for (const detail::message_kind kind : {request, response}) {
      CHECK(same_in_pieces(chunked, folded, kind));
      CHECK(same_in_pieces(chunked, whole, kind, {.chunk_line = most}));
      CHECK(same_in_pieces(chunked, std::string{whole} + "rest", kind, few));
    }
  }
  for (int i = 0; i < 256; ++i) {
    const std::string octets(2, static_cast<char>(i));
    CHECK(reads(chunked, "2\r\n" + octets + "\r\n0\r\n\r\n", octets));
  }
}

TEST_CASE("[MSG-70] [ENG-10] a size is hexadecimal digits of any case, and fits into 64 bits") {
  const std::string data(0x12C, '0');
  for (const std::string& size : {std::string{"12c"}, std::string(253, '0') + "12C"})
    CHECK(reads(chunked, size + "\r\n" + data + "\r\n000\r\n\r\n", data));
  CHECK_BOTH(after(chunked, "FFFFFFFFFFFFFFFF\r\n") == after(chunked, "0ffffFFFFffffFFFF\r\n"));
  CHECK_BOTH(after(chunked, "FFFFFFFFFFFFFFFF\r\n") != after(chunked, "FFFFFFFFFFFFFFFE\r\n"));
  CHECK_BOTH(after(chunked, "FEDCBA9876543210\r\n\n") == after(chunked, "fedcba987654320f\r\n"));
  CHECK_BOTH(fails("FFFFFFFFFFFFFFFFF\r\n", errc::bad_chunk_size, 16));
  CHECK_BOTH(fails("010000000000000000;a\r\n", errc::bad_chunk_size, 17));
  static constexpr row rows[] = {{"-1\r\n", 0},  {"+1\r\n", 0},  {"0x5\r\n", 1},
                                 {" 5\r\n", 0},  {"5 \r\n", 1},  {"5\t\r\n", 1},
                                 {"5 5\r\n", 1}, {"5,5\r\n", 1}, {"\r\n", 0},
                                 {";a\r\n", 0},  {"'5'\r\n", 0}, {"1\r\na\r\n\r\n", 6}};
  CHECK_BOTH(first_wrong(errc::bad_chunk_size, rows) == std::size(rows));
}

TEST_CASE("[MSG-71] [GRM-12] extensions are checked and skipped") {
  for (const char* line : {"1;a", "1;a=b", "1;a=\"\"", "1;a=b;a=b", "1 ; a = b",
                           "1\t;\ta\t=\t\"b\"", "1;a=\";\\\"=\xFF\"", "1; a;b = c ;d"})
    CHECK(line_reads(line));
  static constexpr row rows[] = {{"1;\r\n", 2},      {"1 ; \r\n", 4},      {"1;;a\r\n", 2},
                                 {"1;a;\r\n", 4},    {"1;=b\r\n", 2},      {"1;a=\r\n", 4},
                                 {"1;a= \r\n", 5},   {"1;a b\r\n", 3},     {"1;a \r\n", 3},
                                 {"1;a=b \r\n", 5},  {"1;a,b\r\n", 3},     {"1;a=b c\r\n", 5},
                                 {"1;a=\"b\r\n", 6}, {"1;a=\"b\\\r\n", 7}, {"1;a=\"b\"c\r\n", 7},
                                 {"1;,\r\n", 2},     {"1;\"a\"\r\n", 2},   {"1\r\na\r\n1;\r\n", 8}};
  CHECK_BOTH(first_wrong(errc::bad_chunk_extension, rows) == std::size(rows));
  CHECK_BOTH(fails("5;\nhello", errc::bare_lf, 2));
  CHECK_BOTH(fails("5;\rhello", errc::bare_cr, 2));
}

TEST_CASE("[MSG-02] [MSG-04] [MSG-71] every octet in a chunk line, and what it means there") {
  const std::string_view tchar =
      "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (int i = 0; i < 256; ++i) {
    const std::string octet(1, static_cast<char>(i));
    CAPTURE(i);
    for (const char* before : {"1;", "1;a", "1;a="})
      CHECK(line_reads(before + octet) == (tchar.find(octet) != tchar.npos));
    CHECK(line_reads("1;a=\"" + octet + "\"") == (!is_control(i) && i != '"' && i != '\\'));
    CHECK(line_reads("1;a=\"\\" + octet + "\"") == !is_control(i));
    CHECK(line_reads(octet) == (i == '1'));
    const bool digit = std::string{"0123456789ABCDEFabcdef"}.find(octet) != std::string::npos;
    const errc code = is_control(i) ? code_of(i) : errc::bad_chunk_size;
    CHECK((digit || line_fails(octet, code, 0)));
    CHECK((digit || i == ';' || line_fails("1" + octet, code, 1)));
    CHECK((!is_control(i) || line_fails("1;a=\"" + octet + "\"", code, 5)));
    // After the data of a chunk comes CRLF, and nothing else.
    CHECK((i == '\r' || fails("1\r\na" + octet, errc::bad_chunk_end, 4)));
    CHECK((i == '\n' || fails("1\r\na\r" + octet, errc::bad_chunk_end, 5)));
  }
}

TEST_CASE(
    "[MSG-38] [MSG-70] a control octet next to the data fails at its offset as soon as it "
    "arrives") {
  for (const detail::message_kind kind : {request, response}) {
    for (std::size_t at = 0; at < whole.size(); ++at) {
      const bool data = (at >= 15 && at <= 20) || (at >= 31 && at <= 41);
      for (int i = 0; i < 128 && !data && whole[at] != '\n'; ++i) {
        if (!is_control(i)) continue;
        CAPTURE(i);
        CAPTURE(at);
        std::string octets{whole};
        octets.insert(at, 1, static_cast<char>(i));
        const std::size_t seen_at = at + (i == '\r' ? 2 : 1);
        CHECK(fails(octets, code_of(i), at, kind));
        CHECK(fails(octets.substr(0, seen_at), code_of(i), at, kind));
        CHECK(feed(chunked, octets.substr(0, seen_at - 1), kind).why == failure{});
      }
    }
  }
}

TEST_CASE("[MSG-72] trailers are checked like field lines, and dropped") {
  CHECK_BOTH(reads(chunked, "0\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\nrest", "", 4));
  CHECK_BOTH(reads(chunked, folded, "a", 4, response));
  CHECK_BOTH(fails(folded, errc::folded_field_line, 15));
  for (const detail::message_kind kind : {request, response}) {
    CHECK(fails("0\r\n X: y\r\n\r\n", errc::folded_field_line, 3, kind));
    CHECK(fails("0\r\nX\r\n\r\n", errc::missing_colon, 4, kind));
    CHECK(fails("0\r\nX: y\r\nZ y: z\r\n\r\n", errc::bad_field_name, 10, kind));
    CHECK(fails("1\r\na\r\n0\r\nX : y\r\n\r\n", errc::space_before_colon, 10, kind));
  }
}

TEST_CASE("[ENG-12] a mark remembers which octets were read, and they are not read again") {
  // Were it looked at again, the first octet that is shown then would be a bare LF.
  content_reader reader{chunked, response};
  resume_mark mark;
  CHECK(reader.next("5;a", usual, mark).what == content_step::need_more);
  CHECK(mark == resume_mark{0, 3, 0, 0});
  CHECK(reader.next("\n;a\r\n", usual, mark).why == failure{errc::bad_chunk_size, 0});
  reader = {chunked, response};
  mark = {};
  CHECK(reader.next("0\r\nX: y\r\nZ: z", usual, mark).rest == "X: y\r\nZ: z");
  CHECK(mark == resume_mark{6, 10, 2, 0});
  CHECK(reader.next("\n\n\n\n\r\n\n: z\r\n", usual, mark).why == failure{});
  CHECK(reader.next("\n\n\n\n\r\n\n: z\r\n\r\n", usual, mark).why ==
        failure{errc::bad_field_name, 6});
}

TEST_CASE("if fewer octets are passed than before, nothing is read past their end") {
  for (const std::string_view before : {"1;a=b", "0\r\nX: y\r\nZ: a", "0\r\nX: y\r\n\r"}) {
    for (std::size_t size = 0; size < before.size(); ++size) {
      content_reader reader{chunked, response};
      resume_mark mark;
      (void)reader.next(before, usual, mark);
      // An allocation of exactly this size: the address sanitizer sees a read past its end.
      const std::vector<char> cut(before.data(), before.data() + size);
      CHECK(reader.next({cut.data(), size}, usual, mark).octets.empty());
      CHECK(!reader.ended());
    }
  }
  content_reader reader{chunked, request};
  resume_mark mark;
  CHECK(reader.next("1;abc", usual, mark).what == content_step::need_more);
  CHECK(reader.next("1\r\na", usual, mark).octets == "a");
  // What is wrong lies at an octet of what was shown last.
  CHECK(reader.next("\r\n1x\r\n", usual, mark).why == failure{errc::bad_chunk_size, 3});
}

TEST_CASE("readers are equal if they are at the same place in the same content") {
  CHECK_BOTH(after(length(5), "he") == after(length(3), ""));
  CHECK_BOTH(after(length(5), "he") != after(length(5), "hel"));
  CHECK_BOTH(after(length(5), "hello") == content_reader{});
  CHECK_BOTH(after(chunked, "2\r\na") == after(chunked, "1\r\nb\r\n1\r\n"));
  CHECK_BOTH(after(chunked, "2;a\r\na") != after(chunked, "2;ab\r\na"));
  CHECK_BOTH(after(chunked, "", response) != after(chunked, "", request));
  CHECK_BOTH(after(length(1), "") != after(chunked, "1\r\n"));
}

TEST_CASE("each step of reading content has its name") {
  CHECK_BOTH(name_of(turnout::content_step::need_more) == "need_more");
  CHECK_BOTH(name_of(turnout::content_step::octets) == "octets");
  CHECK_BOTH(name_of(turnout::content_step::ended) == "ended");
  CHECK_BOTH(name_of(turnout::content_step::failed) == "failed");
}
