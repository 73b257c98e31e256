// Capsule-Protocol, whether capsules are spoken after the head: RFC 9297 section 3.4.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/structured_item.hpp"
#include "turnout/grammar/value_lines.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// The value of Capsule-Protocol.
struct capsule_protocol {
  bool in_use = false;  ///< `?1`; `?0` says the same as no field

  /// Reads the one field line that there may be. What fails counts as absent and is nothing to
  /// refuse a message for: what the result then holds is the value of an absent field too.
  ///
  /// Grammar   sf-item that is a boolean, RFC 9297 section 3.4; parameters of any kind are checked
  ///           and mean nothing
  /// Rule      any other type, and a repeated field, is handled as if the field were not there
  /// Returns   false for no line
  /// Fails     bad_capsule_protocol at the octet at fault, at 0 for another type;
  ///           repeated_capsule_protocol where the second line begins
  static constexpr result<capsule_protocol> parse(grammar::value_lines lines) noexcept {
    if (lines.empty()) return capsule_protocol{};
    const auto item = grammar::structured_item::parse(lines.first());
    if (!item) return failure{errc::bad_capsule_protocol, item.error().at};
    if (item->type != grammar::bare_item::boolean) return failure{errc::bad_capsule_protocol, 0};
    if (lines.has_second()) return failure{errc::repeated_capsule_protocol, lines.second()};
    return capsule_protocol{item->value == "?1"};
  }

  /// Puts `?1`; fails with unwritable where capsules are not in use, which no field says.
  constexpr void put(writer& to) const noexcept {
    if (!in_use) to.fail({errc::unwritable, 0});
    to.put("?1");
  }

  friend constexpr bool operator==(const capsule_protocol&, const capsule_protocol&) = default;
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
