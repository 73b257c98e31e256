// Sec-WebSocket-Extensions: RFC 6455 sections 9.1 and 11.3.2.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/parameter.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// One extension with its parameters.
///
/// Borrows   the octets it was read from
struct extension {
  std::string_view name;           ///< a token, compared octet for octet
  grammar::parameters parameters;  ///< in the order in which they came

  /// Reads the extension at the front of `octets`.
  ///
  /// Grammar   extension = extension-token *( ";" extension-param ), RFC 6455 section 9.1, with
  ///           whitespace around ";" and "="; a quoted value must be a token when unquoted
  /// Fails     bad_token, bad_parameter or bad_quoted_string at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<extension>> parse_prefix(
      std::string_view octets) noexcept {
    const std::size_t size = grammar::token_size(octets);
    if (size == 0) return failure{errc::bad_token, 0};
    const auto rest = grammar::parameters::parse_prefix(turnout::detail::rest_of(octets, size),
                                                        grammar::extension_parameters);
    if (!rest) return failure{rest.error().code, size + rest.error().at};
    return grammar::parsed_prefix<extension>{{turnout::detail::front_of(octets, size), rest->value},
                                             size + rest->size};
  }

  /// Puts the name and the parameters; fails with unwritable if the name is not a token.
  constexpr void put(writer& to) const noexcept {
    grammar::put_token(to, name);
    parameters.put(to);
  }

  friend constexpr bool operator==(const extension&, const extension&) = default;
};

/// The value of Sec-WebSocket-Extensions: the extensions that a request offers, or those that a
/// response accepts, in order.
///
/// Grammar   Sec-WebSocket-Extensions = 1#extension, RFC 6455 sections 4.3 and 9.1
///
/// ```cpp
/// const auto offered = turnout::field::sec_websocket_extensions::parse(
///     "permessage-deflate; client_max_window_bits, permessage-deflate");
/// assert(offered && offered->size() == 2);
/// assert((*offered->begin()).name == "permessage-deflate");
/// ```
using sec_websocket_extensions = grammar::list<extension, 1, errc::bad_websocket_extensions>;

}  // namespace field
}  // namespace v0
}  // namespace turnout
