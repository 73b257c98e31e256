// Heads that are read together with their facts, whole and in pieces.
#include "turnout/negotiation/read_facts.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"

using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_name;
using turnout::head_outcome;
using turnout::head_step;
using turnout::http_version;

namespace {

constexpr std::size_t first = static_cast<std::size_t>(field_name::other) + 1;
constexpr std::size_t last = static_cast<std::size_t>(field_name::x_stream_protocol_version);

constexpr field_name at(std::size_t number) { return static_cast<field_name>(number); }

std::string in_case(std::string_view name, bool capital) {
  std::string other{name};
  for (char& octet : other)
    if (turnout::grammar::is_alpha(octet))
      octet = static_cast<char>(capital ? octet & ~0x20 : octet | 0x20);
  return other;
}

constexpr turnout::limits usual;

constexpr std::string_view request =
    "POST /a HTTP/1.0\r\nHost: b\r\nX: y\r\nUpgrade: c\r\nUpgrade: d\r\n\r\nmore";
constexpr std::string_view response = "HTTP/1.1 101 ok\r\nUpgrade:\tc \r\n\r\nmore";

template <class Head>
struct read_head_and_facts {
  Head head;
  facts seen;
  head_outcome outcome;
};

template <class Head>
constexpr read_head_and_facts<Head> read(std::string_view octets) {
  read_head_and_facts<Head> now;
  turnout::resume_mark mark;
  now.outcome = read_facts(now.head, now.seen, octets, usual, mark);
  return now;
}

}  // namespace

TEST_CASE("the facts of a request are its method, its version and its fields") {
  const auto now = read<turnout::request_head>(request);
  CHECK(now.outcome.what == head_step::complete);
  CHECK(now.outcome.rest == "more");
  CHECK(now.head.target.path == "/a");
  CHECK(now.seen.method() == turnout::method::post);
  CHECK(now.seen.version() == http_version{1, 0});
  CHECK(now.seen.lines(field_name::host).first() == "b");
  CHECK(now.seen.lines(field_name::upgrade).count() == 2);
  CHECK_BOTH(read<turnout::request_head>(request).seen.method() == turnout::method::post);
}

TEST_CASE("nothing before the shortest head is read") {
  const auto seen_in = [](auto kind, std::string_view octets) {
    guarded::pages memory{octets.size()};
    const auto now = read<decltype(kind)>(memory.at_begin(octets));
    CHECK(now.outcome.what == head_step::complete);
    return now.seen.lines(field_name::te).first() == "x";
  };
  const turnout::request_head in_request;
  const turnout::response_head in_response;
  CHECK(seen_in(in_request, "A / HTTP/1.1\r\nTE: x\r\n\r\n"));
  CHECK(seen_in(in_request, "A / HTTP/1.1\r\nX: y\r\nTE: x\r\n\r\n"));
  CHECK(seen_in(in_request, "A / HTTP/1.1\r\nTE:x\r\n\r\n"));
  CHECK(seen_in(in_response, "HTTP/1.1 101 \r\nTE: x\r\n\r\n"));
  CHECK(seen_in(in_response, "HTTP/1.1 101\r\nTE: x\r\n\r\n"));
}

TEST_CASE(
    "[MSG-35] a name in a head with one bit changed is known only if the bit is a letter's case") {
  using turnout::detail::known_field_in_head;
  const std::string before(16, ' ');
  for (std::size_t number = first; number <= last; ++number) {
    const std::string_view name = turnout::field::spelling(at(number));
    for (std::size_t place = 0; place < name.size(); ++place)
      for (int bit = 1; bit < 256; bit <<= 1) {
        CAPTURE(number);
        CAPTURE(place);
        CAPTURE(bit);
        std::string octets = before + std::string{name};
        char& octet = octets[before.size() + place];
        const bool only_case = bit == 0x20 && turnout::grammar::is_alpha(octet);
        octet = static_cast<char>(octet ^ bit);
        if (!turnout::grammar::is_tchar(octet)) continue;  // not in a name
        const std::string_view changed = std::string_view{octets}.substr(before.size());
        CHECK(known_field_in_head(changed) == (only_case ? at(number) : field_name::other));
      }
  }
}

TEST_CASE("the facts of a response are its status, its version and its fields") {
  const auto now = read<turnout::response_head>(response);
  CHECK(now.outcome.what == head_step::complete);
  CHECK(now.seen.status() == 101);
  CHECK(now.seen.version() == turnout::http_1_1);
  CHECK(now.seen.lines(field_name::upgrade).first() == "c");
  CHECK_BOTH(read<turnout::response_head>(response).seen.status() == 101);
}

TEST_CASE("a malformed head fails as in read_head()") {
  CHECK_BOTH(read<turnout::request_head>("GET / HTTP/1.1\r\nA b\r\n\r\n").outcome.why ==
             failure{errc::bad_field_name, 17});
  CHECK_BOTH(read<turnout::response_head>("HTTP/1.1 1\r\n").outcome.what == head_step::failed);
}

TEST_CASE("[ENG-01] a head in two pieces has the facts of the whole one") {
  const std::string_view whole = request.substr(0, request.size() - 4);
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    CAPTURE(cut);
    turnout::resume_mark mark;
    read_head_and_facts<turnout::request_head> early;
    const auto waits = read_facts(early.head, early.seen, whole.substr(0, cut), usual, mark);
    CHECK(waits.what == head_step::need_more);
    read_head_and_facts<turnout::request_head> late;
    const auto now = read_facts(late.head, late.seen, request, usual, mark);
    CHECK(now.what == head_step::complete);
    CHECK(late.seen.method() == turnout::method::post);
    CHECK(late.seen.lines(field_name::upgrade).count() == 2);
    CHECK(late.seen.lines(field_name::host).first() == "b");
    CHECK(!late.seen.check_complete());
  }
}

TEST_CASE(
    "[MSG-35] a name in a head is recognised whatever is around it, and nothing before the head is "
    "read") {
  using turnout::detail::known_field_in_head;
  constexpr std::size_t readable = 16;
  std::size_t wrong = 0;
  const auto ask = [&wrong](const std::string& name, field_name expected) {
    for (const char around : {'A', 'a', ':', '\xFF', '\0'}) {
      const std::size_t before = name.size() < readable ? readable - name.size() : 0;
      guarded::pages memory{before + name.size()};
      const std::string_view octets = memory.at_begin(std::string(before, around) + name);
      wrong += known_field_in_head(octets.substr(before)) != expected;
    }
  };
  for (std::size_t number = first; number <= last; ++number) {
    const std::string name{spelling(at(number))};
    ask(name, at(number));
    ask(in_case(name, true), at(number));
    ask(in_case(name, false), at(number));
    for (std::size_t place = 0; place < name.size(); ++place) {
      std::string other = name;
      for (const int octet : {0x5F, 0x2D, 0x40, name[place] ^ 0x80, name[place] ^ 0x01, 0}) {
        other[place] = static_cast<char>(octet);
        if (other[place] != name[place]) ask(other, field_name::other);
      }
    }
    if (name.size() > 2) ask(name.substr(1), field_name::other);
    ask(name + "s", field_name::other);
  }
  ask("X", field_name::other);
  ask(std::string(100, 'x'), field_name::other);
  CHECK(wrong == 0);
}
