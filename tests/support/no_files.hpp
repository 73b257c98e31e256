// What doctest needs of files where the standard library has none, as for WebAssembly: its option
// --out writes into nothing, and a file that is read is empty. To be included before everything
// else.
#pragma once

#include <fstream>
#include <sstream>

namespace std {
struct no_file : stringstream {
  no_file() = default;
  explicit no_file(const char*) {}
  void open(const char*, openmode) {}
  bool is_open() const { return false; }
  void close() {}
};
}  // namespace std

// What the compiler's own functions for 128 bits ask for, which wasi-libc does not have.
extern "C" {
[[gnu::weak]] unsigned long __stack_chk_guard = 1;
[[gnu::weak]] void __stack_chk_fail() { __builtin_trap(); }
}

#define fstream no_file
#define ifstream no_file
