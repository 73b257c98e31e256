// The lines that an intermediary adds to a head: Via, and its own Connection and Upgrade. RFC 9110
// sections 7.6.1, 7.6.3 and 7.8.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/scan.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding::detail {

/// True if an intermediary may have that name in Via.
///
/// Grammar   received-by = token [ ":" port ], RFC 9110 section 7.6.3
TURNOUT_OUT_OF_LINE constexpr bool is_name_in_via(std::string_view name) noexcept {
  const std::size_t end = grammar::find_not<grammar::octet_class::tchar>(name);
  if (end == name.size()) return end > 0;
  return end > 0 && name[end] == ':' &&
         grammar::parse_decimal(turnout::detail::rest_of(name, end + 1), 65535);
}

/// Puts Via: the version of the request, and the name of the intermediary.
///
/// Grammar   Via = #( received-protocol RWS received-by ... ), RFC 9110 section 7.6.3
/// Fails     unwritable at `index`
TURNOUT_INLINE constexpr void put_via(writer& to, http_version received, std::string_view name,
                                      std::size_t index) noexcept {
  if (turnout::detail::writing::checks(to) && !is_name_in_via(name))
    to.fail({errc::unwritable, index});
  if (received == http_1_1) return to.put("Via: 1.1 ", name, "\r\n");
  to.put("Via: ");
  received.put_number(to);
  to.put(" ", name, "\r\n");
}

/// Puts Connection and Upgrade for one protocol.
TURNOUT_INLINE constexpr void put_upgrade(writer& to, const protocol& one) noexcept {
  to.put("Connection: Upgrade\r\nUpgrade: ");
  one.put(to);
  to.put("\r\n");
}

/// True for a protocol that is a short token without a version, as most are: it is put without a
/// failure.
TURNOUT_INLINE constexpr bool is_plain(const protocol& one) noexcept {
  return one.version.empty() && one.name.size() <= 32 && grammar::is_token(one.name);
}

/// True if Via is all that a policy adds to each head, and it is put without a failure.
TURNOUT_INLINE constexpr bool adds_only_via(const relay_policy& policy) noexcept {
  return policy.fields.empty() && is_name_in_via(policy.name);
}

/// More octets than what an intermediary puts besides what came and its name: the versions and the
/// code of a start line, an empty Host, Via, Connection, Upgrade with a protocol that is_plain(),
/// and the end of the head.
inline constexpr std::size_t most_added = 128;

}  // namespace forwarding::detail
}  // namespace v0
}  // namespace turnout
