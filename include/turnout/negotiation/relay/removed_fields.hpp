// Which fields of a message an intermediary removes: RFC 9110 sections 7.6.1 and 10.1.1, RFC 9112
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

/// The fields of one message whose lines an intermediary removes, from the header section and from
/// a trailer section.
///
/// Rule      RFC 9110 section 7.6.1: fields that Connection lists, and those for one connection
///           only; RFC 9112 section 3.2.2: Host, if the target names the authority; RFC 9110
///           section 10.1.1: an Expect in HTTP/1.0, where it has no meaning
/// Borrows   the facts of the message
class removed_fields {
 public:
  /// Takes     request: its facts, which examine_request() allowed to be forwarded; target: of the
  ///           same request; underscored: whether to remove names with an underscore too
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

  /// True if lines of that name are removed.
  ///
  /// Costs     as nominated_fields::contains()
  constexpr bool contains(std::string_view name) const noexcept {
    return known_.has(field::known_field(name)) || contains_other(name);
  }

  /// The removed fields that the library knows.
  constexpr field::detail::name_set known() const noexcept { return known_; }
  /// True if fields that it does not know may be removed.
  constexpr bool has_others() const noexcept { return underscored_ || !nominated_.empty(); }
  /// True if lines of a name that the library does not know are removed.
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
