// The kernel for every processor of a kind, which is the one of vectors where there are some, gives
// what octet after octet gives.
#include "turnout/kernel/vector.hpp"

#include <doctest/doctest.h>

#include "support/kernels.hpp"

using turnout::detail::baseline_kernel;

TEST_CASE("[ENG-11] vectors find control octets") { kernels::check_controls<baseline_kernel>(); }

TEST_CASE("vectors find and count bits") { kernels::check_first_and_count<baseline_kernel>(); }

TEST_CASE("vectors find the stops") { kernels::check_stops<baseline_kernel>(); }

TEST_CASE("vectors compare the bits that matter") { kernels::check_agree<baseline_kernel>(); }

TEST_CASE("vectors find the octets of names") { kernels::check_plain_in_name<baseline_kernel>(); }

TEST_CASE("vectors recognise the octets of targets") {
  kernels::check_plain_in_target<baseline_kernel>();
  kernels::check_base64<baseline_kernel>();
  kernels::check_unreserved<baseline_kernel>();
}
