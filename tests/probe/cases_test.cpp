// The cases as they are read, and the results as they are shown.
#include <doctest/doctest.h>

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "output.hpp"
#include "read_cases.hpp"

using probe::result, probe::scenario, probe::verdict;
using kind = probe::verdict::kind;

namespace {

std::vector<scenario> read(std::string_view text) {
  std::vector<scenario> all;
  probe::read_cases(text, all);
  return all;
}

scenario named(std::string id) {
  scenario one;
  one.id = std::move(id);
  one.level = "must";
  one.section = "RFC 9110 section 7.8";
  one.why = "Because <it> is so.";
  return one;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("a case is read with all that it says") {
  const auto all = read(R"({"cases": [{"id": "a/b", "role": "relay", "profile": "foo/2",
    "request": "GET /\u00ff\r\n", "response": "HTTP", "end": true, "setup": {"connect": "open"},
    "expect": [{"outcome": "forward", "status": [400, "5xx"], "before": 1, "leftover": 2, "held": 3,
                "has": ["A: b"], "lacks": ["C"], "response_lacks": ["D"],
                "offers": [], "tunnel": false}, {"outcome": "refuse"}],
    "section": "RFC 9110 section 7.8", "level": "should", "tags": ["x", "y"], "why": "So."}]})");
  REQUIRE(all.size() == 1);
  const scenario& one = all.front();
  CHECK(one.id == "a/b");
  CHECK(one.role == "relay");
  CHECK(one.request == "GET /\xff\r\n");
  CHECK(one.ends);
  CHECK(one.has_setup);
  CHECK(one.level == "should");
  CHECK(one.has_tag("y"));
  CHECK(!one.has_tag("z"));
  CHECK(one.allows("refuse"));
  CHECK(!one.demands("refuse"));
  REQUIRE(one.expected.size() == 2);
  const probe::outcome& first = one.expected.front();
  CHECK(first.before == 1);
  CHECK(first.leftover == 2);
  CHECK(first.held == 3);
  CHECK(first.has == std::vector<std::string>{"A: b"});
  CHECK(first.lacks == std::vector<std::string>{"C"});
  CHECK(first.response_lacks == std::vector<std::string>{"D"});
  CHECK(first.offers->empty());
  CHECK(first.tunnel == false);
  CHECK(first.allows_status(400));
  CHECK(first.allows_status(502));
  CHECK(!first.allows_status(404));
  CHECK(one.expected.back().allows_status(404));
  CHECK(!one.expected.back().offers);
}

TEST_CASE("a text without cases, or a case without an outcome, is none") {
  CHECK_THROWS_AS(read("{}"), std::exception);
  CHECK_THROWS_AS(read("nonsense"), std::exception);
  CHECK_THROWS_AS(read(R"({"cases": [{"id": "a"}]})"), std::exception);
  CHECK_THROWS_AS(read(R"({"cases": [{"id": "a", "expect": []}]})"), std::exception);
}

TEST_CASE("the musts hold if none is broken and some were tried") {
  const scenario one = named("a");
  std::vector<result> all;
  CHECK(!probe::hold_all_musts(all));
  all.push_back({.of = &one, .judged = {kind::skipped, ""}});
  CHECK(!probe::hold_all_musts(all));
  all.push_back({.of = &one, .judged = {kind::passed, ""}});
  CHECK(probe::hold_all_musts(all));
  all.push_back({.of = &one, .judged = {kind::failed, "", "should"}});
  CHECK(probe::hold_all_musts(all));
  all.push_back({.of = &one, .judged = {kind::failed, ""}});
  CHECK(!probe::hold_all_musts(all));
}

TEST_CASE("results are shown by section, in JSON, and for build servers") {
  const scenario good = named("good");
  const scenario bad = named("bad\x01");
  const std::vector<result> all{
      {.of = &good, .judged = {kind::passed, "fine"}},
      {.of = &good, .how = probe::way::octets, .judged = {kind::skipped, "not here"}},
      {.of = &bad,
       .judged = {kind::failed, "it \"broke\""},
       .received = "\xff",
       .explanation = "So.\n"},
      {.of = &bad, .how = probe::way::halves, .judged = {kind::failed, "it broke"}}};
  const std::string table = probe::table_of(all);
  CHECK(has(table, "RFC 9110 section 7.8"));
  CHECK(has(table, "1/3"));
  const std::string failures = probe::failures_of(all, false);
  CHECK(has(failures, "it \"broke\""));
  CHECK(has(failures, "So."));
  CHECK(!has(failures, "in two pieces"));  // once is enough
  CHECK(!has(failures, "good"));

  const auto said = nlohmann::json::parse(probe::json_of(all));
  CHECK(said["musts_hold"] == false);
  CHECK(said["cases"].size() == 4);
  CHECK(said["cases"][2]["received"] == "\u00ff");
  CHECK(!said["cases"][0].contains("sent"));

  const std::string xml = probe::junit_of(all);
  CHECK(has(xml, "tests=\"4\" failures=\"2\""));
  CHECK(has(xml, "message=\"it &quot;broke&quot;\""));
  CHECK(has(xml, "Because &lt;it> is so."));
  CHECK(has(xml, "bad\\x01 (whole)"));
  CHECK(has(xml, "<skipped/>"));
}

TEST_CASE("a list has one case on a line") {
  CHECK(probe::list_of({named("a"), named("b")}) ==
        "a  must, RFC 9110 section 7.8: Because <it> is so.\n"
        "b  must, RFC 9110 section 7.8: Because <it> is so.\n");
}
