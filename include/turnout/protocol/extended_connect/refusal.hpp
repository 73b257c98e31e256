// A refusal as a header list of HTTP/2 or HTTP/3: RFC 9110 section 15, RFC 9113 section 8.3.2.
#pragma once

#include <cstddef>

#include "turnout/core/result.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

namespace detail {

constexpr failure unwritable_part(const refusal& answer) noexcept {
  if (answer.status < 300 || answer.status > 599 || answer.status == 304)
    return {errc::bad_status_to_write, 0};
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    if (!crosses(answer.fields[i].name)) return {errc::reserved_field, i};
    if (!answer.fields[i].check_writable()) return {errc::unwritable, i};
  }
  return {};
}

}  // namespace detail

/// Writes the header list of a refusal. The caller sends its content as DATA, and then END_STREAM.
/// The parts for HTTP/1.1 connections are dropped: the protocols and `close`.
///
/// Rule      RFC 9113 section 8.2: names in lower case
/// Returns   how much was written
/// Fails     no_space; bad_status_to_write as refusal::put(); reserved_field and unwritable with
///           the index of the field line
/// Borrows   from `answer` and `space`, in the lines
/// Changes   nothing when it fails
///
/// ```cpp
/// std::array<turnout::field_line, 8> lines;
/// std::array<char, 64> octets;
/// const auto written =
///     turnout::extended_connect::write_response(turnout::refusal{.status = 403}, {lines, octets});
/// assert(written && lines[0] == turnout::field_line{":status", "403"});
/// ```
constexpr list_size write_response(const refusal& answer, const list_space& space) noexcept {
  if (const failure why = detail::unwritable_part(answer); why) return {why, 0, 0};
  return write_list(space, [&answer](list_writer& to) {
    to.put_status(answer.status);
    for (const field_line& line : answer.fields) to.put_lowered(line);
    if (!answer.content_type.empty()) to.put("content-type", answer.content_type);
  });
}

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
