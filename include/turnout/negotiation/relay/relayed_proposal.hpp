// What an intermediary remembers of a request that it forwarded, to check the response: RFC 9110
// section 7.8, decision D23.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/span.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

/// The protocols that an intermediary relays, in the order of its list of allowed ones: a forward
/// range of profiles.
///
/// Rule      as relayed_offer
/// Borrows   the list of profiles
class relayed_protocols {
 public:
  /// Finds the protocols in order.
  class reader {
   public:
    using value_type = profile;

    /// After the last one.
    constexpr reader() = default;
    /// Before the first one.
    constexpr reader(span<const profile> allowed, std::uint64_t offered) noexcept
        : rest_{allowed}, offered_{offered} {}

    /// The current protocol, a member of the list.
    constexpr const profile& here() const noexcept { return *at_; }

    /// Goes to the next one.
    constexpr void next() noexcept {
      for (left_ = rest_.size(); left_ > 0; --left_) {
        at_ = &rest_.front();
        const bool offered = (offered_ & 1) != 0;
        rest_ = rest_.subspan(1);
        offered_ >>= 1;
        if (offered && at_->nominated.empty()) return;
      }
    }

    /// True if both are at the same protocol, or at the end.
    friend constexpr bool operator==(const reader& one, const reader& other) noexcept {
      return one.left_ == other.left_;
    }

   private:
    span<const profile> rest_{};
    std::uint64_t offered_ = 0;  // the bits of the remaining protocols
    const profile* at_ = nullptr;
    std::size_t left_ = 0;  // how many members of the list remain, with the current one
  };

  /// Iterates over the protocols in order; a forward iterator.
  using iterator = turnout::detail::walk<reader>;

  /// No protocols.
  constexpr relayed_protocols() = default;
  /// Takes     allowed: the list of the policy; offered: offer::offered() of the client's offer
  constexpr relayed_protocols(span<const profile> allowed, std::uint64_t offered) noexcept
      : allowed_{allowed}, offered_{offered} {}

  /// At the first one.
  constexpr iterator begin() const noexcept { return iterator{reader{allowed_, offered_}}; }
  /// After the last one.
  constexpr iterator end() const noexcept { return iterator{}; }
  /// True if nothing was relayed.
  constexpr bool empty() const noexcept { return begin() == end(); }

 private:
  span<const profile> allowed_{};
  std::uint64_t offered_ = 0;
};

/// What an intermediary needs of a forwarded request to examine the response.
///
/// Borrows   the list of profiles
struct relayed_proposal {
  /// The 101 must have Connection, whatever the profiles tolerate.
  static constexpr bool is_forwarded = true;

  turnout::method method = turnout::method::get;  ///< of the request, on both connections
  http_version version{};         ///< of the client's request; the answer must fit it
  relayed_protocols protocols{};  ///< the relayed protocols
  bool persistent = false;  ///< whether the client's connection may stay open after the response

  /// Checks what the chosen protocol requires of the 101 beyond the rules of Upgrade: nothing,
  /// since an intermediary does not speak it. A program can check `Sec-WebSocket-Accept` with a
  /// websocket::proposal made from the key.
  constexpr finding check_switch(const facts&, const profile&, std::size_t) const noexcept {
    return {};
  }
};

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
