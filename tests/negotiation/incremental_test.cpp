// Incremental: which messages ask for it, and that a relay does it.
#include "turnout/negotiation/incremental.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/relay_turns.hpp"

namespace {

using namespace turnout;
using forwarding::is_incremental;

constexpr std::string_view name = "cache.example";

constexpr bool says(std::string_view value, std::string_view field = "Incremental") {
  const field_line lines[] = {{"Host", "a"}, {field, value}, {"Accept", "*/*"}};
  return is_incremental(lines);
}

}  // namespace

TEST_CASE("[INC-01] a message is incremental if the field is the boolean ?1, once") {
  CHECK_BOTH(says("?1"));
  CHECK_BOTH(says("?1", "incremental"));
  CHECK_BOTH(says(" ?1 "));
  CHECK_BOTH(says("?1;a;b=\"c\""));
  for (const std::string_view other :
       {"?0", "1", "true", "\"?1\"", "?1, ?1", "(?1)", "?1;", "", "?2"})
    CHECK_FALSE(says(other));
  CHECK_BOTH(!says("?1", "Incrementally"));
  const field_line twice[] = {{"Incremental", "?1"}, {"Incremental", "?1"}};
  CHECK_FALSE(is_incremental(twice));
}

TEST_CASE("[INC-02] a relay forwards the field, and content as it comes, in both directions") {
  static constexpr relay_policy policy{.name = "p"};
  turns::relay_program program{policy};
  program.from_client(
      "POST / HTTP/1.1\r\nHost: a\r\nIncremental: ?1\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string head = program.to_server();
  CHECK(head.find("\r\nIncremental: ?1\r\n") != head.npos);
  program.from_client("1\r\na\r\n");
  CHECK(program.to_server() == "1\r\na\r\n");
  program.from_server(
      "HTTP/1.1 200 OK\r\nIncremental: ?1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n");
  const std::string answer = program.to_client();
  CHECK(answer.find("\r\nIncremental: ?1\r\n") != answer.npos);
  CHECK(answer.ends_with("1\r\nb\r\n"));
  program.from_client("1\r\nc\r\n");
  CHECK(program.to_server() == "1\r\nc\r\n");
}

TEST_CASE("[INC-03] an intermediary that stores messages says that it refuses") {
  constexpr auto lines = forwarding::incremental_refused<name>();
  CHECK(forwarding::incremental_refused<name>().data() == lines.data());
  CHECK_BOTH(lines.size() == 1);
  CHECK_BOTH(lines.front() ==
             field_line{"Proxy-Status", "cache.example; error=incremental_refused"});
}
