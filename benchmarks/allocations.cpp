// Counts in front of the C library, through which `new` and the libraries of C go alike.
#include "allocations.hpp"

#include <cstddef>

namespace {
std::size_t count = 0;  // the benchmarks have one thread
}

std::size_t allocations() noexcept { return count; }

#ifdef __GLIBC__
extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);

void* malloc(std::size_t size) {
  ++count;
  return __libc_malloc(size);
}

void* calloc(std::size_t number, std::size_t size) {
  ++count;
  return __libc_calloc(number, size);
}

void* realloc(void* old, std::size_t size) {
  ++count;
  return __libc_realloc(old, size);
}
}
#endif
