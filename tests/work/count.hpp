// Counts the basic blocks that a call runs through: the same on every run and every machine.
#pragma once

#include <cstddef>

namespace work {

std::size_t blocks_so_far();

/// How many basic blocks `call()` runs through.
template <class Call>
std::size_t of(const Call& call) {
  const std::size_t before = blocks_so_far();
  call();
  return blocks_so_far() - before;
}

}  // namespace work
