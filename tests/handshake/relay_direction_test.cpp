// One direction at an intermediary: its content, and whether its connection can carry more.
#include "turnout/handshake/relay_direction.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/handshake/relay_received.hpp"

namespace {

using turnout::content_step;
using turnout::errc;
using turnout::framing;
using turnout::framing_kind;
using turnout::limits;
using turnout::relay_received;
using turnout::relay_step;
using turnout::detail::message_kind;
using turnout::detail::relay_direction;

constexpr framing two_octets{framing_kind::length, 2};

constexpr relay_direction with_content(const framing& how, framing_kind as,
                                       bool persistent = true) {
  relay_direction made;
  made.begin_content(how, message_kind::response, as, persistent);
  return made;
}

/// One piece as it is forwarded: its framing and its octets.
std::string forwarded(relay_direction& from, std::string_view unread) {
  relay_received now;
  now.rest = unread;
  (void)from.read_content(now, limits{});
  std::string sent{now.content.before()};
  sent += now.content.octets();
  sent += now.content.after();
  return sent;
}

constexpr relay_received read(std::string_view unread) {
  relay_direction from = with_content(two_octets, framing_kind::length);
  relay_received now;
  now.rest = unread;
  (void)from.read_content(now, limits{});
  return now;
}

}  // namespace

TEST_CASE("before the head there is no content, and no other message may follow") {
  CHECK_BOTH(relay_direction{}.content_ended());
  CHECK_BOTH(!relay_direction{}.is_persistent());
  CHECK_BOTH(relay_direction{}.mark() == turnout::resume_mark{});
}

TEST_CASE("content is returned in pieces, and octets after it are left") {
  CHECK_BOTH(read("").what == relay_step::need_more);
  CHECK_BOTH(read("hi").what == relay_step::content);
  CHECK_BOTH(read("hiGET").rest == "GET");
  CHECK_BOTH(read("h").content.octets() == "h");

  relay_direction from = with_content(two_octets, framing_kind::length);
  CHECK(forwarded(from, "hi") == "hi");
  CHECK(from.content_ended());
  relay_received now;
  now.rest = "GET";
  CHECK(from.read_content(now, limits{}) == content_step::ended);
  CHECK(now.what == relay_step::content_ended);
  CHECK(now.rest == "GET");
}

TEST_CASE("content is forwarded in the requested framing, whatever its own framing was") {
  constexpr framing chunks{framing_kind::chunked, 0};
  relay_direction chunked = with_content(chunks, framing_kind::chunked);
  CHECK(forwarded(chunked, "2\r\nhi") == "2\r\nhi\r\n");
  relay_direction until_close = with_content(chunks, framing_kind::until_close);
  CHECK(forwarded(until_close, "2\r\nhi") == "hi");
}

TEST_CASE("after a failure nothing is forwarded") {
  relay_direction from = with_content({framing_kind::chunked, 0}, framing_kind::chunked);
  relay_received now;
  now.rest = "2\r\nhi!";
  CHECK(from.read_content(now, limits{}) == content_step::octets);
  now.what = relay_step::need_more;
  CHECK(from.read_content(now, limits{}) == content_step::failed);
  CHECK(now.why.code == errc::bad_chunk_end);
  CHECK(now.what == relay_step::need_more);
}

TEST_CASE("[MSG-69] the end of a connection ends content that has no other end") {
  relay_direction open = with_content({framing_kind::until_close, 0}, framing_kind::until_close);
  CHECK(!open.content_ended());
  CHECK(open.input_ended());
  CHECK(open.content_ended());
  CHECK(!open.is_persistent());
  relay_direction counted = with_content(two_octets, framing_kind::length);
  CHECK(!counted.input_ended());
  CHECK(!counted.is_persistent());
}

TEST_CASE("a connection carries another message if all messages on it allow that") {
  CHECK_BOTH(with_content(two_octets, framing_kind::length).is_persistent());
  CHECK_BOTH(!with_content(two_octets, framing_kind::length, false).is_persistent());
  relay_direction closed = with_content(two_octets, framing_kind::length);
  closed.close();
  CHECK(!closed.is_persistent());
  CHECK(!closed.content_ended());
  CHECK(forwarded(closed, "hi") == "hi");
}
