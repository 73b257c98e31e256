// The client's side of permessage-deflate: whether the response fits an offer, RFC 7692 section 7.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/grammar/parameter.hpp"
#include "turnout/protocol/websocket/deflate.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket::permessage_deflate {

namespace detail {

/// The part of a response that does not fit an offer.
struct misfit {
  errc code = errc::none;
  std::string_view parameter{};
};

constexpr misfit find_misfit(const response& given, const offer& offered,
                             std::uint8_t smallest) noexcept {
  if (offered.server_no_context_takeover && !given.server_no_context_takeover)
    return {errc::missing_extension_parameter, server_takeover};
  if (offered.server_max_window_bits != 0 && given.server_max_window_bits == 0)
    return {errc::missing_extension_parameter, server_window};
  if (limit(given.server_max_window_bits) > limit(offered.server_max_window_bits))
    return {errc::window_not_offered, server_window};
  const bool limits_client = given.client_max_window_bits != 0;
  if (limits_client && offered.client_max_window_bits == 0)
    return {errc::window_not_offered, client_window};
  if (limits_client && given.client_max_window_bits > limit(offered.client_max_window_bits))
    return {errc::window_not_offered, client_window};
  if (settle(offered, given).client_window_bits < smallest)
    return {errc::unsupported_window, client_window};
  return {};
}

/// The index of the parameter named `wanted`; the number of parameters if there is none.
constexpr std::size_t number_of(const field::extension& element, std::string_view wanted) noexcept {
  std::size_t number = 0;
  for (const grammar::parameter& one : element.parameters) {
    if (one.name == wanted) break;
    ++number;
  }
  return number;
}

/// Where the parameter with this index begins in a list, or its element if there is no such
/// parameter.
constexpr std::size_t offset_of(const field::sec_websocket_extensions::iterator& element,
                                std::size_t number) noexcept {
  for (const grammar::parameter& one : element->parameters)
    if (number-- == 0)
      return element.offset() + static_cast<std::size_t>(one.name.data() - element->name.data());
  return element.offset();
}

}  // namespace detail

/// Checks a server's response against the offers.
///
/// Rule      RFC 7692 sections 5, 7 and 7.1: the response has to fit one of the offers. A larger
///           client_max_window_bits than the offer's does not fit
/// Takes     offered: the offers in the order in which they were sent; smallest_window_bits: the
///           smallest window that this side can compress with
/// Returns   the agreed parameters, by the first offer that fits, since a response does not say
///           which one it accepts
/// Fails     the failures of response::read(); extension_not_offered if there is no offer;
///           missing_extension_parameter, with the number of parameters, if a parameter that must
///           be answered is missing; window_not_offered or unsupported_window, with the parameter's
///           index. If no offer fits, the failure is that of the first one
constexpr result<agreed> check(const field::extension& answered, span<const offer> offered,
                               std::uint8_t smallest_window_bits = zlib_window) noexcept {
  const auto given = response::read(answered);
  if (!given) return given.error();
  failure why{errc::extension_not_offered, 0};
  for (const offer& one : offered) {
    const detail::misfit found = detail::find_misfit(*given, one, smallest_window_bits);
    if (found.code == errc::none) return settle(one, *given);
    if (&one == offered.data()) why = {found.code, detail::number_of(answered, found.parameter)};
  }
  return why;
}

/// Checks all extensions that a server chose. If it fails, close the WebSocket connection.
///
/// Takes     answered: the response's extensions; the others as for one element; rsv1: as for
///           check_rsv1()
/// Returns   the agreed parameters: nothing is compressed if permessage-deflate is not among the
///           extensions
/// Fails     conflicting_extensions, also if permessage-deflate is repeated; as for one element,
///           but `at` counts octets of the field's value
///
/// ```cpp
/// namespace deflate = turnout::websocket::permessage_deflate;
/// const deflate::offer offered[] = {{.client_max_window_bits = deflate::bare}};
/// const auto answered = turnout::field::sec_websocket_extensions::parse(
///     "permessage-deflate; client_max_window_bits=10");
/// const auto agreed = deflate::check(*answered, offered);
/// assert(agreed && agreed->in_use && agreed->client_window_bits == 10);
/// ```
constexpr result<agreed> check(const field::sec_websocket_extensions& answered,
                               span<const offer> offered,
                               std::uint8_t smallest_window_bits = zlib_window,
                               span<const std::string_view> rsv1 = {}) noexcept {
  if (const auto alone = check_rsv1(answered, rsv1); !alone) return alone.error();
  for (auto one = answered.begin(); one != answered.end(); ++one) {
    if (one->name != name) continue;
    const auto found = check(*one, offered, smallest_window_bits);
    if (found) return found;
    return failure{found.error().code, detail::offset_of(one, found.error().at)};
  }
  return agreed{};
}

}  // namespace websocket::permessage_deflate
}  // namespace v0
}  // namespace turnout
