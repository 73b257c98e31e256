// What becomes of the field lines of a message that an intermediary sends on: RFC 9110 sections
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

/// What becomes of a field line.
enum class line_fate : std::uint8_t {
  unknown,   ///< nobody has looked yet
  left_out,  ///< it does not go on
  copied,    ///< it goes on as it came
  unfolded,  ///< it goes on with its line folds replaced
  codings,   ///< the first of its name goes on with the codings of all
  hops_left  ///< it goes on with one hop less
};

/// What becomes of the lines of one message, by their names.
///
/// Borrows   what `removed` borrows
class field_fates {
 public:
  /// Takes     kept: copied or unfolded; removed: what does not go on; rewritten: Transfer-Encoding
  ///           or Max-Forwards, if these go on as other lines; framing: what frames content and
  ///           does not go on
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

  /// The fields of which no line goes on as it came.
  constexpr field::detail::name_set changed() const noexcept { return changed_; }
  /// What does not go on.
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
