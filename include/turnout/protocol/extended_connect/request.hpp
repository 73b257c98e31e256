// A request of HTTP/2 or HTTP/3, and the offer of an extended CONNECT: RFC 9113 sections 8.3 and
// 8.5, RFC 9114 sections 4.3 and 4.4, RFC 8441 section 4.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/name.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/authority.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/request_target.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"
#include "turnout/protocol/tunnel/masque.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// The checked header section of a request. Absent pseudo-header fields are empty: none of them may
/// have an empty value.
///
/// END_STREAM, or the FIN of a stream, is the equivalent of a TCP connection's FIN for the
/// protocol; that of a RST is RST_STREAM with CANCEL, or H3_REQUEST_CANCELLED (RFC 8441 section 5,
/// RFC 9220 section 3).
///
/// Borrows   the list it was read from
///
/// ```cpp
/// const turnout::field_line list[] = {{":method", "CONNECT"}, {":protocol", "websocket"},
///                                     {":scheme", "https"},   {":path", "/chat"},
///                                     {":authority", "a"},    {"sec-websocket-version", "13"}};
/// const auto asked = turnout::extended_connect::request::read(list);
/// assert(asked && asked->protocol == "websocket" && asked->authority == "a");
/// ```
struct request {
  std::string_view method{};        ///< `:method`
  std::string_view protocol{};      ///< `:protocol`, only in an extended CONNECT
  std::string_view scheme{};        ///< `:scheme`
  std::string_view authority{};     ///< `:authority`: the server; in a plain CONNECT, the target
  std::string_view path{};          ///< `:path`, with the query
  span<const field_line> fields{};  ///< the fields after them

  /// Reads a header list that HPACK or QPACK decoded.
  ///
  /// Grammar   RFC 9113 section 8.3, RFC 9114 section 4.3: known pseudo-header fields, each once,
  ///           before all fields. CONNECT has only `:authority` (RFC 9113 section 8.5), with
  ///           `:protocol` also `:scheme` and `:path` (RFC 8441 section 4), and no content (RFC
  ///           9110 section 9.3.6). Other requests have `:scheme` and `:path`
  /// Rule      Host equals `:authority`, RFC 9113 section 8.3.1, RFC 9114 section 4.3.1. After a
  ///           failure, the request is malformed: PROTOCOL_ERROR, H3_MESSAGE_ERROR, or a response
  ///           first
  /// Fails     unknown_pseudo_header, repeated_pseudo_header, forbidden_pseudo_header; bad_method,
  ///           bad_protocol, bad_scheme, bad_authority, bad_target; host_differs,
  ///           content_not_allowed, expectation_failed; as check_fields(); `at` is the index in
  ///           `list`; missing_pseudo_header at its size
  /// Borrows   from `list`
  static constexpr result<request> read(span<const field_line> list) noexcept {
    request parsed;
    std::size_t begin = 0;
    for (; begin < list.size() && list[begin].name.starts_with(':'); ++begin)
      if (const errc code = parsed.take(list[begin]); code != errc::none)
        return failure{code, begin};
    if (const auto checked = check_fields(list, begin); !checked) return checked.error();
    parsed.fields = list.subspan(begin);
    const bad found = parsed.is_tunnel() ? parsed.check_tunnel() : parsed.check_parts();
    if (found.code == errc::missing_pseudo_header) return failure{found.code, list.size()};
    if (found.code != errc::none) return failure{found.code, index_of(list, found.pseudo)};
    for (std::size_t i = begin; i < list.size(); ++i)
      if (const errc code = parsed.wrong_with(list[i]); code != errc::none) return failure{code, i};
    return parsed;
  }

  /// True for an extended CONNECT, which asks to speak `protocol` on the stream.
  constexpr bool is_extended() const noexcept { return !protocol.empty(); }

  /// True for a plain CONNECT, which asks for a tunnel to `authority`.
  constexpr bool is_tunnel() const noexcept { return method == "CONNECT" && !is_extended(); }

 private:
  struct part {
    std::string_view pseudo;
    std::string_view request::*value;
    errc empty;
  };

  struct bad {
    errc code = errc::none;
    std::string_view pseudo{};
  };

  constexpr errc take(const field_line& line) noexcept {
    constexpr part parts[] = {{":method"sv, &request::method, errc::bad_method},
                              {":protocol"sv, &request::protocol, errc::bad_protocol},
                              {":scheme"sv, &request::scheme, errc::bad_scheme},
                              {":authority"sv, &request::authority, errc::bad_authority},
                              {":path"sv, &request::path, errc::bad_target}};
    for (const part& one : parts) {
      if (one.pseudo != line.name) continue;
      if (!(this->*one.value).empty()) return errc::repeated_pseudo_header;
      if (const auto checked = check_value(line.value); !checked) return checked.error().code;
      this->*one.value = line.value;
      return line.value.empty() ? one.empty : errc::none;
    }
    return errc::unknown_pseudo_header;
  }

  constexpr bad check_tunnel() const noexcept {
    if (!scheme.empty()) return {errc::forbidden_pseudo_header, ":scheme"};
    if (!path.empty()) return {errc::forbidden_pseudo_header, ":path"};
    if (authority.empty()) return {errc::missing_pseudo_header};
    if (!request_target::parse(turnout::method::connect, authority))
      return {errc::bad_authority, ":authority"};
    return {};
  }

  constexpr bad check_parts() const noexcept {
    if (method.empty() || scheme.empty() || path.empty()) return {errc::missing_pseudo_header};
    if (is_extended() && authority.empty()) return {errc::missing_pseudo_header};
    if (!grammar::is_token(method)) return {errc::bad_method, ":method"};
    if (is_extended() && method != "CONNECT") return {errc::forbidden_pseudo_header, ":protocol"};
    if (is_extended() && !grammar::is_token(protocol)) return {errc::bad_protocol, ":protocol"};
    if (!has_fitting_scheme()) return {errc::bad_scheme, ":scheme"};
    const auto host = grammar::authority::parse(authority);
    if (!authority.empty() && (!host || host->host.empty()))
      return {errc::bad_authority, ":authority"};
    const auto asked_with = is_extended() ? turnout::method::get : method_named(method);
    const auto target = request_target::parse(asked_with, path);
    if (!target || target->form == target_form::absolute) return {errc::bad_target, ":path"};
    return {};
  }

  /// True if the scheme fits an extended CONNECT: http or https, as in HTTP/1.1.
  constexpr bool has_fitting_scheme() const noexcept {
    if (is_extended()) return scheme == "https" || scheme == "http";
    for (const char octet : scheme)
      if (!grammar::is_alpha(octet) && !grammar::is_digit(octet) && octet != '+' && octet != '-' &&
          octet != '.')
        return false;
    return grammar::is_alpha(scheme.front());
  }

  constexpr errc wrong_with(const field_line& line) const noexcept {
    const field_name field = field::known_field(line.name);
    const bool differs = !authority.empty() && !grammar::equal_ignoring_case(line.value, authority);
    if (field == field_name::host && differs) return errc::host_differs;
    if (!is_extended()) return errc::none;
    if (field == field_name::content_length) return errc::content_not_allowed;
    return field == field_name::expect ? errc::expectation_failed : errc::none;
  }

  static constexpr std::size_t index_of(span<const field_line> list,
                                        std::string_view name) noexcept {
    std::size_t i = 0;
    while (list[i].name != name) ++i;
    return i;
  }
};

namespace detail {

/// A key that nobody reads: in an extended CONNECT, `:protocol` replaces the key.
inline constexpr std::string_view unread_key = "AAAAAAAAAAAAAAAAAAAAAA=="sv;

}  // namespace detail

/// The facts of the HTTP/1.1 request that means the same as an extended CONNECT: a GET whose Host
/// is `:authority` and whose Upgrade is `:protocol`. Functions for facts and offers, such as
/// websocket::offer::read(), accept them like those of HTTP/1.1.
///
/// Rule      RFC 8441 sections 4 and 5: `:authority` is the server and not the target of a tunnel;
///           a WebSocket's key is ignored. The key in these facts has no meaning, for any protocol
/// Takes     request: an extended CONNECT
/// Borrows   what `request` views
constexpr facts facts_of(const request& request) noexcept {
  facts seen{turnout::method::get, http_1_1};
  seen.see("Host", request.authority);
  seen.see("Connection", "Upgrade");
  seen.see("Upgrade", request.protocol);
  seen.see("Sec-WebSocket-Key", detail::unread_key);
  for (const field_line& line : request.fields)
    if (crosses(line.name)) seen.see(line.name, line.value);
  return seen;
}

/// Examines a request of HTTP/2 or HTTP/3.
///
/// Rule      RFC 9220 section 3: a `:protocol` that the server does not speak gets a 501. Nothing
///           else in HTTP/2 and HTTP/3 asks for another protocol (RFC 9113 section 8.6). RFC 9297
///           section 3.2: a request for capsules has no Content-Type
/// Takes     request: the request; seen: facts_of(request); supported: the protocols that the
///           server speaks, most preferred first, at most max_profiles; max_elements: of each list
/// Returns   an offer of the one protocol; connect for a plain CONNECT, ignore for other requests
/// Fails     never: the verdict says what is wrong: unknown_connect_protocol; no_upgrade if it is
///           not an extended CONNECT; content_not_allowed; as turnout::examine_request()
/// Borrows   `seen` and `supported`, in the offer
constexpr verdict examine_request(
    const request& request, const facts& seen, lasting_span<const profile> supported,
    std::size_t max_elements = grammar::default_list_elements) noexcept {
  using kind = verdict::kind;
  constexpr finding plain{{errc::no_upgrade, 0}, {}};
  constexpr finding unknown{{errc::unknown_connect_protocol, 0}, {}};
  if (!request.is_extended())
    return {request.is_tunnel() ? kind::connect : kind::ignore, plain, {}};
  const profile* spoken = nullptr;
  for (const profile& one : supported)
    if (spoken == nullptr && names(request.protocol, one)) spoken = &one;
  if (spoken == nullptr) return {kind::refuse, unknown, {}};
  if (spoken->capsules)
    if (const finding found = masque::check_no_content(seen); found)
      return {kind::refuse, found, {}};
  return turnout::examine_request(seen, supported, max_elements);
}

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
