// Request targets: the four forms, to which method each belongs, and which octets they hold.
#include "turnout/message/request_target.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::method;
using turnout::request_target;
using turnout::target_form;

namespace {

struct parts {
  std::string_view scheme{};
  std::string_view host{};
  std::string_view port{};
  std::string_view path{};
  std::string_view query{};
};

constexpr bool reads(method of, std::string_view octets, target_form form, const parts& expected) {
  const auto target = request_target::parse(of, octets);
  return target && target->form == form && target->octets == octets &&
         target->scheme == expected.scheme && target->authority.host == expected.host &&
         target->authority.port == expected.port && target->path == expected.path &&
         target->query == expected.query;
}

constexpr bool fails(method of, std::string_view octets, std::size_t at) {
  return request_target::parse(of, octets).error() == failure{errc::bad_target, at};
}

constexpr std::string_view uri_octets =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%";

constexpr method any_but_connect[] = {method::other,   method::delete_, method::get,  method::head,
                                      method::options, method::patch,   method::post, method::put,
                                      method::query,   method::trace};

}  // namespace

TEST_CASE("origin-form is a path and an optional query") {
  using enum target_form;
  CHECK_BOTH(reads(method::get, "/", origin, {.path = "/"}));
  CHECK_BOTH(reads(method::post, "/a/b", origin, {.path = "/a/b"}));
  CHECK_BOTH(reads(method::other, "/a?b", origin, {.path = "/a", .query = "b"}));
  CHECK_BOTH(reads(method::get, "/?", origin, {.path = "/"}));
  CHECK_BOTH(reads(method::get, "/a?b?c/d", origin, {.path = "/a", .query = "b?c/d"}));
  CHECK_BOTH(reads(method::get, "//a:1@b", origin, {.path = "//a:1@b"}));
  CHECK_BOTH(reads(method::get, "/%C3%A9", origin, {.path = "/%C3%A9"}));
  CHECK_BOTH(reads(method::options, "/*", origin, {.path = "/*"}));
}

TEST_CASE("[MSG-23] absolute-form has a scheme and an authority") {
  using enum target_form;
  CHECK_BOTH(reads(method::get, "http://b/chat", absolute,
                   {.scheme = "http", .host = "b", .path = "/chat"}));
  CHECK_BOTH(reads(method::get, "HTTPS://B:8080?q", absolute,
                   {.scheme = "HTTPS", .host = "B", .port = "8080", .query = "q"}));
  CHECK_BOTH(reads(method::post, "http://[::1]:80/a?b", absolute,
                   {.scheme = "http", .host = "[::1]", .port = "80", .path = "/a", .query = "b"}));
  CHECK_BOTH(reads(method::options, "http://a", absolute, {.scheme = "http", .host = "a"}));
  CHECK_BOTH(reads(method::get, "a+b-c.1://h:/", absolute,
                   {.scheme = "a+b-c.1", .host = "h", .path = "/"}));
  CHECK_BOTH(reads(method::get, "http://a?b/c", absolute,
                   {.scheme = "http", .host = "a", .query = "b/c"}));
}

TEST_CASE("absolute-form fails where its scheme, its slashes or its authority do not fit") {
  CHECK_BOTH(fails(method::get, "a", 1));
  CHECK_BOTH(fails(method::get, "urn:a", 3));
  CHECK_BOTH(fails(method::get, "http:/a", 4));
  CHECK_BOTH(fails(method::get, "http//a", 4));
  CHECK_BOTH(fails(method::get, "1http://a", 0));
  CHECK_BOTH(fails(method::get, "+://a", 0));
  CHECK_BOTH(fails(method::get, "://a", 0));
  CHECK_BOTH(fails(method::get, "?a", 0));
  CHECK_BOTH(fails(method::get, "http://", 7));
  CHECK_BOTH(fails(method::get, "http:///a", 7));
  CHECK_BOTH(fails(method::get, "http://:80/", 7));
  CHECK_BOTH(fails(method::get, "http://u@a/", 8));
  CHECK_BOTH(fails(method::get, "http://u:p@a/", 9));
  CHECK_BOTH(fails(method::get, "http://a:8x/", 10));
  CHECK_BOTH(fails(method::get, "http://a:65536/", 13));
  CHECK_BOTH(fails(method::get, "http://[::1/", 11));
  CHECK_BOTH(fails(method::get, "http://a%2x/", 8));
}

TEST_CASE("[MSG-25] authority-form is a host and a port, both present") {
  using enum target_form;
  CHECK_BOTH(reads(method::connect, "a:443", authority, {.host = "a", .port = "443"}));
  CHECK_BOTH(reads(method::connect, "[::1]:1", authority, {.host = "[::1]", .port = "1"}));
  CHECK_BOTH(
      reads(method::connect, "192.0.2.1:65535", authority, {.host = "192.0.2.1", .port = "65535"}));
  CHECK_BOTH(fails(method::connect, "a", 1));
  CHECK_BOTH(fails(method::connect, "a:", 2));
  CHECK_BOTH(fails(method::connect, "a:x", 2));
  CHECK_BOTH(fails(method::connect, "a:65536", 6));
  CHECK_BOTH(fails(method::connect, ":443", 0));
  CHECK_BOTH(fails(method::connect, "u@a:443", 1));
  CHECK_BOTH(fails(method::connect, "a:443/", 5));
}

TEST_CASE("[MSG-24] authority-form is only for CONNECT, and CONNECT has no other") {
  CHECK_BOTH(fails(method::get, "a:80", 1));
  CHECK_BOTH(fails(method::connect, "/x", 0));
  CHECK_BOTH(fails(method::connect, "*", 1));
  CHECK_BOTH(fails(method::connect, "http://a:80/", 5));
  for (const method one : any_but_connect) CHECK(fails(one, "a:443", 1));
}

TEST_CASE("[MSG-24] asterisk-form is only for OPTIONS") {
  CHECK_BOTH(reads(method::options, "*", target_form::asterisk, {}));
  CHECK_BOTH(fails(method::options, "**", 0));
  CHECK_BOTH(fails(method::options, "*/a", 0));
  for (const method one : any_but_connect) CHECK(fails(one, "*", 0) == (one != method::options));
}

TEST_CASE("no target is empty") {
  CHECK_BOTH(fails(method::get, "", 0));
  CHECK_BOTH(fails(method::connect, "", 0));
  CHECK_BOTH(fails(method::options, "", 0));
}

TEST_CASE("[MSG-19] [MSG-20] a target has the octets of a URI except #, and fails at any other") {
  CHECK_BOTH(fails(method::get, "/a b", 2));
  CHECK_BOTH(fails(method::get, "/a#b", 2));
  CHECK_BOTH(fails(method::get, "/\xC3\xA9", 1));
  CHECK_BOTH(fails(method::get, "/\x7F", 1));
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const char octet = static_cast<char>(i);
    const bool fits = uri_octets.find(octet) != uri_octets.npos;
    const std::string path = "/a" + std::string(1, octet) + "b";
    const std::string query = "/?a" + std::string(1, octet) + "b";
    const std::string host = "http://" + std::string(1, octet) + "/";
    const std::string port = "a:4" + std::string(1, octet);
    CHECK(request_target::parse(method::get, path).error() ==
          (fits ? failure{} : failure{errc::bad_target, 2}));
    CHECK(request_target::parse(method::get, query).error() ==
          (fits ? failure{} : failure{errc::bad_target, 3}));
    if (!fits) CHECK(fails(method::get, host, 7));
    CHECK(request_target::parse(method::connect, port).error() ==
          (i >= '0' && i <= '9' ? failure{} : failure{errc::bad_target, 3}));
  }
}

TEST_CASE("the first octet decides the form of a target") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string octets(1, static_cast<char>(i));
    const auto target = request_target::parse(method::options, octets);
    CHECK(static_cast<bool>(target) == (i == '/' || i == '*'));
  }
}

TEST_CASE("targets are equal if their octets are, and borrow from them") {
  constexpr std::string_view octets = "http://b/chat";
  constexpr auto target = request_target::parse(method::get, octets);
  CHECK_BOTH(target == request_target::parse(method::get, "http://b/chat"));
  CHECK_BOTH(!(target == request_target::parse(method::get, "http://b/chap")));
  CHECK_BOTH(target->octets.data() == octets.data());
  CHECK_BOTH(target->path.data() == octets.data() + 8);
}

TEST_CASE("[INT-22] path and query are those of origin-form") {
  constexpr auto after = [](method of, std::string_view octets) {
    return request_target::parse(of, octets)->path_and_query();
  };
  CHECK_BOTH(after(method::get, "/") == "/");
  CHECK_BOTH(after(method::get, "/a?b?c/d") == "/a?b?c/d");
  CHECK_BOTH(after(method::get, "//a/b") == "//a/b");
  CHECK_BOTH(after(method::get, "http://a/b?c") == "/b?c");
  CHECK_BOTH(after(method::get, "http://[::1]:80//b") == "//b");
  CHECK_BOTH(after(method::get, "http://a?b/c") == "?b/c");
  CHECK_BOTH(after(method::get, "http://a:?") == "?");
  CHECK_BOTH(after(method::options, "http://a:80") == "");
  CHECK_BOTH(after(method::options, "*") == "");
  CHECK_BOTH(after(method::connect, "a:443") == "");
  // Parts that somebody else has put together read nothing that is not there.
  request_target short_one;
  short_one.form = target_form::absolute;
  short_one.scheme = "http";
  CHECK(short_one.path_and_query() == "");
}

TEST_CASE("each form of a target has its name") {
  CHECK_BOTH(name_of(turnout::target_form::origin) == "origin");
  CHECK_BOTH(name_of(turnout::target_form::absolute) == "absolute");
  CHECK_BOTH(name_of(turnout::target_form::authority) == "authority");
  CHECK_BOTH(name_of(turnout::target_form::asterisk) == "asterisk");
}
