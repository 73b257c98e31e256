// What an intermediary offers on of an offer that it got: RFC 9110 section 7.8.
#pragma once

#include <cstdint>

#include "turnout/core/nothrow.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

/// The protocols of an offer that an intermediary makes its own, in the client's order.
///
/// Rule      Upgrade is for one connection, so the server gets an offer of the relay: RFC 9110
///           section 7.8. A protocol that demands fields for one connection, as `h2c` does, can't
///           be offered on without them
/// Borrows   what the offer borrows
class relayed_offer {
 public:
  /// No offer.
  constexpr relayed_offer() = default;
  /// What can be relayed of an offer that was made of the protocols allowed.
  constexpr explicit relayed_offer(const offer& from) noexcept : from_{from} {}

  /// The same offer, of facts that are a copy of those it was made of.
  ///
  /// Borrows   `copy`, instead of the facts it borrowed before
  constexpr relayed_offer moved_to(const facts& copy) const noexcept {
    return relayed_offer{from_.moved_to(copy)};
  }

  /// One bit for each of the protocols allowed that the client offers, the lowest for the first:
  /// relayed_protocols has those of them that can be offered on.
  constexpr std::uint64_t offered() const noexcept { return from_.offered(); }

  /// Calls `take(profile)` once for each protocol, with a member of the list of those allowed.
  template <class Take>
  constexpr void for_each(const Take& take) const
      noexcept(turnout::detail::never_throws<const Take&, const profile&>) {
    from_.for_each([&take](const profile& one) {
      if (one.nominated.empty()) take(one);
    });
  }

  /// True if nothing can be relayed.
  constexpr bool empty() const noexcept {
    bool any = false;
    for_each([&any](const profile&) { any = true; });
    return !any;
  }

 private:
  offer from_;
};

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
