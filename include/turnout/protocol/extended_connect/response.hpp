// A response of HTTP/2 or HTTP/3, and whether it accepts an extended CONNECT: RFC 9113 sections
// 8.3.2 and 8.6, RFC 9114 sections 4.3.2 and 4.5, RFC 8441 section 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/name.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

/// The checked header section of a response.
///
/// Borrows   the list it was read from
struct response {
  std::uint16_t status = 0;         ///< `:status`, 100 to 599 except 101
  span<const field_line> fields{};  ///< the fields after it

  /// Reads a header list that HPACK or QPACK decoded.
  ///
  /// Grammar   RFC 9113 section 8.3.2, RFC 9114 section 4.3.2: `:status`, once and first
  /// Rule      RFC 9113 section 8.6, RFC 9114 section 4.5: there is no 101. After a failure, the
  ///           response is malformed: a stream error
  /// Fails     unknown_pseudo_header, repeated_pseudo_header, bad_status, switch_in_http_2; as
  ///           check_fields(); `at` is the index in `list`; missing_pseudo_header at its size
  /// Borrows   from `list`
  static constexpr result<response> read(span<const field_line> list) noexcept {
    response answer;
    std::size_t begin = 0;
    for (; begin < list.size() && list[begin].name.starts_with(':'); ++begin)
      if (const errc code = answer.take(list[begin]); code != errc::none)
        return failure{code, begin};
    if (const auto checked = check_fields(list, begin); !checked) return checked.error();
    if (answer.status == 0) return failure{errc::missing_pseudo_header, list.size()};
    answer.fields = list.subspan(begin);
    return answer;
  }

  /// True for 100 to 199: another response follows.
  constexpr bool is_interim() const noexcept { return status < 200; }

 private:
  constexpr errc take(const field_line& line) noexcept {
    if (line.name != ":status") return errc::unknown_pseudo_header;
    if (status != 0) return errc::repeated_pseudo_header;
    const auto code = grammar::parse_decimal(line.value, 599);
    if (line.value.size() != 3 || !code || *code < 100) return errc::bad_status;
    status = static_cast<std::uint16_t>(*code);
    return status == 101 ? errc::switch_in_http_2 : errc::none;
  }
};

/// True if the stream carries the protocol after this response.
///
/// Rule      RFC 8441 section 5: a 2xx opens it. RFC 9297 section 3.2: with capsules, a 204, 205 or
///           206, or one with Content-Length or Content-Type, is malformed
/// Takes     protocol: the protocol that `:protocol` named
/// Returns   false for interim responses, which precede another one, and for refusals
/// Fails     status_without_capsules at 0; content_not_allowed with the index in the fields
///
/// ```cpp
/// const turnout::field_line list[] = {{":status", "200"}};
/// const auto answer = turnout::extended_connect::response::read(list);
/// assert(answer && *turnout::extended_connect::opens(*answer, turnout::websocket::profile));
/// ```
constexpr result<bool> opens(const response& answer, const profile& protocol) noexcept {
  const bool success = answer.status / 100 == 2;
  if (!success || !protocol.capsules) return success;
  if (answer.status >= 204 && answer.status <= 206)
    return failure{errc::status_without_capsules, 0};
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    const field_name field = field::known_field(answer.fields[i].name);
    if (field == field_name::content_length || field == field_name::content_type)
      return failure{errc::content_not_allowed, i};
  }
  return true;
}

/// The facts of the 101 that means the same as the response that opened the stream. Functions that
/// check a 101, such as rules::check_switch() and websocket::proposal::terms_of(), accept them.
///
/// Rule      RFC 8441 section 5: an accept value is ignored
/// Takes     protocol: the protocol that `:protocol` named; accept: for `websocket`, the text of
///           accept_for(key()) of its proposal, in a variable that lives as long as the facts
/// Borrows   the token of `protocol`, `accept` and what `answer` views
constexpr facts facts_of(const response& answer, const profile& protocol,
                         std::string_view accept TURNOUT_LIFETIMEBOUND = {}) noexcept {
  facts seen{std::uint16_t{101}, http_1_1};
  seen.see("Connection", "Upgrade");
  seen.see("Upgrade", protocol.token.name);
  if (protocol.websocket_key) seen.see("Sec-WebSocket-Accept", accept);
  for (const field_line& line : answer.fields)
    if (crosses(line.name)) seen.see(line.name, line.value);
  return seen;
}

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
