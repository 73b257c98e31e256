// Fields for one connection only, which nobody forwards: RFC 9110 section 7.6.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/name_set.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/token_set.hpp"
#include "turnout/grammar/value_lines.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/negotiation/protected_fields.hpp"

namespace turnout {
inline namespace v0 {

namespace rules {

/// The fields that an intermediary removes, whether or not Connection lists them.
///
/// Rule      RFC 9110 section 7.6.1; RFC 7540 section 3.2.1 for HTTP2-Settings; `Close` is not a
///           field name (RFC 9112 section 9.6). Transfer-Encoding is not among them: an
///           intermediary that keeps the framing of the content keeps the field
inline constexpr field::detail::name_set hop_by_hop =
    field::detail::name_set{field_name::close} | field_name::connection |
    field_name::http2_settings | field_name::keep_alive | field_name::proxy_connection |
    field_name::te | field_name::upgrade;

/// True for a field that an intermediary removes, whether or not Connection lists it.
constexpr bool is_hop_by_hop(field_name name) noexcept { return hop_by_hop.has(name); }

}  // namespace rules

namespace detail {

/// The fields that Connection lists, except those that nobody forwards anyway.
///
/// Rule      RFC 9110 section 7.6.1
/// Borrows   the values of Connection
class nominated_fields {
 public:
  /// How many different names there can be.
  static constexpr std::size_t capacity = grammar::detail::token_set::capacity;

  /// Takes     options: the lines of Connection, which passed check_nominated()
  /// Costs     one pass, and another one if there are such fields
  TURNOUT_INLINE constexpr explicit nominated_fields(grammar::value_lines options) noexcept {
    const auto says = field::connection_summary::read(options, SIZE_MAX);
    if (!(says.listed - rules::hop_by_hop).empty()) add(options);
  }

  /// True if there are none.
  constexpr bool empty() const noexcept { return names_.empty(); }
  /// True if `name` is among them, in any case.
  ///
  /// Costs     at most eight comparisons with names of the same size, however long Connection is
  constexpr bool contains(std::string_view name) const noexcept { return names_.contains(name); }

 private:
  TURNOUT_OUT_OF_LINE constexpr void add(grammar::value_lines options) noexcept {
    (void)field::connection::each(options, SIZE_MAX, [this](field::connection_option one) {
      if (!rules::is_hop_by_hop(field::known_field(one.text))) (void)names_.add(one.text);
    });
  }

  grammar::detail::token_set names_{grammar::detail::token_case::ignored};
};

}  // namespace detail

namespace rules {

/// Checks that Connection lists no field that is meant for all recipients: if it were removed, the
/// next server would see a different request from the one that the client sent.
///
/// Rule      RFC 9110 section 7.6.1. Options that are not fields, and names of fields that nobody
///           forwards anyway, are harmless
/// Takes     more: names of more fields that Connection may not list
/// Fails     end_to_end_nominated where the option begins; too_many_elements if there are more than
///           nominated_fields can hold
///
/// ```cpp
/// using options = turnout::field::connection;
/// assert(turnout::rules::check_nominated(*options::parse("keep-alive, X-Hop")));
/// const auto wrong = turnout::rules::check_nominated(*options::parse("Host"));
/// assert(wrong.error().code == turnout::errc::end_to_end_nominated);
/// ```
constexpr result<void> check_nominated(const field::connection& options,
                                       span<const std::string_view> more = {}) noexcept {
  std::size_t fields = 0;
  for (auto one = options.begin(); one != options.end(); ++one) {
    if (is_hop_by_hop(field::known_field(one->text))) continue;
    if (fields++ == detail::nominated_fields::capacity)
      return failure{errc::too_many_elements, one.offset()};
    bool allowed = may_be_nominated(one->text);
    for (const std::string_view name : more)
      allowed = allowed && !grammar::equal_ignoring_case(name, one->text);
    if (!allowed) return failure{errc::end_to_end_nominated, one.offset()};
  }
  return {};
}

}  // namespace rules

}  // namespace v0
}  // namespace turnout
