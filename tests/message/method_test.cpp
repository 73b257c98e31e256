// Methods: their names and sets of them.
#include "turnout/message/method.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/guarded.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/token.hpp"

using guarded::writes;
using turnout::method;
using turnout::method_named;
using turnout::method_set;
using turnout::name_of;

namespace {

constexpr std::array all{method::connect, method::delete_, method::get,  method::head,
                         method::options, method::patch,   method::post, method::put,
                         method::query,   method::trace};

}  // namespace

TEST_CASE("[MSG-15] each known method has a unique name, which is a token") {
  for (const method one : all) {
    CAPTURE(std::string{name_of(one)});
    CHECK(turnout::grammar::is_token(name_of(one)));
    CHECK(method_named(name_of(one)) == one);
  }
  CHECK_BOTH(name_of(method::get) == "GET");
  CHECK_BOTH(name_of(method::delete_) == "DELETE");
  CHECK_BOTH(method_named("CONNECT") == method::connect);
  CHECK_BOTH(method_named("OPTIONS") == method::options);
}

TEST_CASE("[MSG-15] [GRM-15] methods are case-sensitive") {
  CHECK_BOTH(method_named("get") == method::other);
  CHECK_BOTH(method_named("Get") == method::other);
  for (const method one : all) {
    std::string name{name_of(one)};
    for (char& octet : name) {
      const char capital = octet;
      octet = turnout::grammar::to_lower(octet);
      CHECK(method_named(name) == method::other);
      octet = capital;
    }
  }
}

TEST_CASE("any other name is another method") {
  CHECK_BOTH(method_named("") == method::other);
  CHECK_BOTH(method_named("GE") == method::other);
  CHECK_BOTH(method_named("GETS") == method::other);
  CHECK_BOTH(method_named(" GET") == method::other);
  CHECK_BOTH(method_named("PRI") == method::other);
  CHECK_BOTH(name_of(method::other) == "");
}

TEST_CASE("a set holds the methods that it was made of") {
  constexpr method_set two = method::get | method::options;
  CHECK_BOTH(two.contains(method::get));
  CHECK_BOTH(two.contains(method::options));
  CHECK_BOTH(!two.contains(method::post));
  CHECK_BOTH(!method_set{}.contains(method::get));
  CHECK_BOTH((two | method::post).contains(method::post));
  CHECK_BOTH((method::get | method::options) == (method::options | method::get | method::get));
  CHECK_BOTH(!(two == method::get));
  for (const method one : all)
    for (const method other : all) CHECK(method_set{one}.contains(other) == (one == other));
}

TEST_CASE("[OPT-10] method_set::any() also has unknown methods") {
  for (const method one : all) CHECK(method_set::any().contains(one));
  CHECK_BOTH(method_set::any().contains(method::other));
  CHECK_BOTH((method_set::any() | method::get) == method_set::any());
  CHECK_BOTH(writes(method_set::any(),
                    "CONNECT, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY, TRACE"));
}

TEST_CASE("no other set has an unknown method") {
  CHECK_BOTH(!method_set{}.contains(method::other));
  CHECK_BOTH(!method_set{method::other}.contains(method::other));
  CHECK_BOTH(method_set{method::other} == method_set{});
}

TEST_CASE("[GRM-02] [GRM-20] a set is written as a list, in the order of the names") {
  CHECK_BOTH(writes(method_set{}, ""));
  CHECK_BOTH(writes(method_set{method::get}, "GET"));
  CHECK_BOTH(writes(method_set{method::other}, ""));
  CHECK_BOTH(writes(method::post | method::get, "GET, POST"));
  CHECK_BOTH(writes(method::trace | method::connect | method::delete_, "CONNECT, DELETE, TRACE"));
}
