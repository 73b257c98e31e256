// Prints failures, and the members of all public enumerations, in a failing EXPECT of GoogleTest.
#pragma once

#include <ostream>

#include "turnout/adapter/named.hpp"

namespace turnout {
inline namespace v0 {

/// Prints a member of an enumeration by its name. GoogleTest finds this function by itself.
template <class Enumeration>
requires detail::named<Enumeration>
void PrintTo(Enumeration one, std::ostream* to) { *to << name_of(one); }

/// Prints a failure as one line of text.
inline void PrintTo(const failure& why, std::ostream* to) {
  *to << detail::printed_failure{why}.text;
}

}  // namespace v0
}  // namespace turnout
