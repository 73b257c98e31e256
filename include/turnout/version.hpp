// Checks that the compiler is in C++20 mode, and defines the version of the library as three
// numbers (semantic versioning), which the build files read.
#pragma once

// An #error alone would not stop compilers (decision D32). MSVC reports its mode in its own macro.
#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "turnout needs C++20: compile with -std=c++20 (MSVC: /std:c++20)"
#include <C++20>  // No such file: the compiler stops here, instead of with a page of errors.
#endif

#define TURNOUT_VERSION_MAJOR 0
#define TURNOUT_VERSION_MINOR 9
#define TURNOUT_VERSION_PATCH 0
