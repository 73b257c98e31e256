// What an intermediary does with each field line of a message that it forwards: RFC 9110 sections
// 7.6.1 and 7.6.2.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/field/name.hpp"
#include "turnout/field/name_set.hpp"
#include "turnout/negotiation/relay/removed_fields.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding::detail {

/// What happens to a field line.
enum class line_fate : std::uint8_t {
  unknown,   ///< not determined yet
  left_out,  ///< it is not forwarded
  copied,    ///< it is forwarded unchanged
  unfolded,  ///< it is forwarded with its line folds replaced
  codings,   ///< the first line of its name is forwarded with the codings of all lines
  hops_left  ///< it is forwarded with a hop count that is one less
};

/// Decides what happens to the lines of one message, by their names.
///
/// Borrows   what `removed` borrows
class field_fates {
 public:
  /// Takes     kept: copied or unfolded; removed: the fields that are not forwarded; rewritten:
  ///           Transfer-Encoding or Max-Forwards, if other lines replace them; framing: the fields
  ///           that frame content and are not forwarded
  /// Borrows   `removed`
  constexpr field_fates(line_fate kept, const removed_fields& removed,
                        field::detail::name_set rewritten,
                        field::detail::name_set framing = {}) noexcept
      : removed_{removed},
        rewritten_{rewritten},
        changed_{removed.known() | rewritten | framing},
        kept_{kept} {}

  /// The fate of a line of that name.
  ///
  /// Costs     a look-up of the name; as removed_fields::contains()
  constexpr line_fate operator()(std::string_view name) const noexcept {
    const line_fate found = of_known(field::known_field(name));
    return found == kept_ && removed_.contains_other(name) ? line_fate::left_out : found;
  }
  /// The fate of the lines of a field that the library knows, unless Connection lists it.
  constexpr line_fate of_known(field_name known) const noexcept {
    if (!changed_.has(known)) return kept_;
    if (!rewritten_.has(known)) return line_fate::left_out;
    return known == field_name::max_forwards ? line_fate::hops_left : line_fate::codings;
  }

  /// The fields whose lines are not forwarded unchanged.
  constexpr field::detail::name_set changed() const noexcept { return changed_; }
  /// The fields whose lines are replaced by another one.
  constexpr field::detail::name_set rewritten() const noexcept { return rewritten_; }
  /// The fields that are not forwarded.
  constexpr const removed_fields& removed() const noexcept { return removed_; }

 private:
  const removed_fields& removed_;
  field::detail::name_set rewritten_;
  field::detail::name_set changed_;
  line_fate kept_;
};

}  // namespace forwarding::detail
}  // namespace v0
}  // namespace turnout
