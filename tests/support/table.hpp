// Tables of cases: a check of a whole table gives the number of the row that is wrong, which is
// what a failing CHECK prints.
#pragma once

#include <cstddef>

namespace table {

/// The number of the first row for which `holds(row)` is false; the number of rows if there is
/// none.
template <class Rows, class Holds>
constexpr std::size_t first_wrong(const Rows& rows, const Holds& holds) {
  std::size_t number = 0;
  for (const auto& row : rows) {
    if (!holds(row)) return number;
    ++number;
  }
  return number;
}

}  // namespace table
