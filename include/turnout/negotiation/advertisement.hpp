// What a server could switch to, said in a response that does not switch: required with a 426, for
// future requests with any other. RFC 9110 sections 7.8 and 15.5.22.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

/// The Connection and Upgrade lines of a response that does not switch, for the caller's own
/// responses too, which then have no other Connection line.
///
/// Borrows   the list of profiles
struct advertisement {
  span<const profile> protocols{};  ///< most preferred first; may be empty
  bool close = false;               ///< whether Connection says that the connection ends
  bool keep_alive = false;  ///< whether it says that it goes on, unless it ends: to HTTP/1.0

  /// Puts the lines that have something to say.
  ///
  /// Rule      who sends Upgrade lists it in Connection, RFC 9110 section 7.8
  constexpr void put(writer& to) const noexcept {
    const std::string_view option = close ? "close" : keep_alive ? "keep-alive" : "";
    if (protocols.empty() && option.empty()) return;
    to.put("Connection: ");
    if (!protocols.empty()) to.put(option.empty() ? "Upgrade" : "Upgrade, ");
    to.put(option);
    to.put("\r\n");
    if (!protocols.empty()) detail::put_upgrade(to, protocols);
  }
};

namespace detail {

/// The protocols that a response names without switching.
///
/// Rule      RFC 9110 section 7.8; section 7.6.1: an Upgrade that Connection does not list counts
///           for nothing, as does a malformed one
/// Takes     response: its facts, borrowed; max_elements: of each list
/// Returns   most preferred first; required if the status is 426, else for future requests
constexpr field::upgrade advertised(const facts& response, std::size_t max_elements) noexcept {
  const auto options =
      field::connection::parse(response.lines(field_name::connection), max_elements);
  if (!options || !options->contains({"upgrade"})) return {};
  const auto named = field::upgrade::parse(response.lines(field_name::upgrade), max_elements);
  return named ? *named : field::upgrade{};
}

}  // namespace detail

namespace rules {

/// The protocol with which a client that was not switched could try again on the connection: the
/// first one in the server's order that it speaks.
///
/// Rule      RFC 9110 section 7.8: Upgrade can't change the transport, so that what it can't lead
///           to is never chosen
/// Takes     named: what advertised() returned; spoken: the client's own protocols
/// Returns   a member of `spoken`; nullptr for none
/// Borrows   `spoken`
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
