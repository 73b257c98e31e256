// Counts the calls of a function by its name, whether or not they were inlined.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace work {

/// Functions by their names with namespaces, without parameters, and how often each was called.
using calls = std::map<std::string, std::size_t>;

/// Begins to count.
void begin_calls();
/// Ends counting.
calls end_calls();

/// The functions that `call()` calls.
template <class Call>
calls calls_of(const Call& call) {
  begin_calls();
  call();
  return end_calls();
}

}  // namespace work
