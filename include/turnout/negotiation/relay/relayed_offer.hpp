// What an intermediary forwards of a client's offer: RFC 9110 section 7.8.
#pragma once

#include <cstdint>

#include "turnout/core/nothrow.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

/// The protocols of a client's offer that an intermediary offers in turn, in the client's order.
///
/// Rule      Upgrade is for one connection, so the server gets the relay's own offer: RFC 9110
///           section 7.8. A protocol that needs fields for one connection, such as `h2c`, can't be
///           relayed, since they are removed
/// Borrows   what the offer borrows
class relayed_offer {
 public:
  /// No offer.
  constexpr relayed_offer() = default;
  /// The part of an offer that can be relayed. The offer was made with the allowed protocols.
  constexpr explicit relayed_offer(const offer& from) noexcept : from_{from} {}

  /// The same offer with a copy of its facts.
  ///
  /// Borrows   `copy`, instead of the facts that it borrowed before
  constexpr relayed_offer moved_to(const facts& copy) const noexcept {
    return relayed_offer{from_.moved_to(copy)};
  }

  /// One bit for each allowed protocol that the client offers, the lowest for the first:
  /// relayed_protocols has those of them that can be relayed.
  constexpr std::uint64_t offered() const noexcept { return from_.offered(); }

  /// Finds the protocol of an offer that has only one. It does not return the pointer: with UBSan,
  /// GCC can't compare a pointer with nullptr in constant evaluation.
  ///
  /// Returns   true if there is one and it can be relayed, in `found`
  constexpr bool find_only(const profile*& found) const noexcept {
    if (offered() == 0 || (offered() & (offered() - 1)) != 0) return false;
    found = from_.choose(preference::server);
    return found->nominated.empty();
  }

  /// Calls `take(profile)` once for each protocol, with a member of the list of allowed protocols.
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
