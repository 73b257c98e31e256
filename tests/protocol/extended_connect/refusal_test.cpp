// A final response of one's own in a header list.
#include "turnout/protocol/extended_connect/refusal.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using namespace turnout;
using extended_connect::write_response;

struct memory {
  std::array<field_line, 8> lines{};
  std::array<char, 64> octets{};
};

/// The lines of a refusal, one after the other; what fails is named by its number.
std::string lines_of(const refusal& answer) {
  memory here;
  const auto size = write_response(answer, {here.lines, here.octets});
  if (!size) return std::to_string(static_cast<int>(size.why.code));
  std::string text;
  for (std::size_t i = 0; i < size.lines; ++i)
    text += std::string{here.lines[i].name} + "=" + std::string{here.lines[i].value} + "\n";
  return text;
}

constexpr errc fault_of(const refusal& answer) {
  memory here;
  return write_response(answer, {here.lines, here.octets}).why.code;
}

constexpr field_line server[] = {{"Server", "x"}};
constexpr field_line te[] = {{"Server", "x"}, {"Transfer-Encoding", "chunked"}};
constexpr field_line broken[] = {{"x", "a\r\nb"}};
constexpr profile spoken[] = {{.token = {"foo"}}};

}  // namespace

TEST_CASE("[XC-22] the status and the fields are said, in lower case, and nothing of HTTP/1.1") {
  CHECK(lines_of({.status = 404}) == ":status=404\n");
  CHECK(
      lines_of({.status = 502, .fields = server, .content = "no", .content_type = "text/plain"}) ==
      ":status=502\nserver=x\ncontent-type=text/plain\n");
  CHECK(lines_of({.status = 426, .protocols = spoken, .close = true}) == ":status=426\n");
}

TEST_CASE("what is no refusal, or would break a list, is not written") {
  CHECK_BOTH(fault_of({.status = 200}) == errc::bad_status_to_write);
  CHECK_BOTH(fault_of({.status = 304}) == errc::bad_status_to_write);
  CHECK_BOTH(fault_of({.status = 600}) == errc::bad_status_to_write);
  CHECK_BOTH(fault_of({.status = 300}) == errc::none);
  CHECK_BOTH(fault_of({.fields = te}) == errc::reserved_field);
  CHECK_BOTH(fault_of({.fields = broken}) == errc::unwritable);
}

TEST_CASE("a space that is too small is left as it is, and the size needed is said") {
  memory here;
  CHECK(write_response({.status = 404, .fields = server}, {{here.lines.data(), 1}, here.octets}) ==
        extended_connect::list_size{{errc::no_space, 2}, 2, 9});
  CHECK(here.lines[0].name.empty());
  CHECK(write_response({.status = 404, .fields = server}, {here.lines, {here.octets.data(), 8}}) ==
        extended_connect::list_size{{errc::no_space, 9}, 2, 9});
}
