// Which fields of a message an intermediary takes off: RFC 9110 sections 7.6.1 and 10.1.1, RFC 9112
// section 3.2.2.
#pragma once

#include <string_view>

#include "turnout/field/name.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/request_target.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/hop_by_hop.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

namespace detail {

/// True if the target names the authority, which then goes on as Host.
constexpr bool names_authority(const request_target& target) noexcept {
  return target.form == target_form::absolute || target.form == target_form::authority;
}

}  // namespace detail

/// The fields of one message whose lines an intermediary takes off, in the header section and in a
/// trailer section.
///
/// Rule      RFC 9110 section 7.6.1: what Connection lists, and what is for one connection anyway;
///           RFC 9112 section 3.2.2: Host, where the target names the authority; RFC 9110 section
///           10.1.1: an Expect in HTTP/1.0, where it means nothing
/// Borrows   the facts of the message
class removed_fields {
 public:
  /// Takes     request: its facts, for which examine() found that it goes on; target: of
  ///           the same request; underscored: whether names with an underscore are among them
  /// Costs     one pass over the values of Connection
  constexpr removed_fields(const facts& request, const request_target& target,
                           bool underscored = false) noexcept
      : nominated_{request.lines(field_name::connection)},
        host_{detail::names_authority(target)},
        expect_{request.version() < http_1_1},
        underscored_{underscored} {}

  /// Takes     response: its facts, for which examine() found that it goes on
  /// Costs     one pass over the values of Connection
  constexpr explicit removed_fields(const facts& response) noexcept
      : nominated_{response.lines(field_name::connection)} {}

  /// True if a line of that name is among them.
  ///
  /// Costs     as nominated_fields::contains()
  constexpr bool contains(std::string_view name) const noexcept {
    return contains(field::known_field(name), name);
  }

  /// The same of a name that was looked up before.
  constexpr bool contains(field_name known, std::string_view name) const noexcept {
    if (known == field_name::host) return host_;
    if (known == field_name::expect && expect_) return true;
    if (underscored_ && name.find('_') != name.npos) return true;
    return rules::is_hop_by_hop(known) || nominated_.contains(name);
  }

 private:
  turnout::detail::nominated_fields nominated_;
  bool host_ = false;
  bool expect_ = false;
  bool underscored_ = false;
};

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
