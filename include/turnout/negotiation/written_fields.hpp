// The field lines that a caller adds to a message of the library, and which names they may not
// have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// A message that the library writes and that a caller may add field lines to.
enum class message_role : std::uint8_t {
  request,    ///< a request that offers to switch
  switching,  ///< the 101
  tunnel,     ///< a request for a tunnel, and the 2xx that opens it
  forwarded,  ///< a request that an intermediary forwards
  refusal     ///< a final response
};

}  // namespace detail

namespace rules {

/// True if a caller may not add a field line of this name, because the library writes it itself or
/// because the message may not have it.
///
/// Rule      the library writes Connection, Upgrade and the fields that frame content; no
///           Content-Length or Transfer-Encoding in a 101 (RFC 9110 section 8.6, RFC 9112 section
///           6.1); `Close` is not a field name (RFC 9112 section 9.6); Proxy-Connection must not be
///           sent (appendix C.2.2); Connection must list hop-by-hop fields (RFC 9110 section
///           7.6.1), which the library does only for TE
constexpr bool is_reserved(field_name name, detail::message_role in) noexcept {
  switch (name) {
    case field_name::other:
    case field_name::content_type:
      return false;
    case field_name::alpn:
      return in != detail::message_role::request && in != detail::message_role::tunnel;
    case field_name::max_forwards:
    case field_name::origin:
    case field_name::te:
      return in != detail::message_role::request;
    case field_name::sec_websocket_version:
      return in != detail::message_role::refusal;
    default:
      return true;
  }
}

/// True if a line of that name is among `fields`.
constexpr bool has_field(span<const field_line> fields, field_name wanted) noexcept {
  for (const field_line& field : fields)
    if (field::known_field(field.name) == wanted) return true;
  return false;
}

}  // namespace rules

namespace detail {

/// True for a proposal or an agreement, possibly the caller's own type, whose put_fields() does not
/// throw.
template <class Type>
concept puts_fields_nothrow = requires(const Type& one, writer& to) {
  requires noexcept(one.put_fields(to));
};

/// Puts a caller's field lines.
///
/// Takes     before: how many lines come before them, which is the index of the first one
/// Fails     reserved_field or unwritable; `at` is the index of the line
TURNOUT_INLINE constexpr void put_caller_fields(writer& to, span<const field_line> fields,
                                                message_role in, std::size_t before = 0) noexcept {
  if (fields.empty()) return;
  writing::put_apart(to, [fields, in, before](writer& copy) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::size_t index = before + i;
      if (rules::is_reserved(field::known_field(fields[i].name), in))
        copy.fail({errc::reserved_field, index});
      copy.put_numbered(fields[i], index);
    }
  });
}

}  // namespace detail

}  // namespace v0
}  // namespace turnout
