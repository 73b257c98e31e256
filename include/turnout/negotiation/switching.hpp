// Writes the 101 (Switching Protocols) of an agreement: RFC 9110 sections 7.8 and 15.2.2. See
// negotiation/switch_rules.hpp for how a client checks it.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// A 100 (Continue).
inline constexpr std::string_view continue_response = "HTTP/1.1 100 Continue\r\n\r\n";

/// Writes a 100 (Continue); fails with no_space.
constexpr result<std::string_view> write_continue(span<char> out) noexcept {
  const std::size_t size = continue_response.size();
  if (out.size() < size) return failure{errc::no_space, size};
  std::char_traits<char>::copy(out.data(), continue_response.data(), size);
  return octets_at(out.data(), size);
}

/// Puts the value of Upgrade in a 101: the protocol, and the one on top of it if there is one; and
/// CRLF.
TURNOUT_INLINE constexpr void put_switched_to(writer& to, const profile& protocol) noexcept {
  protocol.token.put(to);
  if (!protocol.upper.name.empty())
    writing::put_apart(to, [&protocol](writer& copy) {
      copy.put(", ");
      protocol.upper.put(copy);
    });
  to.put("\r\n");
}

/// Puts a 101.
template <class Agreement>
struct switch_text {
  const Agreement& agreed;
  const profile& protocol;
  span<const field_line> fields;
  bool continue_first;

  TURNOUT_INLINE constexpr void operator()(writer& to) const
      noexcept(puts_fields_nothrow<Agreement>) {
    if (continue_first) to.put(continue_response);
    to.put("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ");
    put_switched_to(to, protocol);
    agreed.put_fields(to);
    put_caller_fields(to, fields, message_role::switching);
    to.put("\r\n");
  }
};

/// As write_switch(), but sets an existing view.
template <class Agreement>
TURNOUT_INLINE constexpr failure write_switch_into(
    std::string_view& written, const Agreement& agreed, bool continue_first,
    span<const field_line> fields, span<char> out) noexcept(puts_fields_nothrow<Agreement>) {
  static_assert(std::is_base_of_v<agreement, Agreement>);
  const profile* const protocol = agreed.protocol();
  if (protocol == nullptr) return {errc::no_protocol, 0};
  if (protocol->own_agreement && std::is_same_v<agreement, Agreement>)
    return {errc::incomplete_agreement, 0};
  // Without a draft: to copy what was just written in small parts would stall.
  return write_into<0>(written, out,
                       switch_text<Agreement>{agreed, *protocol, fields, continue_first});
}

}  // namespace detail

/// Writes the 101 of an agreement.
///
/// Rule      RFC 9110 section 7.8: Upgrade names the protocol, and after it the one on top of it if
///           there is one; Connection lists upgrade; a 100 (Continue) that the request waits for
///           comes first; section 8.6: no Content-Length
/// Takes     agreed: an agreement or a type derived from it; continue_first: whether to write a 100
///           before it; fields: more field lines
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; no_protocol for an agreement on nothing;
///           incomplete_agreement for a plain agreement on a protocol that has its own type;
///           reserved_field and unwritable with the index of the field line
/// Borrows   from `out`
/// Changes   nothing when it fails
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {{.token = {"a"}}};
/// turnout::facts request{turnout::method::get, turnout::http_1_1};
/// request.see("Host", "example.com");
/// request.see("Connection", "upgrade");
/// request.see("Upgrade", "a");
/// const auto agreed = turnout::examine_request(request, spoken).offer.agree({"a"});
/// std::array<char, 128> out;
/// assert(*turnout::write_switch(*agreed, false, {}, out) ==
///        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n");
/// ```
template <class Agreement>
constexpr result<std::string_view> write_switch(
    const Agreement& agreed, bool continue_first, span<const field_line> fields,
    span<char> out) noexcept(detail::puts_fields_nothrow<Agreement>) {
  return result<std::string_view>::filled([&](std::string_view& written) {
    return detail::write_switch_into(written, agreed, continue_first, fields, out);
  });
}

}  // namespace v0
}  // namespace turnout
