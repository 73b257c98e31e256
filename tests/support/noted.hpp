// The facts of lines that a test writes down, and rows of requests with what is wrong in each.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/errc.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"

namespace fixtures {

/// `seen`, and the facts of `lines`.
constexpr turnout::facts with(turnout::facts seen, std::string_view lines) {
  for (const auto& [name, value] : turnout::field_lines{lines}) seen.see(name, value);
  return seen;
}

/// The facts of a request to Host `a` with more `lines`.
constexpr turnout::facts request(std::string_view lines,
                                 turnout::method asked = turnout::method::get,
                                 turnout::http_version version = turnout::http_1_1) {
  turnout::facts seen = with({asked, version}, lines);
  if (!seen.has(turnout::field_name::host)) seen.see("Host", "a");
  return seen;
}

/// Lines of such a request, and what is wrong in it.
struct row {
  std::string_view lines;
  turnout::errc code = turnout::errc::none;
  std::size_t at = 0;
  turnout::field_name field = turnout::field_name::other;
  turnout::method asked = turnout::method::get;
  turnout::http_version version = turnout::http_1_1;
};

}  // namespace fixtures
