// The rules for every final response, and where its content ends: RFC 9112 section 6.3.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/result.hpp"
#include "turnout/field/content_length.hpp"
#include "turnout/field/transfer_encoding.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"

namespace turnout {
inline namespace v0 {

namespace rules {

/// True if a response has no content whatever its fields say.
///
/// Rule      RFC 9112 section 6.3 items 1 and 2: answers to HEAD, 1xx, 204, 304, and the 2xx that
///           opens a tunnel
/// Takes     method: the method of the request that it answers
constexpr bool never_has_content(std::uint16_t status, method method) noexcept {
  if (method == method::head || status / 100 == 1 || status == 204 || status == 304) return true;
  return method == method::connect && status / 100 == 2;
}

/// The framing of a response, or what is wrong with it.
struct response_framing {
  finding found;    ///< what is wrong with it; errc::none if nothing is
  framing content;  ///< where the content ends
};

/// Finds where the content of a response ends.
///
/// Rule      RFC 9112 sections 6.1 to 6.3. Where a recipient has a choice, it treats as errors:
///           Content-Length together with Transfer-Encoding, equal repeated lengths, and
///           Transfer-Encoding in HTTP/1.0. The caller decodes codings other than chunked
/// Takes     response: its facts; method: the method of the request that it answers
/// Fails     bad_content_length, repeated_content_length, length_and_transfer_encoding,
///           transfer_encoding_in_http_1_0, bad_transfer_encoding, too_many_elements
constexpr response_framing find_framing(const facts& response, method method,
                                        std::size_t max_elements) noexcept {
  constexpr field_name coding = field_name::transfer_encoding;
  if (never_has_content(response.status(), method)) return {};
  const grammar::value_lines codings = response.lines(coding);
  const grammar::value_lines lengths = response.lines(field_name::content_length);
  if (codings.empty() && lengths.empty()) return {{}, {framing_kind::until_close, 0}};
  if (codings.empty()) {
    const auto length = field::content_length::parse(lengths);
    if (!length) return {detail::found_in(field_name::content_length, length.error()), {}};
    return {{}, {framing_kind::length, length->octets}};
  }
  if (!lengths.empty()) return {detail::found_in(coding, errc::length_and_transfer_encoding), {}};
  if (response.version() < http_1_1)
    return {detail::found_in(coding, errc::transfer_encoding_in_http_1_0), {}};
  const failure why = field::check_request_codings(codings, max_elements).error();
  if (why.code == errc::none || why.code == errc::unknown_transfer_coding)
    return {{}, {framing_kind::chunked, 0}};
  if (why.code == errc::chunked_not_final) return {{}, {framing_kind::until_close, 0}};
  return {detail::found_in(coding, why), {}};
}

/// True if a client should repeat a refused request without its expectation.
///
/// Rule      RFC 9110 section 10.1.1: after a 417 a client repeats the request without
///           100-continue
/// Takes     status: of the final response; expected: whether the request waited for a 100
constexpr bool retry_without_expect(std::uint16_t status, bool expected) noexcept {
  return status == 417 && expected;
}

}  // namespace rules

}  // namespace v0
}  // namespace turnout
