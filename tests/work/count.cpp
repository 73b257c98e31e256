// The counter that the compiler calls in each basic block; it is not compiled so itself.
#include "work/count.hpp"

namespace {
std::size_t blocks = 0;
}

extern "C" void __sanitizer_cov_trace_pc() { ++blocks; }

std::size_t work::blocks_so_far() { return blocks; }
