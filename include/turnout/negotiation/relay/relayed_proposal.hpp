// What an intermediary has to remember of a request that it sent on, to judge what comes back:
// RFC 9110 section 7.8.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/span.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

/// The protocols that an intermediary offered on, in the order of the list of those it allows: a
/// forward range of profiles.
///
/// Rule      as relayed_offer
/// Borrows   the list of profiles
class relayed_protocols {
 public:
  /// Goes from one protocol to the next.
  class iterator {
   public:
    /// The protocol here, a member of the list.
    constexpr const profile& operator*() const noexcept { return *at_; }
    /// To the next one.
    constexpr iterator& operator++() noexcept {
      ++at_;
      left_ >>= 1;
      find();
      return *this;
    }
    /// True if both stand at the same protocol.
    friend constexpr bool operator==(const iterator& one, const iterator& other) noexcept {
      return one.at_ == other.at_;
    }

   private:
    friend class relayed_protocols;
    constexpr iterator(const profile* at, const profile* end, std::uint64_t left) noexcept
        : at_{at}, end_{end}, left_{left} {
      find();
    }
    constexpr void find() noexcept {
      for (; at_ != end_ && ((left_ & 1) == 0 || !at_->nominated.empty()); ++at_) left_ >>= 1;
    }

    const profile* at_;
    const profile* end_;
    std::uint64_t left_;  // the bits from that of `at_` on
  };

  /// None.
  constexpr relayed_protocols() = default;
  /// Takes     allowed: the list of the policy; offered: offer::offered() of the client's offer
  constexpr relayed_protocols(span<const profile> allowed, std::uint64_t offered) noexcept
      : allowed_{allowed}, offered_{offered} {}

  /// At the first one.
  constexpr iterator begin() const noexcept { return {allowed_.data(), end_of_list(), offered_}; }
  /// After the last one.
  constexpr iterator end() const noexcept { return {end_of_list(), end_of_list(), 0}; }
  /// True if nothing was offered on.
  constexpr bool empty() const noexcept { return begin() == end(); }

 private:
  constexpr const profile* end_of_list() const noexcept {
    return allowed_.data() + allowed_.size();
  }

  span<const profile> allowed_{};
  std::uint64_t offered_ = 0;
};

/// The request that an intermediary sent on, as far as the answer depends on it.
///
/// Borrows   the list of profiles
struct relayed_proposal {
  turnout::method method = turnout::method::get;  ///< of the request, at both hops
  http_version version{};         ///< of the client's request, which the answer may not go beyond
  relayed_protocols protocols{};  ///< what was offered on
  bool persistent = false;        ///< whether the client's connection may go on after the answer

  /// Checks what the protocol agreed on demands of the 101 beyond the rules of Upgrade: nothing,
  /// for who does not speak it. Who wants to can check `Sec-WebSocket-Accept` by a
  /// websocket::proposal that is made of the key.
  constexpr finding check_switch(const facts&, const profile&, std::size_t) const noexcept {
    return {};
  }
};

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
