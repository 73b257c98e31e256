// Which protocol in the wild a request is for, by its octets: its head may be malformed.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/grammar/ascii.hpp>
#include <turnout/grammar/scan.hpp>

#include "atlas_rows.hpp"
#include "report.hpp"

namespace recognise_detail {

inline bool begins_with(std::string_view text, std::string_view begin) {
  return text.size() >= begin.size() &&
         turnout::grammar::equal_ignoring_case(text.substr(0, begin.size()), begin);
}

/// True if `judge(name, value)` is true for a line of the head.
template <class Judge>
bool any_line(std::string_view head, const Judge& judge) {
  for (std::size_t at = head.find('\n'); at < head.size(); at = head.find('\n', at + 1)) {
    const std::string_view line = head.substr(at + 1, head.find('\n', at + 1) - at - 1);
    const std::size_t colon = line.find(':');
    if (colon == line.npos) continue;
    std::string_view value = line.substr(colon + 1);
    if (value.ends_with('\r')) value.remove_suffix(1);
    if (judge(line.substr(0, colon), value)) return true;
  }
  return false;
}

inline bool has_field(std::string_view head, std::string_view wanted) {
  return any_line(head, [wanted](std::string_view name, std::string_view) {
    return turnout::grammar::equal_ignoring_case(name, wanted);
  });
}

/// True if a comma-separated list has a member, which need not be a token.
inline bool has_member(std::string_view list, std::string_view wanted) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    if (turnout::grammar::equal_ignoring_case(turnout::grammar::trim(list.substr(at, comma - at)),
                                              wanted))
      return true;
    at = comma + 1;
  }
  return false;
}

inline bool offers(std::string_view head, std::string_view token) {
  return any_line(head, [token](std::string_view name, std::string_view value) {
    return turnout::grammar::equal_ignoring_case(name, "Upgrade") && has_member(value, token);
  });
}

inline bool fits(std::string_view head, const atlas_row& row) {
  const std::size_t space = head.find(' ');
  if (space == head.npos) return false;
  if (!row.method.empty() && head.substr(0, space) != row.method) return false;
  if (!begins_with(head.substr(space + 1), row.target)) return false;
  if (!row.field.empty() && !has_field(head, row.field)) return false;
  return row.token.empty() || offers(head, row.token);
}

inline std::string_view head_of(std::string_view octets) {
  const std::size_t end = octets.find("\r\n\r\n");
  return octets.substr(0, end == octets.npos ? end : end + 2);
}

}  // namespace recognise_detail

/// Adds which protocol in the wild a request is for, if it looks like one.
inline void recognise(report& to, std::string_view request) {
  using namespace recognise_detail;
  const std::string_view head = head_of(request);
  for (const atlas_row& row : atlas) {
    if (!fits(head, row)) continue;
    json known{{"name", row.name}, {"who", row.who}, {"what", row.what}};
    std::string said = fmt::format("this is {} ({}). {}", row.name, row.who, row.what);
    if (!row.bends.empty()) {
      known["bends"] = row.bends;
      said += fmt::format(" It bends a rule, {}", row.bends);
    }
    if (!row.advice.empty()) {
      known["advice"] = row.advice;
      said += fmt::format(" What to do: {}", row.advice);
    }
    to.machine["known"] = std::move(known);
    to.hints.push_back(std::move(said));
    return;
  }
}
