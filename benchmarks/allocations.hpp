// Counts how often the program takes memory from the heap.
#pragma once

#include <cstddef>

/// Calls of malloc, calloc and realloc so far, `new` among them.
std::size_t allocations() noexcept;
