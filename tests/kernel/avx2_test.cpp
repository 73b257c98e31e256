// The kernel of registers of 32 octets gives what octet after octet gives.
#include "turnout/kernel/avx2.hpp"

#include <doctest/doctest.h>

#include "support/kernels.hpp"
#include "turnout/kernel/processor.hpp"

#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)

TEST_CASE("[ENG-11] the AVX2 kernel agrees with the portable one") {
  if (!processor_has(turnout::detail::instructions::avx2)) return;
  kernels::check_controls<turnout::detail::avx2_kernel>();
  kernels::check_plain_in_name<turnout::detail::avx2_kernel>();
  kernels::check_first_and_count<turnout::detail::avx2_kernel>();
}

#endif
