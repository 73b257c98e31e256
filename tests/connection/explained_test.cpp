// The refusal that a failure calls for, with the reason as its content.
#include "turnout/connection/explained.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace turnout;

constexpr refusal explained =
    detail::explained(refusal_for(errc::missing_host, {}), errc::missing_host);

}  // namespace

TEST_CASE("[MSG-27] a refusal keeps its status and says in words what is wrong") {
  CHECK_BOTH(explained.status == 400);
  CHECK_BOTH(explained.content == explain(errc::missing_host).text);
  CHECK_BOTH(explained.content_type == "text/plain");
}

TEST_CASE("[MSG-55] to HEAD it says so without the words") {
  std::array<char, 256> out{};
  refusal to_head = explained;
  to_head.to_head = true;
  const std::string_view written = *write(to_head, out);
  CHECK(written.find("Content-Type: text/plain\r\n") != written.npos);
  CHECK(written.find("Content-Length: " + std::to_string(explained.content.size()) + "\r\n") !=
        written.npos);
  CHECK(written.ends_with("\r\n\r\n"));
}
