// Which fields of a message an intermediary takes off: RFC 9110 sections 7.6.1 and 10.1.1, RFC 9112
// section 3.2.2.
#pragma once

#include <string_view>

#include "turnout/field/name.hpp"
#include "turnout/field/name_set.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/request_target.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/hop_by_hop.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

namespace detail {

/// True if the target names the authority, which then becomes Host.
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
  /// Takes     request: its facts, which examine_request() allowed to be forwarded; target: of the
  ///           same request; underscored: whether names with an underscore are among them
  /// Costs     one pass over the values of Connection
  constexpr removed_fields(const facts& request, const request_target& target,
                           bool underscored = false) noexcept
      : nominated_{request.lines(field_name::connection)}, underscored_{underscored} {
    if (detail::names_authority(target)) known_ = known_ | field_name::host;
    if (request.version() < http_1_1) known_ = known_ | field_name::expect;
  }

  /// Takes     response: its facts, which examine_response() allowed to be forwarded
  /// Costs     one pass over the values of Connection
  constexpr explicit removed_fields(const facts& response) noexcept
      : nominated_{response.lines(field_name::connection)} {}

  /// True if a line of that name is among them.
  ///
  /// Costs     as nominated_fields::contains()
  constexpr bool contains(std::string_view name) const noexcept {
    return known_.has(field::known_field(name)) || contains_other(name);
  }

  /// Those that the library knows.
  constexpr field::detail::name_set known() const noexcept { return known_; }
  /// True if there may be others.
  constexpr bool has_others() const noexcept { return underscored_ || !nominated_.empty(); }
  /// True if a line of that name is among the others.
  constexpr bool contains_other(std::string_view name) const noexcept {
    return (underscored_ && name.find('_') != name.npos) || nominated_.contains(name);
  }

 private:
  turnout::detail::nominated_fields nominated_;
  field::detail::name_set known_ = rules::hop_by_hop;
  bool underscored_ = false;
};

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
