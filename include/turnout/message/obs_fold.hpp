// Line folds, which a response may still have (decision D11) and which are not forwarded: RFC 9112
// section 5.2.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// Puts a field value and replaces each fold, and the whitespace around it, by one space.
///
/// Rule      RFC 9112 section 5.2: an intermediary replaces folds before it forwards a response
/// Takes     value: without whitespace around it, such as field_line::value of a response
/// Fails     unwritable at an octet that is not allowed in field values, such as a CRLF that does
///           not begin a fold
constexpr void put_unfolded(writer& to, std::string_view value) noexcept {
  for (std::size_t at = 0;;) {
    const std::size_t end = grammar::find_not<grammar::octet_class::field>(value, at);
    if (end == value.size()) return to.put(rest_of(value, at));
    const std::size_t fold = grammar::ows_size(rest_of(value, end));
    if (fold == 0) return to.fail({errc::unwritable, end});
    std::size_t text = end;
    while (text > at && grammar::is_ows(value[text - 1])) --text;
    to.put(part_of(value, at, text));
    to.put(' ');
    at = end + fold;
  }
}

}  // namespace detail

}  // namespace v0
}  // namespace turnout
