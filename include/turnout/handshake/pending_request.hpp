// What a server remembers of a request after the octets of its head were dropped: RFC 9112 section
// 9.3, RFC 9110 sections 7.8 and 10.1.1.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/span.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/method.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/persistence.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/request_rules.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// A request that waits for its response, or whose content is not complete.
struct pending_request {
  content_reader content;
  std::uint64_t offered = 0;   ///< one bit for each of the server's profiles
  bool owes_continue = false;  ///< the client expects a 100 that was not written yet
  bool persistent = false;     ///< this request allows another one to follow
  bool is_head = false;        ///< its method is HEAD
  bool in_http_1_0 = false;    ///< its version is lower than 1.1

  /// No request.
  constexpr pending_request() = default;
  /// A request that was not checked yet.
  constexpr explicit pending_request(const request_head& head) noexcept
      : is_head{head.method == method::head}, in_http_1_0{head.version < http_1_1} {}

  /// Stores the facts of a valid request.
  constexpr void take(const facts& facts, const framing& framing, const offer& offers,
                      std::size_t max_elements) noexcept {
    content = {framing, message_kind::request};
    persistent = rules::is_persistent(facts, max_elements);
    owes_continue = rules::expects_continue(facts);
    offered = offers.offered();
  }

  /// True if the client sends its content only after a 100 that it did not get.
  constexpr bool waits() const noexcept { return owes_continue && !content.ended(); }
  /// True if another request may follow, unless the client waits for a 100.
  constexpr bool is_persistent() const noexcept { return persistent && !waits(); }
  /// True if it offers one of the server's profiles.
  constexpr bool offers(const profile* protocol, span<const profile> supported) const noexcept {
    for (std::size_t i = 0; i < supported.size(); ++i)
      if (&supported[i] == protocol) return (offered >> i & 1) != 0;
    return false;
  }

  friend constexpr bool operator==(const pending_request&, const pending_request&) = default;
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
