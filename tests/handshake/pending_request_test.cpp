// What a server keeps of a request.
#include "turnout/handshake/pending_request.hpp"

#include <doctest/doctest.h>

#include <string_view>

#include "support/both.hpp"
#include "support/noted.hpp"

namespace {

using namespace turnout;
using detail::pending_request;

constexpr http_version http_1_0{1, 0};
constexpr profile spoken[] = {{.token = {"foo", "2"}}, {.token = {"bar", {}}}};

constexpr pending_request request(std::string_view lines, http_version version = http_1_1,
                                  framing content = {}) {
  request_head head;
  head.method = method::post;
  head.version = version;
  pending_request asked{head};
  asked.take(fixtures::with({method::post, version}, lines), content, {}, 64);
  return asked;
}

constexpr framing five_octets{framing_kind::length, 5};

}  // namespace

TEST_CASE("a default pending request keeps nothing, and no other one may follow") {
  constexpr pending_request none;
  CHECK_BOTH(!none.is_persistent());
  CHECK_BOTH(!none.waits());
  CHECK_BOTH(!none.offers(&spoken[0], spoken));
  CHECK_BOTH(none == pending_request{request_head{}});
}

TEST_CASE("[MSG-79] [CON-10] the facts tell whether another request may follow") {
  CHECK_BOTH(request("").is_persistent());
  CHECK_BOTH(!request("Connection: close\r\n").is_persistent());
  CHECK_BOTH(!request("", http_1_0).is_persistent());
  CHECK_BOTH(request("Connection: keep-alive\r\n", http_1_0).is_persistent());
  CHECK_BOTH(request("Connection: keep-alive\r\n", http_1_0).in_http_1_0);
  CHECK_BOTH(!request("").in_http_1_0);
}

TEST_CASE("[UPG-35] a client waits until it gets a 100 or its content was read") {
  constexpr auto expects = request("Expect: 100-continue\r\n", http_1_1, five_octets);
  CHECK_BOTH(expects.waits());
  CHECK_BOTH(!expects.is_persistent());
  CHECK_BOTH(!request("Expect: 100-continue\r\n").waits());
  CHECK_BOTH(!request("", http_1_1, five_octets).waits());
  constexpr auto sent = [](pending_request one) {
    one.owes_continue = false;
    return one;
  };
  CHECK_BOTH(!sent(expects).waits());
  CHECK_BOTH(sent(expects).is_persistent());
}

TEST_CASE("[MSG-55] the response to HEAD has no content, even if the request is broken") {
  constexpr auto asked = [](method one) {
    request_head head;
    head.method = one;
    return pending_request{head};
  };
  CHECK_BOTH(asked(method::head).is_head);
  CHECK_BOTH(!asked(method::get).is_head);
}

TEST_CASE("a profile is offered if its bit is set, and it is a member of the list") {
  constexpr auto second = [] {
    pending_request one;
    one.offered = 2;
    return one;
  }();
  CHECK_BOTH(!second.offers(&spoken[0], spoken));
  CHECK_BOTH(second.offers(&spoken[1], spoken));
  CHECK_BOTH(!second.offers(nullptr, spoken));
  static constexpr profile other{.token = {"bar", {}}};
  CHECK(!second.offers(&other, spoken));
}
