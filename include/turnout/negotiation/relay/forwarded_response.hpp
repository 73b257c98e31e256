// The head of a response as an intermediary forwards it: RFC 9110 sections 7.6 and 7.8, RFC 9112
// sections 2.3, 5.2, 6.1 and 9.3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/content_length.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/name_set.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/advertisement.hpp"
#include "turnout/negotiation/examine_response.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/relay/field_fates.hpp"
#include "turnout/negotiation/relay/forwarded_lines.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"
#include "turnout/negotiation/relay/own_lines.hpp"
#include "turnout/negotiation/relay/relayed_proposal.hpp"
#include "turnout/negotiation/relay/removed_fields.hpp"
#include "turnout/negotiation/relay/response_forwarding.hpp"
#include "turnout/negotiation/switching.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

namespace detail {

/// The fields that frame content and are forwarded.
///
/// Rule      RFC 9110 section 8.6, RFC 9112 section 6.1: none in 1xx, 204, and the 2xx that opens a
///           tunnel; only a valid length in an answer without content
constexpr field::detail::name_set kept_framing(const facts& response,
                                               const response_verdict& judged,
                                               const relayed_proposal& proposal) noexcept {
  if (judged.what != response_verdict::kind::declined || response.status() == 204) return {};
  if (response.has(field_name::transfer_encoding)) {
    const bool content = judged.content.kind != framing_kind::none;
    if (content && proposal.version >= http_1_1) return field_name::transfer_encoding;
    return {};
  }
  const auto length = field::content_length::parse(response.lines(field_name::content_length));
  if (length) return field_name::content_length;
  return {};
}

/// What happens to each line of a response.
///
/// Takes     kept: what kept_framing() returns
constexpr field_fates fates_of(field::detail::name_set kept,
                               const removed_fields& removed) noexcept {
  constexpr field::detail::name_set codings = field_name::transfer_encoding;
  return {line_fate::unfolded, removed, kept & codings,
          (codings | field_name::content_length) - kept};
}

/// True if the library read the line right before these field lines: its octets were checked then.
template <class Fields>
constexpr bool was_read_before(const Fields&, const status_line&) noexcept {
  return false;
}
TURNOUT_INLINE constexpr bool was_read_before(const field_lines& fields,
                                              const status_line& line) noexcept {
  if (turnout::detail::optimized_for_size || std::is_constant_evaluated()) return false;
  const std::string_view reason = line.reason;
  return line.status >= 100 && line.status <= 999 && fields.plain().count > 0 && !reason.empty() &&
         reason.data() + reason.size() + 2 == fields.octets().data();
}

/// Puts the status line, in HTTP/1.1.
///
/// Takes     read: whether was_read_before() is true
TURNOUT_INLINE constexpr void put_forwarded_line(writer& to, const status_line& line,
                                                 bool read) noexcept {
  if (!read)
    return turnout::detail::writing::put_apart(to, [&line](writer& copy) {
      status_line{http_1_1, line.status, line.reason}.put(copy);
    });
  turnout::detail::writing::put_made<13>(to, [&line](char* place) {
    std::char_traits<char>::copy(place, "HTTP/1.1 000 ", 13);
    place[9] = static_cast<char>('0' + line.status / 100);
    place[10] = static_cast<char>('0' + line.status / 10 % 10);
    place[11] = static_cast<char>('0' + line.status % 10);
  });
  to.put({line.reason.data(), line.reason.size() + 2});  // with its CRLF
}

/// Puts the Connection and Upgrade of a final response unless they would be empty: protocols only
/// with a 426.
constexpr void put_own_advertisement(writer& to, const facts& response, bool close,
                                     const relay_policy& policy) noexcept {
  const bool required = response.status() == 426;
  if (!required) return advertisement{{}, close}.put(to);
  to.put(close ? "Connection: Upgrade, close\r\nUpgrade: " : "Connection: Upgrade\r\nUpgrade: ");
  turnout::detail::separated names{to};
  for_each_required(response, policy, SIZE_MAX,
                    [&names](const profile& one) { one.token.put(names.next()); });
  to.put("\r\n");
}

/// Puts the intermediary's own Connection and Upgrade.
TURNOUT_INLINE constexpr void put_own_connection(writer& to, const facts& response,
                                                 const response_verdict& judged,
                                                 const relayed_proposal& proposal,
                                                 const relay_policy& policy) noexcept {
  if (judged.what == response_verdict::kind::declined)
    return turnout::detail::writing::put_apart(to, [&](writer& copy) {
      put_own_advertisement(copy, response, ends_connection(judged, proposal), policy);
    });
  if (response.status() != 101) return;
  to.put("Connection: Upgrade\r\nUpgrade: ");
  turnout::detail::put_switched_to(to, *judged.protocol);
}

/// Puts the head of a forwarded response.
template <class Fields>
struct forwarded_response_text {
  const status_line& line;
  const forwarded_lines<Fields>& lines;
  line_fates& known;
  const relay_policy& policy;
  const response_verdict& judged;
  const relayed_proposal& proposal;

  /// A 426 names the protocols again, with whitespace between them.
  TURNOUT_INLINE constexpr bool is_sure() const noexcept {
    const std::uint16_t status = lines.message.status();
    if (!was_read_before(lines.fields, line) || status == 426) return false;
    if (status == 101 && judged.what != response_verdict::kind::declined &&
        (!is_plain(judged.protocol->token) || !judged.protocol->upper.name.empty()))
      return false;
    return lines.are_sure() && adds_only_via(policy);
  }

  constexpr std::size_t most() const noexcept {
    return line.reason.size() + lines.copied.octets().size() + policy.name.size() + most_added;
  }

  TURNOUT_INLINE constexpr void operator()(writer& to) const {
    put_forwarded_line(to, line, was_read_before(lines.fields, line));
    const std::size_t seen = lines.put(to, known);
    turnout::detail::put_caller_fields(to, policy.fields, turnout::detail::message_role::forwarded,
                                       seen);
    put_via(to, lines.message.version(), policy.name, seen + policy.fields.size());
    put_own_connection(to, lines.message, judged, proposal, policy);
    to.put("\r\n");
  }
};

}  // namespace detail

/// Writes the head of a forwarded response; its content, if any, follows with forwarded_framing().
///
/// Rule      RFC 9110 section 7.6.1: fields for one connection are removed before new ones are
///           added; section 7.8: Connection and Upgrade are rewritten: a 101 names the protocol of
///           the verdict, a 426 names the required protocols that this hop allows, and other
///           responses name none; section 7.6.3: Via. RFC 9112 section 2.3: in HTTP/1.1; section
///           5.2: without folds; section 9.3: with `close` if the client's connection ends. RFC
///           9110 section 15.2: an interim response is never sent to HTTP/1.0
/// Takes     answer: the status line; fields: all field lines, as in the other write_forwarded();
///           response: the facts that `judged` was made of; proposal: the request that it answers;
///           policy: as for the request, but with the field lines for this response, such as a Date
///           if there is none (RFC 9110 section 6.6.1)
/// Returns   the octets written, at the front of `out`
/// Fails     out_of_turn for a broken response, or an interim one to HTTP/1.0; no_space with the
///           size needed; reserved_field for a line of `policy` that the library writes;
///           unwritable. `at` counts the lines of `fields`, then those of `policy`, then Via; for a
///           reason phrase from another parser, it counts octets
/// Borrows   from `out`
/// Changes   nothing when it fails
/// Costs     as for a request
template <class Fields>
constexpr result<std::string_view> write_forwarded(const status_line& answer, const Fields& fields,
                                                   const facts& response,
                                                   const response_verdict& judged,
                                                   const relayed_proposal& proposal,
                                                   const relay_policy& policy, span<char> out) {
  using kind = response_verdict::kind;
  const bool interim = judged.what == kind::interim;
  if (judged.what == kind::broken || (interim && proposal.version < http_1_1))
    return failure{errc::out_of_turn, 0};
  const removed_fields removed{response};
  const detail::field_fates fates =
      detail::fates_of(detail::kept_framing(response, judged, proposal), removed);
  const detail::forwarded_lines<Fields> lines{fields, response, fates};
  detail::line_fates known;
  return detail::write_head(
      out, detail::forwarded_response_text<Fields>{answer, lines, known, policy, judged, proposal});
}

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
