// CHECK_BOTH: the same expression checked in both worlds, at compile time and at run time.
#pragma once

#include <doctest/doctest.h>

// Variadic, so that commas in template arguments and braces need no extra parentheses.
#define CHECK_BOTH(...)         \
  do {                          \
    static_assert(__VA_ARGS__); \
    CHECK(__VA_ARGS__);         \
  } while (false)
