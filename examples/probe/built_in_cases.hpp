// The cases that the program has with it: those of tests/vectors.
#pragma once

#include <span>
#include <string_view>

namespace probe {

/// The text of each file, which CMake writes into the program.
extern const std::span<const std::string_view> built_in_cases;

}  // namespace probe
