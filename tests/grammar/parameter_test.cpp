// Parameters after a list element or a chunk size, in the four grammars that they have.
#include "turnout/grammar/parameter.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string_view>
#include <vector>

#include "support/both.hpp"

using turnout::errc;
using turnout::failure;
using turnout::grammar::parameter;
using turnout::grammar::parameter_rules;
using turnout::grammar::parameters;

namespace {

template <parameter_rules Rules>
struct grammar_of {
  static constexpr auto parse_prefix(std::string_view octets) {
    return parameters::parse_prefix(octets, Rules);
  }
};

using http = grammar_of<turnout::grammar::http_parameters>;
using transfer = grammar_of<turnout::grammar::transfer_parameters>;
using extension = grammar_of<turnout::grammar::extension_parameters>;
using chunk = grammar_of<turnout::grammar::chunk_extensions>;

static_assert(std::forward_iterator<parameters::iterator>);
static_assert(std::ranges::forward_range<parameters>);

// What reading gives: how many octets it took and their canonical form, or a failure.
struct outcome {
  errc code;
  std::size_t at;  // or how many octets were taken
  std::string_view canonical;
};

constexpr outcome takes(std::size_t size, std::string_view canonical) {
  return {errc::none, size, canonical};
}
constexpr outcome bad_parameter(std::size_t at) { return {errc::bad_parameter, at, {}}; }
constexpr outcome bad_token(std::size_t at) { return {errc::bad_token, at, {}}; }
constexpr outcome bad_string(std::size_t at) { return {errc::bad_quoted_string, at, {}}; }

template <class List>
constexpr bool writes(const List& parameters, std::string_view text) {
  std::array<char, 32> out{};
  const auto written = turnout::write(parameters, out);
  return written && *written == text;
}

template <class List>
constexpr bool gives(std::string_view octets, const outcome& expected) {
  const auto parsed = List::parse_prefix(octets);
  if (!parsed) return parsed.error() == failure{expected.code, expected.at};
  return expected.code == errc::none && parsed->size == expected.at &&
         writes(parsed->value, expected.canonical) &&
         List::parse_prefix(expected.canonical)->value == parsed->value;
}

struct row {
  std::string_view octets;
  outcome as_http;
  outcome as_transfer;
  outcome as_extension;

  constexpr row(std::string_view text, outcome of_all) : row{text, of_all, of_all, of_all} {}
  constexpr row(std::string_view text, outcome of_http, outcome of_transfer, outcome of_extension)
      : octets{text}, as_http{of_http}, as_transfer{of_transfer}, as_extension{of_extension} {}

  // A chunk may leave a value out like an extension, and quote any like a transfer coding.
  constexpr outcome as_chunk() const {
    return as_extension.code == errc::none ? as_extension : as_transfer;
  }

  constexpr bool holds() const {
    return gives<http>(octets, as_http) && gives<transfer>(octets, as_transfer) &&
           gives<extension>(octets, as_extension) && gives<chunk>(octets, as_chunk());
  }
};

constexpr row where_all_agree[] = {
    {"", takes(0, "")},
    {" ", takes(0, "")},
    {"a", takes(0, "")},
    {" ,", takes(0, "")},
    {";a=1", takes(4, "; a=1")},
    {"; a=1", takes(5, "; a=1")},
    {"\t;\t a=1", takes(7, "; a=1")},
    {";a=1;b=2", takes(8, "; a=1; b=2")},
    {";a=1 ; b=2", takes(10, "; a=1; b=2")},
    {";a=1\r\n ;\r\n\tb=2", takes(14, "; a=1; b=2")},
    {";a=1 b", takes(4, "; a=1")},
    {";a=1,b", takes(4, "; a=1")},
    {";a=1 , b", takes(4, "; a=1")},
    {";a=b/c", takes(4, "; a=b")},
    {";a=\"b\"", takes(6, "; a=b")},
    {";a=\"\\b\" ", takes(7, "; a=b")},
    {";A=b;a=B", takes(8, "; A=b; a=B")},
    {";=1", bad_token(1)},
    {"; =1", bad_token(2)},
    {";\x80=1", bad_token(1)},
    {";a=1; \"b\"", bad_token(6)},
    {";a=", bad_token(3)},
    {";a=,", bad_token(3)},
    {";a=;b=1", bad_token(3)},
    {";a==1", bad_token(3)},
    {";a=1;b=@", bad_token(7)},
    {";a=\"b", bad_string(5)},
    {";a=\"b\\", bad_string(6)},
    {";a=1;b=\"\x01\"", bad_string(8)},
};

// GRM-11, GRM-12, WS-66 and WS-67.
constexpr row where_they_differ[] = {
    // Whitespace around "=".
    {";a = 1", bad_parameter(2), takes(6, "; a=1"), takes(6, "; a=1")},
    {";a =1", bad_parameter(2), takes(5, "; a=1"), takes(5, "; a=1")},
    {";a= 1", bad_token(3), takes(5, "; a=1"), takes(5, "; a=1")},
    {";a\t=\r\n 1", bad_parameter(2), takes(8, "; a=1"), takes(8, "; a=1")},
    {";a= ", bad_token(3), bad_token(4), bad_token(4)},
    // No value.
    {";a", bad_parameter(2), bad_parameter(2), takes(2, "; a")},
    {";a ", bad_parameter(2), bad_parameter(2), takes(2, "; a")},
    {";a ;b", bad_parameter(2), bad_parameter(2), takes(5, "; a; b")},
    {";a;b=1", bad_parameter(2), bad_parameter(2), takes(6, "; a; b=1")},
    {";a=1;b,", bad_parameter(6), bad_parameter(6), takes(6, "; a=1; b")},
    {";a b", bad_parameter(2), bad_parameter(2), takes(2, "; a")},
    // Nothing at all.
    {";", takes(1, ""), bad_parameter(1), bad_parameter(1)},
    {" ; ", takes(3, ""), bad_parameter(3), bad_parameter(3)},
    {";;", takes(2, ""), bad_parameter(1), bad_parameter(1)},
    {"; ;", takes(3, ""), bad_parameter(2), bad_parameter(2)},
    {";,b", takes(1, ""), bad_parameter(1), bad_parameter(1)},
    {";;a=1", takes(5, "; a=1"), bad_parameter(1), bad_parameter(1)},
    {" ; a=1 ;", takes(8, "; a=1"), bad_parameter(8), bad_parameter(8)},
    {";a=1;;b=2;", takes(10, "; a=1; b=2"), bad_parameter(5), bad_parameter(5)},
    // A quoted value that is not a token.
    {";a=\"b c\"", takes(8, "; a=\"b c\""), takes(8, "; a=\"b c\""), bad_parameter(3)},
    {";a=\"\"", takes(5, "; a=\"\""), takes(5, "; a=\"\""), bad_parameter(3)},
    {";a=\"b;c,d\"", takes(10, "; a=\"b;c,d\""), takes(10, "; a=\"b;c,d\""), bad_parameter(3)},
    {";a=\"\\\"\"", takes(7, "; a=\"\\\"\""), takes(7, "; a=\"\\\"\""), bad_parameter(3)},
};

constexpr bool all_hold(const auto& rows) {
  for (const row& one : rows)
    if (!one.holds()) return false;
  return true;
}

}  // namespace

TEST_CASE("the grammars of parameters share most rules") {
  static_assert(all_hold(where_all_agree));
  for (const row& one : where_all_agree) {
    CAPTURE(one.octets);
    CHECK(one.holds());
  }
}

TEST_CASE(
    "[GRM-11] [GRM-12] [WS-66] [WS-67] the grammars of parameters differ in whitespace and in "
    "optional parts") {
  static_assert(all_hold(where_they_differ));
  for (const row& one : where_they_differ) {
    CAPTURE(one.octets);
    CHECK(gives<http>(one.octets, one.as_http));
    CHECK(gives<transfer>(one.octets, one.as_transfer));
    CHECK(gives<extension>(one.octets, one.as_extension));
    CHECK(gives<chunk>(one.octets, one.as_chunk()));
  }
}

TEST_CASE("each rule is independent: whitespace around = does not affect the value") {
  using spaced = grammar_of<parameter_rules{true, true, true, false}>;
  CHECK_BOTH(gives<spaced>("; a = \"b c\" ;; b ;", takes(18, "; a=\"b c\"; b")));
  using named = grammar_of<parameter_rules{false, true, false, false}>;
  CHECK_BOTH(gives<named>(";a;b=\" \"", takes(8, "; a; b=\" \"")));
  CHECK_BOTH(gives<named>(";a =1", takes(2, "; a")));
}

TEST_CASE(
    "[MSG-71] [GRM-12] a chunk extension has a value or none, quoted or not, and is not empty") {
  CHECK_BOTH(gives<chunk>(";a;b=c;d=\"e f\"", takes(14, "; a; b=c; d=\"e f\"")));
  CHECK_BOTH(gives<chunk>(" ;\ta = \"\" ; b", takes(13, "; a=\"\"; b")));
  CHECK_BOTH(gives<chunk>(";a;;b", bad_parameter(3)));
  CHECK_BOTH(gives<chunk>(";a=b;", bad_parameter(5)));
  CHECK_BOTH(gives<chunk>(";a=b ", takes(4, "; a=b")));
}

TEST_CASE("parameters that are cut anywhere are not read past their end") {
  constexpr std::string_view whole = " ; a = \"b\\c\" ; d = e";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    CAPTURE(size);
    // An allocation of exactly this size: the address sanitizer sees a read past its end.
    const std::vector<char> cut(whole.data(), whole.data() + size);
    const auto parsed = extension::parse_prefix({cut.data(), cut.size()});
    CHECK((parsed ? parsed->size : parsed.error().at) <= size);
  }
  CHECK_BOTH(gives<extension>(whole, takes(20, "; a=bc; d=e")));
}

TEST_CASE("the parameters can be iterated in order, without empty ones, and more than once") {
  constexpr parameters three = http::parse_prefix(";; a=1 ;;; b=\"x y\";a=3;; ")->value;
  CHECK_BOTH(std::ranges::distance(three) == 3);
  CHECK_BOTH([&] {
    auto here = three.begin();
    const auto before = here++;
    const bool apart = before == three.begin() && before != here && before->name == "a" &&
                       before->value == "1" && before->has_value;
    return apart && here->name == "b" && (*here).value == "x y" && ++here != three.end() &&
           here->name == "a" && here->value == "3" && ++here == three.end() &&
           ++here == three.end();
  }());
  CHECK_BOTH(parameters{}.begin() == parameters{}.end());
  constexpr parameters empty = http::parse_prefix(" ; ;; ")->value;
  CHECK_BOTH(empty.begin() == empty.end());
}

TEST_CASE("a parameter without a value has none, not an empty one") {
  constexpr parameters one = extension::parse_prefix("; a")->value;
  CHECK_BOTH(!one.begin()->has_value);
  CHECK_BOTH(one.begin()->value == "");
  constexpr parameters other = http::parse_prefix("; a=\"\"")->value;
  CHECK_BOTH(other.begin()->has_value);
  CHECK_BOTH(*one.begin() != *other.begin());
  CHECK_BOTH(parameter{} == parameter{});
  CHECK_BOTH(!parameter{}.has_value);
}

TEST_CASE("a parameter whose name is not a token is not written") {
  constexpr auto refused = [](std::string_view name) {
    std::array<char, 8> out{};
    return turnout::write(parameter{name, {}, false}, out).error();
  };
  CHECK_BOTH(refused("a") == failure{});
  CHECK_BOTH(refused("") == failure{errc::unwritable, 0});
  CHECK_BOTH(refused("a;b") == failure{errc::unwritable, 1});
}

TEST_CASE("[GRM-13] parameters are equal if names and values are, in order") {
  constexpr auto equal = [](std::string_view one, std::string_view other) {
    return extension::parse_prefix(one)->value == extension::parse_prefix(other)->value;
  };
  CHECK_BOTH(equal("", ""));
  CHECK_BOTH(equal(";a=10; b", " ; a = \"1\\0\" ;b"));
  CHECK_BOTH(!equal(";a=1", ""));
  CHECK_BOTH(!equal("", ";a=1"));
  CHECK_BOTH(!equal(";a", ";a=1"));
  CHECK_BOTH(!equal(";a=1", ";a=2"));
  CHECK_BOTH(!equal(";a=1", ";A=1"));
  CHECK_BOTH(!equal(";a=1;b=2", ";b=2;a=1"));
  CHECK_BOTH(!equal(";a=1", ";a=1;b=2"));
}
