// How explorations are printed for docs/proof.md: the text between two marks of the page.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "explore/chain.hpp"
#include "explore/party.hpp"

namespace explore {

inline void print_begin(std::string_view part) { fmt::print("<!-- {} -->\n", part); }
inline void print_end(std::string_view part) { fmt::print("<!-- end of {} -->\n", part); }

/// A number with a comma before every third digit from the end.
inline std::string grouped(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

/// Prints how a theorem is broken without something. Returns false if it is not.
inline bool print_counterexample(std::string_view without, theorem of, const outcome& found) {
  fmt::print("**{}**\nWithout this, theorem ({}) {}\n\n", without, static_cast<char>(of),
             found.broken ? "breaks:" : "still holds.");
  if (!found.broken) return false;
  fmt::print("```\n");
  for (const std::string& line : found.trace) fmt::print("{}\n", line);
  fmt::print("=> {}\n```\n\n", found.broken->how);
  return true;
}

}  // namespace explore
