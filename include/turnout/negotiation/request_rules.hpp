// The rules for every request, whether or not it asks to switch: Host, the framing of its content,
// and Expect (RFC 9112 sections 3.2 and 6, RFC 9110 section 10.1.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/field/content_length.hpp"
#include "turnout/field/host.hpp"
#include "turnout/field/name_set.hpp"
#include "turnout/field/transfer_encoding.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"

namespace turnout {
inline namespace v0 {

namespace rules {

/// Checks that a request names its host once, in a valid form.
///
/// Rule      RFC 9112 section 3.2: an HTTP/1.1 request without Host, any request with more than one
///           Host line, or with an invalid value, gets a 400
/// Fails     missing_host, repeated_host, bad_host
TURNOUT_INLINE constexpr finding check_host(const facts& request) noexcept {
  const grammar::value_lines lines = request.lines(field_name::host);
  if (lines.empty() && request.version() < http_1_1) return {};
  if (lines.empty()) return detail::found_in(field_name::host, errc::missing_host);
  field::host value;
  const failure why = value.assign(lines.first());
  if (why.code != errc::none) return detail::found_in(field_name::host, why);
  if (lines.has_second())
    return detail::found_in(field_name::host, errc::repeated_host, lines.second());
  return {};
}

}  // namespace rules

namespace detail {

/// True for a request without content, like nearly all that ask to switch.
TURNOUT_INLINE constexpr bool has_no_framing(const facts& request) noexcept {
  return !request.has_any(field::detail::name_set{field_name::transfer_encoding} |
                          field_name::content_length);
}

/// Checks the framing of a request that has Content-Length or Transfer-Encoding.
TURNOUT_OUT_OF_LINE constexpr finding check_any_framing(const facts& request,
                                                        std::size_t max_elements) noexcept {
  const grammar::value_lines codings = request.lines(field_name::transfer_encoding);
  const grammar::value_lines length = request.lines(field_name::content_length);
  constexpr field_name coding = field_name::transfer_encoding;
  if (codings.empty()) {
    const auto value = field::content_length::parse(length);
    return value ? finding{} : found_in(field_name::content_length, value.error());
  }
  if (!length.empty()) return found_in(coding, errc::length_and_transfer_encoding);
  if (request.version() < http_1_1) return found_in(coding, errc::transfer_encoding_in_http_1_0);
  const auto checked = field::check_request_codings(codings, max_elements);
  return checked ? finding{} : found_in(coding, checked.error());
}

/// Reads the Expect of a request. Sets `waits` to whether it has 100-continue: the only expectation
/// that a server meets, in any case and without a value. Reading nothing else costs less than the
/// general grammar, which is in field/expect.hpp.
TURNOUT_OUT_OF_LINE constexpr failure read_expect(const facts& request, std::size_t max_elements,
                                                  bool& waits) noexcept {
  grammar::detail::element_places places{request.lines(field_name::expect), max_elements,
                                         errc::expectation_failed};
  for (auto rest = places.find(); !rest.empty(); rest = places.find()) {
    const std::size_t size = grammar::token_size(rest);
    if (!grammar::equal_ignoring_case(front_of(rest, size), "100-continue"))
      return {errc::expectation_failed, places.offset()};
    waits = places.take({}, size);
  }
  return places.why();
}

/// Where the content ends of a request that has Content-Length or Transfer-Encoding.
TURNOUT_OUT_OF_LINE constexpr framing any_framing_of(const facts& request) noexcept {
  if (request.has(field_name::transfer_encoding)) return {framing_kind::chunked, 0};
  const grammar::value_lines length = request.lines(field_name::content_length);
  return {framing_kind::length, field::content_length::parse(length)->octets};
}

}  // namespace detail

namespace rules {

/// Checks that a request marks the end of its content in exactly one way.
///
/// Rule      RFC 9112 sections 6.1 to 6.3. Where a recipient has a choice, it refuses:
///           Content-Length together with Transfer-Encoding, equal repeated lengths, and
///           Transfer-Encoding in HTTP/1.0
/// Fails     bad_content_length, repeated_content_length, length_and_transfer_encoding,
///           transfer_encoding_in_http_1_0, bad_transfer_encoding, chunked_not_final,
///           unknown_transfer_coding, too_many_elements
TURNOUT_INLINE constexpr finding check_framing(const facts& request,
                                               std::size_t max_elements) noexcept {
  if (detail::has_no_framing(request)) return {};
  return detail::check_any_framing(request, max_elements);
}

/// Where the content ends of a request whose framing was checked.
///
/// Rule      RFC 9112 section 6.3: without Content-Length and Transfer-Encoding there is none
TURNOUT_INLINE constexpr framing framing_of(const facts& request) noexcept {
  if (detail::has_no_framing(request)) return {};
  return detail::any_framing_of(request);
}

/// True if a request whose framing was checked has content, even if it is chunked and empty.
///
/// Rule      RFC 9112 section 6.3
constexpr bool has_content(const facts& request) noexcept {
  return !framing_of(request).ends_at_once();
}

/// True if a request of HTTP/1.1 or later waits for a 100 (Continue). An HTTP/1.0 request never
/// does.
///
/// Rule      RFC 9110 section 10.1.1
constexpr bool expects_continue(const facts& request) noexcept {
  bool waits = false;
  if (request.has(field_name::expect) && request.version() >= http_1_1)
    (void)detail::read_expect(request, SIZE_MAX, waits);
  return waits;
}

/// Checks that a request expects nothing but 100 (Continue).
///
/// Rule      RFC 9110 section 10.1.1: other expectations get a 417
/// Fails     expectation_failed, too_many_elements
TURNOUT_INLINE constexpr finding check_expect(const facts& request,
                                              std::size_t max_elements) noexcept {
  if (!request.has(field_name::expect) || request.version() < http_1_1) return {};
  bool waits = false;
  const failure why = detail::read_expect(request, max_elements, waits);
  return why.code == errc::none ? finding{} : detail::found_in(field_name::expect, why);
}

/// Checks all of the above.
///
/// Takes     max_elements: of each list, empty ones included
/// Returns   the first finding, or errc::none
/// Fails     as check_host(), check_framing() and check_expect(); too_many_kept_lines
/// Costs     one pass over the values
TURNOUT_INLINE constexpr finding check_request(const facts& request,
                                               std::size_t max_elements) noexcept {
  if (const finding found = request.check_complete(); found) return found;
  if (const finding found = check_host(request); found) return found;
  if (const finding found = check_framing(request, max_elements); found) return found;
  return check_expect(request, max_elements);
}

}  // namespace rules

}  // namespace v0
}  // namespace turnout
