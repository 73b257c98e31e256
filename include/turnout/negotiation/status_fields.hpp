// Proxy-Status for an intermediary's own responses: RFC 9209. They are written when the
// program is compiled, and take no memory of a connection.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/errc.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/proxy_status.hpp"
#include "turnout/message/field_line.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

namespace detail {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// The types of errors that an intermediary's own refusals have, RFC 9209 section 2.3.
inline constexpr std::string_view proxy_errors[] = {
    "http_request_error"sv,   "http_request_denied"sv,      "http_protocol_error"sv,
    "http_upgrade_failed"sv,  "http_response_incomplete"sv, "http_response_timeout"sv,
    "proxy_internal_error"sv, "incremental_refused"sv};

enum class proxy_error : std::uint8_t {
  request,
  denied,
  protocol,
  upgrade,
  incomplete,
  timeout,
  internal,
  incremental
};

/// True if a 101 was wrong, or came without an offer.
constexpr bool is_failed_upgrade(errc code) noexcept {
  switch (code) {
    case errc::unsolicited_switch:
    case errc::switch_in_http_1_0:
    case errc::switch_not_nominated:
    case errc::switch_without_upgrade:
    case errc::switch_without_own_field:
    case errc::protocol_not_offered:
    case errc::ambiguous_switch:
    case errc::missing_websocket_accept:
    case errc::repeated_websocket_accept:
    case errc::wrong_websocket_accept:
      return true;
    default:
      return false;
  }
}

/// True if an intermediary could forward the request, but may not.
constexpr bool is_denied(errc code) noexcept {
  return code == errc::connect_not_allowed || code == errc::no_common_protocol ||
         code == errc::not_in_http_1;
}

constexpr proxy_error error_of(errc code, std::uint16_t status) noexcept {
  if (status == 504) return proxy_error::timeout;
  if (rules::fault_of(code) == fault::caller) return proxy_error::internal;
  if (is_denied(code)) return proxy_error::denied;
  if (status != 502) return proxy_error::request;
  if (code == errc::incomplete) return proxy_error::incomplete;
  return is_failed_upgrade(code) ? proxy_error::upgrade : proxy_error::protocol;
}

/// The values of Proxy-Status for all types of errors.
template <const std::string_view& Name>
struct status_values {
  char octets[std::size(proxy_errors)][2 * Name.size() + 64]{};
  std::size_t sizes[std::size(proxy_errors)]{};

  constexpr status_values() noexcept {
    for (std::size_t i = 0; i < std::size(proxy_errors); ++i) {
      const auto written =
          write(field::proxy_report{.proxy = Name, .error = proxy_errors[i]}, octets[i]);
      sizes[i] = written ? written->size() : 0;  // not a name: see status_fields()
    }
  }
};

template <const std::string_view& Name>
inline constexpr status_values<Name> values_of{};

/// The field lines of all types of errors, which view those values.
template <const std::string_view& Name>
struct status_lines {
  field_line lines[std::size(proxy_errors)]{};

  constexpr status_lines() noexcept {
    for (std::size_t i = 0; i < std::size(proxy_errors); ++i)
      lines[i] = {"Proxy-Status"sv,
                  turnout::detail::octets_at(values_of<Name>.octets[i], values_of<Name>.sizes[i])};
  }
};

template <const std::string_view& Name>
inline constexpr status_lines<Name> lines_of{};

}  // namespace detail

/// The Proxy-Status for an intermediary's own refusal, for `refusal_fields` of
/// relay_options and gateway::options.
///
/// Rule      RFC 9209 sections 2 and 2.3: http_request_error for a request that is wrong,
///           http_request_denied for one that is not allowed; with a 502, http_upgrade_failed,
///           http_response_incomplete or http_protocol_error; with a 504, http_response_timeout;
///           proxy_internal_error for an error of the program
/// Takes     `Name`: of the intermediary, in a constant: printable ASCII; code: why; status: of the
///           refusal
///
/// ```cpp
/// static constexpr std::string_view name = "edge";
/// turnout::relay_options options;
/// options.refusal_fields = turnout::forwarding::status_fields<name>;
/// const auto lines = options.refusal_fields(turnout::errc::timed_out, 504);
/// assert(lines.front().value == "edge; error=http_response_timeout");
/// ```
template <const std::string_view& Name>
constexpr lasting_span<const field_line> status_fields(errc code, std::uint16_t status) noexcept {
  static_assert(detail::values_of<Name>.sizes[0] > 0, "a name that Proxy-Status can have");
  return {&detail::lines_of<Name>.lines[static_cast<std::size_t>(detail::error_of(code, status))],
          1};
}

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
