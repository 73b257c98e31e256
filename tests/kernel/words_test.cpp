// The kernel of 64-bit words gives, in constant evaluation too, what octet after octet gives.
#include "turnout/kernel/words.hpp"

#include <doctest/doctest.h>

#include <string_view>

#include "support/both.hpp"
#include "support/kernels.hpp"

using turnout::detail::words_kernel;

TEST_CASE("[ENG-11] words find control octets") { kernels::check_controls<words_kernel>(); }

TEST_CASE("words find and count bits") {
  kernels::check_first_and_count<words_kernel>();
  CHECK_BOTH(words_kernel::count(0) == 0);
  CHECK_BOTH(words_kernel::count(~std::uint64_t{0}) == 64);
  CHECK_BOTH(words_kernel::first(std::uint64_t{1} << 63) == 63);
  CHECK_BOTH(words_kernel::first(12) == 2);
}

TEST_CASE("words find the stops") { kernels::check_stops<words_kernel>(); }

TEST_CASE("words find the octets of names") { kernels::check_plain_in_name<words_kernel>(); }

TEST_CASE("words recognise the octets of targets") {
  kernels::check_plain_in_target<words_kernel>();
}

TEST_CASE("words recognise the digits of base64") { kernels::check_base64<words_kernel>(); }

TEST_CASE("words recognise unreserved octets") { kernels::check_unreserved<words_kernel>(); }

TEST_CASE("words compare the bits that matter") { kernels::check_agree<words_kernel>(); }

TEST_CASE("words are the same in constant evaluation") {
  constexpr std::string_view head =
      "GET / HTTP/1.1\r\nHost: a\r\nX:\ty\x7Fz\r\n\r\n01234567890123456789012345\x80\xFF\x1F";
  constexpr std::string_view line = "Upgrade: h2c, websocket, x_y-z~ ";
  static_assert(head.size() == 64 && line.size() == 32);
  CHECK_BOTH(words_kernel::controls(head.data()) == kernels::bits(head, kernels::is_control));
  CHECK_BOTH(words_kernel::plain_in_name(line.data()) ==
             kernels::bits(line, kernels::is_plain_in_name));
  CHECK_BOTH(words_kernel::stops(head.data() + 20) ==
             kernels::bits(head.substr(20, 16), kernels::is_stop));
  CHECK_BOTH(words_kernel::plain_in_target("/chat/room=1&b=[") == 0xFFFF);
  CHECK_BOTH(words_kernel::plain_in_target("/chat?room=1&b=#") == 0x7FDF);
}
