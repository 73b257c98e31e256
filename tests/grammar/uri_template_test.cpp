// URI templates: what a proxy's configuration may have, expansions by RFC 6570, and matches.
#include "turnout/grammar/uri_template.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::writer;
using turnout::grammar::template_variable;
using turnout::grammar::uri_template;

constexpr template_variable address[] = {{"host", "2001:db8::42"}, {"port", "443"}};

constexpr bool expands(std::string_view text, std::string_view to,
                       turnout::span<const template_variable> values = address) {
  const auto form = uri_template::parse(text);
  std::array<char, 256> out{};
  writer written{out};
  if (!form) return false;
  form->put(written, values);
  return std::string_view{out.data(), written.size()} == to;
}

constexpr failure fault_of(std::string_view text) { return uri_template::parse(text).error(); }

/// What a template finds in a target: both values with a space between them, "-" for undefined.
std::string found_in(std::string_view text, std::string_view target) {
  template_variable found[] = {{"host"}, {"port"}};
  const auto matched = uri_template::parse(text)->match(target, found);
  if (!matched) return "at " + std::to_string(matched.error().at);
  const auto shown = [](const template_variable& one) {
    return one.defined ? std::string{one.value} : "-";
  };
  return shown(found[0]) + " " + shown(found[1]);
}

}  // namespace

TEST_CASE("[TPL-01] expressions are simple, or of a form") {
  CHECK_BOTH(uri_template::parse("/{host}/{port}/"));
  CHECK_BOTH(uri_template::parse("/p{?host,port}"));
  CHECK_BOTH(uri_template::parse("/p?a=b{&host,port}"));
  CHECK_BOTH(uri_template::parse("/p%2F~{a.b_c1}"));
  CHECK_BOTH(uri_template::parse("/"));
  for (const char operation : {'+', '#', '.', '/', ';', '=', '!', '@', '|', ','})
    CHECK(fault_of("/{" + std::string{operation} + "host}") == failure{errc::bad_target, 2});
  CHECK_BOTH(fault_of("/{host:3}") == failure{errc::bad_target, 6});
  CHECK_BOTH(fault_of("/{host*}") == failure{errc::bad_target, 6});
}

TEST_CASE("[TPL-01] a malformed template fails at the octet at fault") {
  CHECK_BOTH(fault_of("") == failure{errc::bad_target, 0});
  CHECK_BOTH(fault_of("p/{host}") == failure{errc::bad_target, 0});
  CHECK_BOTH(fault_of("/{") == failure{errc::bad_target, 2});
  CHECK_BOTH(fault_of("/{host") == failure{errc::bad_target, 6});
  CHECK_BOTH(fault_of("/{}") == failure{errc::bad_target, 2});
  CHECK_BOTH(fault_of("/{?}") == failure{errc::bad_target, 3});
  CHECK_BOTH(fault_of("/{.a}") == failure{errc::bad_target, 2});
  CHECK_BOTH(fault_of("/{a..b}") == failure{errc::bad_target, 4});
  CHECK_BOTH(fault_of("/{a,}") == failure{errc::bad_target, 4});
  CHECK_BOTH(fault_of("/{a,,b}") == failure{errc::bad_target, 4});
  CHECK_BOTH(fault_of("/{a.}") == failure{errc::bad_target, 4});
  CHECK_BOTH(fault_of("/{a{b}}") == failure{errc::bad_target, 3});
  CHECK_BOTH(fault_of("/}") == failure{errc::bad_target, 1});
  CHECK_BOTH(fault_of("/a b") == failure{errc::bad_target, 2});
  CHECK_BOTH(fault_of("/a\x7f") == failure{errc::bad_target, 2});
  CHECK_BOTH(fault_of("/\xc3\xa9") == failure{errc::bad_target, 1});
  CHECK_BOTH(fault_of("/a#b") == failure{errc::bad_target, 2});
  CHECK_BOTH(fault_of("/a\"") == failure{errc::bad_target, 2});
}

TEST_CASE("[TPL-02] the examples of RFC 6570 expand as there") {
  constexpr template_variable values[] = {
      {"var", "value"}, {"hello", "Hello World!"}, {"x", "1024"},       {"y", "768"},
      {"empty", ""},    {"half", "50%"},           {"undef", "", false}};
  CHECK_BOTH(expands("/{var}", "/value", values));
  CHECK_BOTH(expands("/{hello}", "/Hello%20World%21", values));
  CHECK_BOTH(expands("/{half}", "/50%25", values));
  CHECK_BOTH(expands("/O{empty}X", "/OX", values));
  CHECK_BOTH(expands("/O{undef}X", "/OX", values));
  CHECK_BOTH(expands("/{x,y}", "/1024,768", values));
  CHECK_BOTH(expands("/{x,hello,y}", "/1024,Hello%20World%21,768", values));
  CHECK_BOTH(expands("/?{x,empty}", "/?1024,", values));
  CHECK_BOTH(expands("/?{x,undef}", "/?1024", values));
  CHECK_BOTH(expands("/?{undef,y}", "/?768", values));
  CHECK_BOTH(expands("/{?x,y}", "/?x=1024&y=768", values));
  CHECK_BOTH(expands("/{?x,y,empty}", "/?x=1024&y=768&empty=", values));
  CHECK_BOTH(expands("/{?x,y,undef}", "/?x=1024&y=768", values));
  CHECK_BOTH(expands("/?fixed=yes{&x}", "/?fixed=yes&x=1024", values));
  CHECK_BOTH(expands("/{&var,empty}", "/&var=value&empty=", values));
  CHECK_BOTH(expands("/{?undef}{missing}", "/", values));
  CHECK_BOTH(expands("/{VAR}", "/", values));
}

TEST_CASE("[TPL-02] the templates of RFC 9298 section 2 expand") {
  CHECK_BOTH(expands("/.well-known/masque/udp/{host}/{port}/",
                     "/.well-known/masque/udp/2001%3Adb8%3A%3A42/443/"));
  CHECK_BOTH(expands("/masque?h={host}&p={port}", "/masque?h=2001%3Adb8%3A%3A42&p=443"));
  CHECK_BOTH(expands("/{?host,port}", "/?host=2001%3Adb8%3A%3A42&port=443"));
  CHECK_BOTH(uri_template::parse("/{?a,host}{port}")->has("port"));
  CHECK_BOTH(!uri_template::parse("/host{?a}")->has("host"));
}

TEST_CASE("[TPL-03] an expansion matches its template") {
  CHECK(found_in("/udp/{host}/{port}/", "/udp/2001%3Adb8%3A%3A42/443/") ==
        "2001%3Adb8%3A%3A42 443");
  CHECK(found_in("/udp/{host}/{port}", "/udp/a/443") == "a 443");
  CHECK(found_in("/{?host,port}", "/?host=a&port=1") == "a 1");
  CHECK(found_in("/m?h={host}&p={port}", "/m?h=a&p=1") == "a 1");
  CHECK(found_in("/{host,port}/", "/a,1/") == "a 1");
  CHECK(found_in("/{?x,host,port,y}", "/?x=0&host=a&port=1&y=2") == "a 1");
  CHECK(found_in("/{port}{?host}", "/1?host=a") == "a 1");
  CHECK(found_in("/m?v=1{&host,port}", "/m?v=1&host=a&port=1") == "a 1");
  CHECK(found_in("/m?h={host}{&port}", "/m?h=a&port=1") == "a 1");
  CHECK(found_in("/{host}/{port}/", "//1/") == " 1");
}

TEST_CASE("[TPL-03] variables of a form may be missing, others may not") {
  CHECK(found_in("/{?host,port}", "/") == "- -");
  CHECK(found_in("/{?host,port}", "/?port=1") == "- 1");
  CHECK(found_in("/{?host,port}", "/?host=a") == "a -");
  CHECK(found_in("/{?host,port}", "/?port=1&host=a") == "at 8");
  CHECK(found_in("/{?host,port}", "/?hosts=a") == "at 1");
  CHECK(found_in("/{?host,port}", "/?host=a&port=1&x=2") == "at 15");
  CHECK(found_in("/{host,port}/", "/a/") == "at 2");
}

TEST_CASE("[TPL-03] another target fails at the octet where it differs") {
  CHECK(found_in("/udp/{host}/{port}/", "") == "at 0");
  CHECK(found_in("/udp/{host}/{port}/", "/ud") == "at 3");
  CHECK(found_in("/udp/{host}/{port}/", "/tcp/a/1/") == "at 1");
  CHECK(found_in("/udp/{host}/{port}/", "/udp/a") == "at 6");
  CHECK(found_in("/udp/{host}/{port}/", "/udp/a/1") == "at 8");
  CHECK(found_in("/udp/{host}/{port}/", "/udp/a/1/x") == "at 9");
  CHECK(found_in("/a", "/a") == "- -");
  template_variable none[] = {{"host"}};
  CHECK(uri_template{}.match("", none).error() == failure{errc::bad_target, 0});
  CHECK(uri_template{}.match("/", none).error() == failure{errc::bad_target, 1});
}

TEST_CASE("[TPL-03] a variable that comes twice has one value") {
  CHECK(found_in("/{host}/{host}/", "/a/a/") == "a -");
  CHECK(found_in("/{host}/{host}/", "/a/b/") == "at 4");
  CHECK(found_in("/{host}/{?host}", "/a/?host=b") == "at 10");
  CHECK(found_in("/{host}/{?host,port}", "/a/?host=a&port=1") == "a 1");
  CHECK(found_in("/{host}/{?host,port}", "/a/?host=b") == "at 10");
  CHECK(found_in("/{host}/{?host,port}", "/a/?host=b&port=1") == "at 10");
  CHECK(found_in("/{?host,host}", "/?host=a&host=b") == "at 15");
  CHECK(found_in("/{host}/{host,port}", "/a/b,1") == "at 4");
}

TEST_CASE("[TPL-03] a template that does not tell its variables apart matches nothing") {
  CHECK(found_in("/{host}{port}", "/a1") == "at 1");
  CHECK(found_in("/{host}x{port}", "/axb1") == "at 1");
  CHECK(found_in("/{host}%20{port}", "/a%201") == "at 1");
  CHECK(found_in("/{?x}{port}", "/?x=11") == "at 1");
  CHECK(found_in("/{host};{port}", "/a;1") == "a 1");
}
