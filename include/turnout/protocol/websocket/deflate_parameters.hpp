// The parameters of the extension permessage-deflate: RFC 7692 section 7.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/grammar/parameter.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket::permessage_deflate {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// The extension's name, compared octet for octet.
inline constexpr std::string_view name = "permessage-deflate"sv;

/// For offer::client_max_window_bits: the parameter without a value.
inline constexpr std::uint8_t bare = 1;

/// The smallest window that zlib's raw deflate can compress with: 8 bits are not supported.
inline constexpr std::uint8_t zlib_window = 9;

namespace detail {

inline constexpr std::string_view server_takeover = "server_no_context_takeover"sv;
inline constexpr std::string_view client_takeover = "client_no_context_takeover"sv;
inline constexpr std::string_view server_window = "server_max_window_bits"sv;
inline constexpr std::string_view client_window = "client_max_window_bits"sv;
inline constexpr std::string_view windows[] = {"8"sv,  "9"sv,  "10"sv, "11"sv,
                                               "12"sv, "13"sv, "14"sv, "15"sv};

constexpr errc take_flag(const grammar::parameter& from, bool& to) noexcept {
  if (to) return errc::repeated_extension_parameter;
  if (from.has_value) return errc::bad_extension_parameter;
  to = true;
  return errc::none;
}

constexpr errc take_window(const grammar::parameter& from, bool may_be_bare,
                           std::uint8_t& to) noexcept {
  if (to != 0) return errc::repeated_extension_parameter;
  if (!from.has_value && may_be_bare) to = bare;
  std::uint8_t bits = 8;
  for (const std::string_view text : windows) {
    if (from.value == text) to = bits;
    ++bits;
  }
  return to == 0 ? errc::bad_extension_parameter : errc::none;
}

constexpr void put_flag(writer& to, std::string_view flag, bool set) noexcept {
  if (!set) return;
  to.put("; ");
  to.put(flag);
}

constexpr void put_window(writer& to, std::string_view window, bool may_be_bare,
                          std::uint8_t bits) noexcept {
  if (bits == 0) return;
  put_flag(to, window, true);
  if (bits == bare && may_be_bare) return;
  if (bits < 8 || bits > 15) to.fail({errc::unwritable, 0});
  to.put('=');
  to.put_number(bits);
}

}  // namespace detail

/// The parameters of one element: of an offer, or of a response.
template <bool IsOffer>
struct parameters {
  bool server_no_context_takeover = false;  ///< the server may not take over its context
  bool client_no_context_takeover = false;  ///< the client will not; in a response, it may not
  std::uint8_t server_max_window_bits = 0;  ///< 8 to 15; 0 if the parameter is absent
  std::uint8_t client_max_window_bits = 0;  ///< the same; may be `bare` in an offer

  /// Reads one element of Sec-WebSocket-Extensions.
  ///
  /// Grammar   server_no_context_takeover and client_no_context_takeover have no value, the others
  ///           8 to 15 in digits without leading zeros; an offer may have client_max_window_bits
  ///           without a value: RFC 7692 sections 7.1.1 and 7.1.2
  /// Rule      a parameter that is unknown, malformed or repeated makes the element invalid: RFC
  ///           7692 section 7
  /// Fails     extension_not_offered if the element has another name; with the index of the
  ///           parameter: unknown_extension_parameter, repeated_extension_parameter,
  ///           bad_extension_parameter
  static constexpr result<parameters> read(const field::extension& element) noexcept {
    if (element.name != name) return failure{errc::extension_not_offered, 0};
    parameters all;
    std::size_t number = 0;
    for (const grammar::parameter& one : element.parameters) {
      const errc why = all.take(one);
      if (why != errc::none) return failure{why, number};
      ++number;
    }
    return all;
  }

  /// Puts the element; fails with unwritable for a window that the parameter can't have.
  constexpr void put(writer& to) const noexcept {
    to.put(name);
    detail::put_flag(to, detail::server_takeover, server_no_context_takeover);
    detail::put_flag(to, detail::client_takeover, client_no_context_takeover);
    detail::put_window(to, detail::server_window, false, server_max_window_bits);
    detail::put_window(to, detail::client_window, IsOffer, client_max_window_bits);
  }

  friend constexpr bool operator==(const parameters&, const parameters&) = default;

 private:
  constexpr errc take(const grammar::parameter& one) noexcept {
    using namespace detail;
    if (one.name == detail::server_takeover)
      return detail::take_flag(one, server_no_context_takeover);
    if (one.name == detail::client_takeover)
      return detail::take_flag(one, client_no_context_takeover);
    if (one.name == detail::server_window)
      return detail::take_window(one, false, server_max_window_bits);
    if (one.name == detail::client_window)
      return detail::take_window(one, IsOffer, client_max_window_bits);
    return errc::unknown_extension_parameter;
  }
};

/// One element of a client's offer.
using offer = parameters<true>;
/// The element of a server's response.
using response = parameters<false>;

/// The agreed parameters of the connection, the same on both sides.
struct agreed {
  bool in_use = false;                      ///< false: no message is compressed
  bool server_no_context_takeover = false;  ///< the server begins each message with a new context
  bool client_no_context_takeover = false;  ///< the client does
  std::uint8_t server_window_bits = 15;     ///< the largest window of the server's compression
  std::uint8_t client_window_bits = 15;     ///< the largest window of the client's compression

  friend constexpr bool operator==(const agreed&, const agreed&) = default;
};

/// A server's answer to all offers. If `terms.in_use` is false, there is nothing to put, and the
/// handshake continues without compression.
struct answer {
  response element;  ///< the element for the 101
  agreed terms;      ///< the agreed parameters

  friend constexpr bool operator==(const answer&, const answer&) = default;
};

}  // namespace websocket::permessage_deflate
}  // namespace v0
}  // namespace turnout
