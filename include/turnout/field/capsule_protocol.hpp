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
///
/// ```cpp
/// assert(turnout::field::capsule_protocol::parse("?1")->in_use);
/// assert(!turnout::field::capsule_protocol::parse("?0")->in_use);
/// assert(!turnout::field::capsule_protocol::parse("yes"));
/// ```
struct capsule_protocol {
  bool in_use = false;  ///< `?1`; `?0` means the same as no field

  /// Reads the field's line, if there is one. A malformed field counts as absent, and is no reason
  /// to refuse a message: the result then holds the value of an absent field.
  ///
  /// Grammar   sf-item that is a boolean, RFC 9297 section 3.4; any parameters are checked and
  ///           ignored
  /// Rule      a value of another type and a repeated field are handled as if the field were absent
  /// Returns   a value that is not in use if there is no line
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

  /// Puts `?1`; fails with unwritable if capsules are not in use, since then there is no field to
  /// write.
  constexpr void put(writer& to) const noexcept {
    if (!in_use) to.fail({errc::unwritable, 0});
    to.put("?1");
  }

  friend constexpr bool operator==(const capsule_protocol&, const capsule_protocol&) = default;
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
