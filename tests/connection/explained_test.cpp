// The refusal that a failure calls for, with the reason as its content.
#include "turnout/connection/explained.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/core/errc_name.hpp"

namespace {

using namespace turnout;

constexpr refusal explained =
    detail::explained(refusal_for(errc::missing_host, {}), errc::missing_host, detail::text_of);

}  // namespace

TEST_CASE("[MSG-27] an explained refusal keeps its status and has a sentence as content") {
  CHECK_BOTH(explained.status == 400);
  CHECK_BOTH(explained.content == explain(errc::missing_host).text);
  CHECK_BOTH(explained.content_type == "text/plain");
}

TEST_CASE("[MSG-55] an explained refusal to HEAD has no content") {
  std::array<char, 256> out{};
  refusal to_head = explained;
  to_head.to_head = true;
  const std::string_view written = *write(to_head, out);
  CHECK(written.find("Content-Type: text/plain\r\n") != written.npos);
  CHECK(written.find("Content-Length: " + std::to_string(explained.content.size()) + "\r\n") !=
        written.npos);
  CHECK(written.ends_with("\r\n\r\n"));
}

TEST_CASE("without texts a refusal has no content, with other texts it has those") {
  constexpr refusal plain = refusal_for(errc::missing_host, {});
  refusal silent = detail::explained(plain, errc::missing_host, nullptr);
  CHECK(silent.status == 400);
  CHECK(silent.content.empty());
  CHECK(silent.content_type.empty());
  constexpr refusal named = detail::explained(plain, errc::missing_host,
                                              [](errc code) noexcept { return name_of(code); });
  CHECK_BOTH(named.content == "missing_host");
}
