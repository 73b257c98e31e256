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

#define fstream no_file
#define ifstream no_file
