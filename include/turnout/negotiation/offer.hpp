// What a client offers and what a server agrees to: RFC 9110 section 7.8.
// Only an offer makes an agreement, so a server can't switch to a protocol that nobody asked for.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/nothrow.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/refusal.hpp"

namespace turnout {
inline namespace v0 {

/// Whose order decides among protocols that both sides speak.
enum class preference : std::uint8_t { client, server };

/// The name of the enumerator.
constexpr std::string_view name_of(preference one) noexcept {
  constexpr const char* names[] = {"client", "server"};
  return names[static_cast<std::size_t>(one)];
}

/// An offered protocol that the server wants to switch to. Protocols whose 101 needs more fields
/// derive from it and add their field lines in put_fields().
///
/// Borrows   the server's list of profiles
class agreement {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;

  /// The protocol that was agreed on; nullptr for none.
  constexpr const profile* protocol() const noexcept { return protocol_; }

  /// Puts the field lines that the protocol adds to the 101. Here there are none.
  constexpr void put_fields(writer&) const noexcept {}

  /// The refusal for a failure to agree. Protocols whose refusals need more have their own
  /// function.
  ///
  /// Takes     spoken: the protocols that the server speaks
  /// Borrows   `spoken`
  static constexpr refusal refusal_for(errc code, span<const profile> spoken) noexcept {
    return turnout::refusal_for(code, spoken);
  }

 private:
  friend class offer;
  constexpr explicit agreement(const profile& protocol) noexcept : protocol_{&protocol} {}

  const profile* protocol_ = nullptr;
};

class offer;

namespace detail {

/// Which of a server's protocols a request wants: one bit for each, the lowest for the first.
struct wanted_protocols {
  span<const profile> supported;
  std::uint64_t bits = 0;
  bool without_connection = false;  // the request has none

  constexpr void note(const protocol& one) noexcept {
    for (std::size_t i = 0; i < supported.size(); ++i)
      if (supported[i].token == one && takes(supported[i])) bits |= std::uint64_t{1} << i;
  }

  /// Notes only the protocols that tolerate a request without Connection.
  ///
  /// Returns   true if there are any
  constexpr bool begin_without_connection() noexcept {
    without_connection = true;
    for (const profile& one : supported)
      if (takes(one)) return true;
    return false;
  }

  /// As note(), for a protocol without a version.
  TURNOUT_INLINE constexpr void note_name(std::string_view name) noexcept {
    for (std::size_t i = 0; i < supported.size(); ++i) {
      const protocol& spoken = supported[i].token;
      if (spoken.version.empty() && grammar::equal_ignoring_case(spoken.name, name) &&
          takes(supported[i]))
        bits |= std::uint64_t{1} << i;
    }
  }

  constexpr bool takes(const profile& one) const noexcept {
    return !without_connection || one.tolerates_missing_connection;
  }
};

constexpr offer offer_of(const facts& request, const wanted_protocols& wanted) noexcept;

}  // namespace detail

/// The protocols that a request offers and that the server speaks, each with a request that its
/// profile accepts.
///
/// Borrows   the facts of the request and the server's list of profiles
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {{.token = {"a"}}, {.token = {"b"}}};
/// turnout::facts request{turnout::method::get, turnout::http_1_1};
/// request.see("Host", "example.com");
/// request.see("Connection", "upgrade");
/// request.see("Upgrade", "b, a, c");
/// const turnout::offer offered = turnout::examine_request(request, spoken).offer;
/// assert(offered.choose(turnout::preference::client) == &spoken[1]);
/// assert(offered.choose(turnout::preference::server) == &spoken[0]);
/// assert(offered.agree({"b"}) && !offered.agree({"c"}));
/// ```
class offer {
  // This comes first: Clang rejects constants that are made with a member template that is defined
  // further down.

  /// As for_each(), for more than one protocol.
  template <class Take>
  TURNOUT_OUT_OF_LINE constexpr void for_each_listed(const Take& take) const
      noexcept(turnout::detail::never_throws<const Take&, const profile&>) {
    grammar::detail::element_places places{request_->lines(field_name::upgrade)};
    std::uint64_t left = offered_;
    while (const profile* const one = next_listed(places, left)) take(*one);
  }

 public:
  /// No offer. Only examine_request() makes one.
  constexpr offer() = default;

  /// The same offer with a copy of its facts.
  ///
  /// Borrows   `copy`, instead of the facts that it borrowed before
  constexpr offer moved_to(const facts& copy) const noexcept {
    return offered_ == 0 ? offer{} : offer{copy, supported_, offered_};
  }

  /// The facts of the request; nullptr for no offer.
  constexpr const facts* request() const noexcept { return request_; }
  /// One bit for each of the server's profiles, the lowest for the first.
  constexpr std::uint64_t offered() const noexcept { return offered_; }

  /// Calls `take(profile)` once for each of the protocols, in the client's order.
  ///
  /// Takes     take: called with a member of the server's list, the first one with that token
  /// Costs     nothing for one protocol; else one pass over the Upgrade lines, and one over the
  ///           server's list for each protocol in them
  template <class Take>
  TURNOUT_INLINE constexpr void for_each(const Take& take) const
      noexcept(turnout::detail::never_throws<const Take&, const profile&>) {
    if (offered_ == 0) return;
    if ((offered_ & (offered_ - 1)) == 0) {
      take(supported_[first_offered()]);
      return;
    }
    for_each_listed(take);
  }

  /// The protocol that both sides speak and that comes first in one side's order.
  ///
  /// Rule      a server may choose in either order, RFC 9110 section 7.8
  /// Returns   a member of the server's list; nullptr for no offer
  /// Costs     one pass over the Upgrade lines for the client's order
  constexpr const profile* choose(preference order) const noexcept {
    if (offered_ == 0) return nullptr;
    if (order == preference::server || (offered_ & (offered_ - 1)) == 0)
      return &supported_[first_offered()];
    grammar::detail::element_places places{request_->lines(field_name::upgrade)};
    std::uint64_t left = offered_;
    return next_listed(places, left);
  }

  /// Agrees to switch to one of the protocols.
  ///
  /// Takes     token: as in the server's list
  /// Fails     foreign_agreement if the request does not offer it, or does not fit its profile
  /// Borrows   from the server's list of profiles
  constexpr result<agreement> agree(const protocol& token) const noexcept {
    const std::size_t index = index_of(token);
    if (index == supported_.size()) return failure{errc::foreign_agreement, 0};
    return agreement{supported_[index]};
  }

  /// Agrees to switch to the protocol that both sides speak and that comes first in one side's
  /// order.
  ///
  /// Fails     foreign_agreement for no offer
  /// Borrows   from the server's list of profiles
  constexpr result<agreement> agree(preference order) const noexcept {
    const profile* const chosen = choose(order);
    if (chosen == nullptr) return failure{errc::foreign_agreement, 0};
    return agreement{*chosen};
  }

 private:
  friend constexpr offer detail::offer_of(const facts&, const detail::wanted_protocols&) noexcept;

  /// The profiles of `supported` whose bits are set in `offered`, the lowest bit for the first.
  constexpr offer(const facts& request, span<const profile> supported,
                  std::uint64_t offered) noexcept
      : request_{&request}, supported_{supported}, offered_{offered} {}

  /// The index of the first offered protocol in the server's list.
  constexpr std::size_t first_offered() const noexcept {
    return static_cast<std::size_t>(std::countr_zero(offered_));
  }

  /// The index of an offered protocol in the server's list; the list's size if it was not offered.
  constexpr std::size_t index_of(const protocol& token) const noexcept {
    std::size_t index = 0;
    while (index < supported_.size() &&
           ((offered_ >> index & 1) == 0 || !(supported_[index].token == token)))
      ++index;
    return index;
  }

  /// The next protocol in the client's order, of which the bit is set in `left`, and then is not;
  /// nullptr after the last.
  constexpr const profile* next_listed(grammar::detail::element_places& places,
                                       std::uint64_t& left) const noexcept {
    for (auto rest = places.find(); !rest.empty(); rest = places.find()) {
      const auto wanted = protocol::parse_prefix(rest);
      places.take({}, wanted->size);
      const std::size_t index = index_of(wanted->value);
      if (index == supported_.size() || (left >> index & 1) == 0) continue;
      left ^= std::uint64_t{1} << index;
      return &supported_[index];
    }
    return nullptr;
  }

  const facts* request_ = nullptr;
  span<const profile> supported_;
  std::uint64_t offered_ = 0;
};

namespace detail {

/// Makes the offer of the protocols that a request wants, each of which it fits.
constexpr offer offer_of(const facts& request, const wanted_protocols& wanted) noexcept {
  return {request, wanted.supported, wanted.bits};
}

}  // namespace detail

}  // namespace v0
}  // namespace turnout
