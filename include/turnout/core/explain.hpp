// What each code means: see core/explanations.hpp.
#pragma once

#include <cstddef>

#include "turnout/core/consequence.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/explanation.hpp"
#include "turnout/core/explanations.hpp"

namespace turnout {
inline namespace v0 {

/// What `code` means.
///
/// Returns   a sentence, the section that was violated, whose fault it is, and the status code that
///           a server answers with
/// Costs     measuring two short texts, if they are used
///
/// ```cpp
/// const auto meaning = turnout::explain(turnout::errc::missing_host);
/// assert(turnout::name_of(meaning.code) == "missing_host" && meaning.status == 400);
/// assert(meaning.section == "RFC 9112 section 3.2");
/// assert(meaning.text == "Host is missing: HTTP/1.1 needs it");
/// ```
constexpr explanation explain(errc code) noexcept {
  const auto& row = detail::explanation_table::rows[static_cast<std::size_t>(code)];
  return {row.code, row.text, row.section, rules::fault_of(code), rules::status_for(code)};
}

}  // namespace v0
}  // namespace turnout
