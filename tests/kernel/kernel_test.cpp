// Whichever kernel runs, it gives the same.
#include "turnout/kernel/kernel.hpp"
#include "turnout/message/line_ends.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string_view>

#include "support/both.hpp"
#include "support/kernels.hpp"

using turnout::detail::kernel;

namespace {

// A task, as control_runs is one.
struct look {
  const char* octets;
  std::uint64_t found = 0;

  template <class Kernel>
  constexpr void with() noexcept {
    found = Kernel::controls(octets);
  }
};

constexpr std::uint64_t controls(const char* octets) {
  look task{octets};
  kernel::run(task);
  return task.found;
}

struct chosen {
  static std::uint64_t controls(const char* octets) { return ::controls(octets); }
};

}  // namespace

TEST_CASE("[ENG-11] the selected kernel agrees with a loop over octets") {
  kernels::check_controls<chosen>();
  kernels::check_stops<kernel>();
  kernels::check_plain_in_name<kernel>();
  kernels::check_plain_in_target<kernel>();
  kernels::check_base64<kernel>();
  kernels::check_unreserved<kernel>();
  kernels::check_agree<kernel>();
}

TEST_CASE("the selected kernel gives the same in constant evaluation") {
  constexpr std::string_view head =
      "GET / HTTP/1.1\r\nHost: a\r\nX:\ty\x7Fz\r\n\r\n01234567890123456789012345678";
  constexpr std::string_view line = "Upgrade: h2c, websocket, x_y-z~ ";
  static_assert(head.size() == 64 && line.size() == 32);
  CHECK_BOTH(controls(head.data()) == kernels::bits(head, kernels::is_control));
  CHECK_BOTH(kernel::plain_in_name(line.data()) == kernels::bits(line, kernels::is_plain_in_name));
  CHECK_BOTH(kernel::stops(head.data() + 10) ==
             kernels::bits(head.substr(10, 16), kernels::is_stop));
  CHECK_BOTH(kernel::plain_in_target("/a/b-c=d;e@f[1:2") == 0xFFFF);
  CHECK_BOTH(kernel::plain_in_target("/a/b c?d=e;f@g[1") == 0xFFAF);
  CHECK_BOTH(kernel::are_base64("dGhlIHNhbXBsZ+/9"));
  CHECK_BOTH(!kernel::are_base64("dGhlIHNhbXBsZ-_9"));
}
