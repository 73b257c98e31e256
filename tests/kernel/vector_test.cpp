// The kernel of registers of 16 octets gives what octet after octet gives.
#include "turnout/kernel/vector.hpp"

#include <doctest/doctest.h>

#include "support/kernels.hpp"

#if defined(__GNUC__) && (defined(__SSE2__) || (defined(__AARCH64EL__) && defined(__ARM_NEON)))

using turnout::detail::vector_kernel;

TEST_CASE("[ENG-11] vectors find control octets") { kernels::check_controls<vector_kernel>(); }

TEST_CASE("vectors find and count bits") { kernels::check_first_and_count<vector_kernel>(); }

TEST_CASE("vectors find the stops") { kernels::check_stops<vector_kernel>(); }

TEST_CASE("vectors compare the bits that matter") { kernels::check_agree<vector_kernel>(); }

TEST_CASE("vectors find the octets of names") { kernels::check_plain_in_name<vector_kernel>(); }

TEST_CASE("vectors recognise the octets of targets") {
  kernels::check_plain_in_target<vector_kernel>();
  kernels::check_base64<vector_kernel>();
  kernels::check_unreserved<vector_kernel>();
}

#endif
