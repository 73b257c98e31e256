// Expect, what a client waits for before it sends content: RFC 9110 section 10.1.1.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/parameter.hpp"
#include "turnout/grammar/quoted_string.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// One expectation. The only one that is defined has no value: 100-continue.
///
/// Borrows   the octets it was read from
struct expectation {
  std::string_view name;                  ///< a token; any case is the same
  grammar::token_or_quoted_string value;  ///< after "="
  bool has_value = false;                 ///< whether there is a value
  grammar::parameters parameters;         ///< after the value

  /// Reads the expectation at the front of `octets`.
  ///
  /// Grammar   expectation = token [ "=" ( token / quoted-string ) parameters ], RFC 9110 section
  ///           10.1.1
  /// Fails     bad_token, bad_parameter or bad_quoted_string at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<expectation>> parse_prefix(
      std::string_view octets) noexcept {
    std::size_t at = grammar::token_size(octets);
    if (at == 0) return failure{errc::bad_token, 0};
    const std::string_view name = turnout::detail::front_of(octets, at);
    if (at == octets.size() || octets[at] != '=')
      return grammar::parsed_prefix<expectation>{{name, {}, false, {}}, at};
    ++at;
    const auto value =
        grammar::token_or_quoted_string::parse_prefix(turnout::detail::rest_of(octets, at));
    if (!value) return failure{value.error().code, at + value.error().at};
    at += value->size;
    const auto rest = grammar::parameters::parse_prefix(turnout::detail::rest_of(octets, at),
                                                        grammar::http_parameters);
    if (!rest) return failure{rest.error().code, at + rest.error().at};
    return grammar::parsed_prefix<expectation>{{name, value->value, true, rest->value},
                                               at + rest->size};
  }

  /// True for 100-continue, in any case.
  constexpr bool is_continue() const noexcept {
    return !has_value && grammar::equal_ignoring_case(name, "100-continue");
  }

  /// Puts the expectation; fails with unwritable if the name is not a token.
  constexpr void put(writer& to) const noexcept {
    grammar::put_token(to, name);
    if (!has_value) return;
    to.put('=');
    value.put(to);
    parameters.put(to);
  }

  /// True if all parts are the same, the name in any case.
  friend constexpr bool operator==(const expectation& one, const expectation& other) noexcept {
    return grammar::equal_ignoring_case(one.name, other.name) && one.has_value == other.has_value &&
           one.value == other.value && one.parameters == other.parameters;
  }
};

/// The value of Expect.
///
/// Grammar   Expect = #expectation, RFC 9110 section 10.1.1
///
/// ```cpp
/// const auto expected = turnout::field::expect::parse("100-Continue");
/// assert(expected && (*expected->begin()).is_continue());
/// ```
using expect = grammar::list<expectation, 0, errc::expectation_failed>;

}  // namespace field
}  // namespace v0
}  // namespace turnout
