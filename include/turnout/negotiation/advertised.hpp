// What a client learns from a response that does not switch: which protocols the server names, and
// which one to try next. RFC 9110 sections 7.8 and 15.5.22.
#pragma once

#include <cstddef>

#include "turnout/core/span.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// The protocols that a response names without switching.
///
/// Rule      RFC 9110 section 7.8; section 7.6.1: an Upgrade that Connection does not list is
///           ignored, and so is a malformed one
/// Takes     response: its facts, which are borrowed; max_elements: of each list
/// Returns   the protocols, most preferred first: required if the status is 426, else for future
///           requests
constexpr field::upgrade advertised(const facts& response, std::size_t max_elements) noexcept {
  const auto options =
      field::connection::parse(response.lines(field_name::connection), max_elements);
  if (!options || !options->contains({"upgrade"})) return {};
  const auto named = field::upgrade::parse(response.lines(field_name::upgrade), max_elements);
  return named ? *named : field::upgrade{};
}

}  // namespace detail

namespace rules {

/// The protocol that a client can try next on the connection: the first one in the server's order
/// that the client speaks.
///
/// Rule      RFC 9110 section 7.8: Upgrade can't change the transport, so a protocol that it can't
///           lead to is never chosen
/// Takes     named: what advertised() returned; spoken: the client's own protocols
/// Returns   a member of `spoken`; nullptr for none
/// Borrows   `spoken`
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {{.token = {"a"}}, {.token = {"b"}}};
/// const auto named = turnout::field::upgrade::parse("c, b");  // of a 426
/// assert(turnout::rules::choose_advertised(*named, spoken) == &spoken[1]);
/// ```
constexpr const profile* choose_advertised(const field::upgrade& named,
                                           span<const profile> spoken) noexcept {
  for (const protocol& wanted : named)
    for (const profile& one : spoken)
      if (one.by_upgrade && one.token == wanted) return &one;
  return nullptr;
}

}  // namespace rules

}  // namespace v0
}  // namespace turnout
