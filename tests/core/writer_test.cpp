// Writing is all or nothing: into a draft first, whose size is known before anything is copied.
#include "turnout/core/writer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::writer;
using turnout::detail::writing;

namespace {

constexpr std::string_view greeting_text = "hello, \xFFworld";

// Says the greeting in pieces of every kind: several octets, one, none.
struct greeting {
  constexpr void put(writer& to) const noexcept {
    to.put("hello");
    to.put(',');
    to.put(std::string_view{});
    to.put(" \xFF");
    to.put("");
    to.put("world");
  }
};

struct nothing {
  constexpr void put(writer&) const noexcept {}
};

// Finds two faults, one before and one after what it puts.
struct faulty {
  constexpr void put(writer& to) const noexcept {
    to.put("before");
    to.fail({errc::unwritable, 2});
    to.put("after");
    to.fail({errc::reserved_field, 1});
  }
};

constexpr bool puts(std::uint64_t number, std::string_view text) {
  std::array<char, 20> room{};
  writer to{room};
  to.put_number(number);
  return std::string_view{room.data(), to.size()} == text;
}

}  // namespace

TEST_CASE("if one of several values can't be written, the failure has its number") {
  const auto fault_of = [](std::size_t number, bool failed_before) {
    std::array<char, 32> room{};
    writer to{room};
    if (failed_before) to.fail({errc::reserved_field, 9});
    to.put_numbered(faulty{}, number);
    to.put_numbered(greeting{}, number + 1);
    return std::pair{to.error(),
                     std::string_view{room.data(), to.size()} == "beforeafterhello, \xFFworld"};
  };
  CHECK_BOTH(fault_of(0, false) == std::pair{failure{errc::unwritable, 0}, true});
  CHECK_BOTH(fault_of(3, false) == std::pair{failure{errc::unwritable, 3}, true});
  CHECK_BOTH(fault_of(3, true) == std::pair{failure{errc::reserved_field, 9}, true});
}

TEST_CASE("the members of a list are separated by a comma and a space") {
  const auto list = [](bool begun, std::initializer_list<std::string_view> members,
                       std::string_view expected) {
    std::array<char, 32> room{};
    writer to{room};
    turnout::detail::separated names{to, begun};
    if (names.empty() == begun) return false;
    for (const std::string_view one : members) names.next().put(one);
    if (names.empty() != (!begun && members.size() == 0)) return false;
    return std::string_view{room.data(), to.size()} == expected;
  };
  CHECK_BOTH(list(false, {}, ""));
  CHECK_BOTH(list(false, {"a"}, "a"));
  CHECK_BOTH(list(false, {"a", "", "b"}, "a, , b"));
  CHECK_BOTH(list(true, {}, ""));
  CHECK_BOTH(list(true, {"a", "b"}, ", a, b"));
}

TEST_CASE("a writer without a buffer counts octets") {
  CHECK_BOTH([] {
    writer measure;
    greeting{}.put(measure);
    return measure.size() == greeting_text.size() && measure.error() == failure{};
  }());
  CHECK_BOTH(writer{}.size() == 0);
}

TEST_CASE("a number is put in its digits, without leading zeros") {
  CHECK_BOTH(puts(0, "0"));
  CHECK_BOTH(puts(9, "9"));
  CHECK_BOTH(puts(10, "10"));
  CHECK_BOTH(puts(101, "101"));
  CHECK_BOTH(puts(9999999999999999999u, "9999999999999999999"));
  CHECK_BOTH(puts(10000000000000000000u, "10000000000000000000"));
  CHECK_BOTH(puts(UINT64_MAX, "18446744073709551615"));
}

TEST_CASE("a writer copies what fits into its buffer, and counts the rest") {
  for (std::size_t room = 0; room <= greeting_text.size(); ++room) {
    CAPTURE(room);
    std::string out(16, '#');
    writer copy{std::span{out}.first(room)};
    greeting{}.put(copy);
    CHECK(copy.size() == greeting_text.size());
    const std::size_t same = out.find('#');
    CHECK(same <= room);
    CHECK(out.substr(0, same) == greeting_text.substr(0, same));
    CHECK(out.find_first_not_of('#', same) == out.npos);
  }
}

TEST_CASE("three parts are put together or not at all, and counted") {
  for (std::size_t room = 0; room <= 8; ++room) {
    CAPTURE(room);
    std::string out(8, '#');
    writer copy{std::span{out}.first(room)};
    copy.put('0');
    copy.put("ab", "", "cde");
    CHECK(copy.size() == 6);
    CHECK(out.substr(1) == (room < 6 ? "#######" : "abcde##"));
  }
  writer none;
  none.put("a", "b", "c");
  CHECK(none.size() == 3);
}

TEST_CASE("a writer copies octets, and does not touch those after them") {
  CHECK_BOTH([] {
    std::array<char, 16> out{};
    out.fill('#');
    writer copy{out};
    greeting{}.put(copy);
    return copy.size() == greeting_text.size() &&
           std::string_view{out.data(), out.size()} == "hello, \xFFworld###";
  }());
}

TEST_CASE(
    "[ENG-04] write() writes everything, or nothing and fails with the size needed, for spans of "
    "any size") {
  for (std::size_t size = 0; size <= greeting_text.size() + 3; ++size) {
    CAPTURE(size);
    std::string out(size, '#');
    const auto written = turnout::write(greeting{}, out);
    if (size < greeting_text.size()) {
      CHECK(written.error() == failure{errc::no_space, greeting_text.size()});
      CHECK(written->empty());
      CHECK(out == std::string(size, '#'));
    } else {
      CHECK(written.error() == failure{});
      CHECK(*written == greeting_text);
      CHECK(written->data() == out.data());
      CHECK(out == std::string{greeting_text} + std::string(size - greeting_text.size(), '#'));
    }
  }
}

TEST_CASE("[ENG-04] values longer than the draft are written like shorter ones") {
  for (std::size_t length = 505; length <= 520; ++length) {
    CAPTURE(length);
    const std::string text = "<" + std::string(length, '-') + ">";
    const auto describe = [length](writer& to) {
      to.put('<');
      to.put(std::string(length, '-'));
      to.put(">");
    };
    for (std::size_t size = text.size() - 3; size <= text.size() + 1; ++size) {
      CAPTURE(size);
      std::string out(size, '#');
      const auto written = turnout::write_whole(out, describe);
      if (size < text.size()) {
        CHECK(written.error() == failure{errc::no_space, text.size()});
        CHECK(out == std::string(size, '#'));
      } else {
        CHECK(*written == text);
        CHECK(written->data() == out.data());
        CHECK(out == text + std::string(size - text.size(), '#'));
      }
    }
  }
}

TEST_CASE("octets that take long to compute are computed only if they fit") {
  const auto made = [](std::size_t room_size) {
    std::array<char, 8> room{};
    writer to{std::span{room}.first(room_size)};
    int times = 0;
    to.put('<');
    writing::put_made<3>(to, [&times](char* place) {
      ++times;
      for (int i = 0; i < 3; ++i) place[i] = 'm';
    });
    to.put('>');
    const std::string_view expected{"<mmm>\0\0\0", 8};
    const std::size_t kept = room_size > 5   ? 5
                             : room_size < 4 ? std::size_t{room_size > 0}
                                             : room_size;
    return to.size() == 5 && times == (room_size >= 4) &&
           std::string_view{room.data(), kept} == expected.substr(0, kept) &&
           (kept == 8 || room[kept] == '\0');
  };
  for (std::size_t room = 0; room <= 8; ++room) CHECK(made(room));
  CHECK_BOTH(made(0));
  CHECK_BOTH(made(3));
  CHECK_BOTH(made(4));
  CHECK_BOTH(made(8));
}

TEST_CASE("a value put apart is copied, counted and reported as one put inline") {
  const auto apart = [](const auto& value, std::size_t room_size) {
    std::array<char, 32> one{};
    std::array<char, 32> other{};
    writer in_line{std::span{one}.first(room_size)};
    writer to{std::span{other}.first(room_size)};
    for (writer* each : {&in_line, &to}) each->put("first ");
    value.put(in_line);
    writing::put_apart(to, [&value](writer& copy) { value.put(copy); });
    for (writer* each : {&in_line, &to}) each->put(" last");
    return one == other && in_line.size() == to.size() && in_line.error() == to.error();
  };
  for (std::size_t room = 0; room <= 32; ++room) {
    CHECK(apart(greeting{}, room));
    CHECK(apart(faulty{}, room));
  }
  CHECK_BOTH(apart(greeting{}, 8));
  CHECK_BOTH(apart(faulty{}, 32));
}

TEST_CASE("only values that were counted before are put without a check") {
  CHECK_BOTH(writing::checks(writer{}));
  CHECK_BOTH([] {
    std::array<char, 4> room{};
    return writing::checks(writer{room}) && !writing::checks(writing::again(room));
  }());
  for (const std::size_t draft : {std::size_t{0}, std::size_t{512}}) {
    CAPTURE(draft);
    std::string seen;
    std::string out(8, '#');
    const auto describe = [&seen](writer& to) {
      seen += writing::checks(to) ? 'c' : '-';
      to.put("abc");
    };
    const auto written = draft == 0 ? turnout::write_whole<0>(out, describe)
                                    : turnout::write_whole<512>(out, describe);
    CHECK(*written == "abc");
    CHECK(out == "abc#####");
    CHECK(seen == (draft == 0 ? "c-" : "c"));
  }
}

TEST_CASE("an empty value fits into an empty span") {
  CHECK_BOTH(turnout::write(nothing{}, {}) == turnout::result<std::string_view>{});
  CHECK_BOTH(turnout::write(greeting{}, {}).error() ==
             failure{errc::no_space, greeting_text.size()});
}

TEST_CASE("the first failure is kept, and nothing is written, whatever the size of the span") {
  CHECK_BOTH([] {
    writer measure;
    faulty{}.put(measure);
    return measure.error() == failure{errc::unwritable, 2};
  }());
  for (std::size_t size = 0; size <= 20; ++size) {
    CAPTURE(size);
    std::string out(size, '#');
    CHECK(turnout::write(faulty{}, out).error() == failure{errc::unwritable, 2});
    CHECK(out == std::string(size, '#'));
  }
}

TEST_CASE("write_whole() takes a function that describes the octets") {
  CHECK_BOTH([] {
    std::array<char, 3> out{};
    const auto written = turnout::write_whole(out, [](writer& to) { to.put("abc"); });
    return written && *written == "abc" && written->data() == out.data();
  }());
  CHECK_BOTH([] {
    std::array<char, 2> out{'#', '#'};
    const auto written = turnout::write_whole(out, [](writer& to) { to.put("abc"); });
    return written.error() == failure{errc::no_space, 3} && out[0] == '#' && out[1] == '#';
  }());
}
