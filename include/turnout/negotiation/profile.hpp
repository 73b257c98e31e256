// A protocol that a connection can be switched to, as a value: RFC 9110 section 7.8, RFC 9931
// section 7. Rules ask its members, and never for its name (decision D18).
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/message/method.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// True for the names of HTTP's versions that no Upgrade leads to.
///
/// Rule      RFC 7540 section 3.2: `h2` is HTTP/2 over TLS, and never negotiated so; RFC 9110
///           section 7.8: Upgrade can't change the transport
constexpr bool is_another_http(const protocol& token) noexcept {
  return grammar::equal_ignoring_case(token.name, "h2") ||
         grammar::equal_ignoring_case(token.name, "HTTP");
}

}  // namespace detail

/// A field of a protocol's own, and where it has to be.
struct own_field {
  std::string_view name{};  ///< a token; any case is the same name
  bool in_request = false;  ///< whether the request must have it
  bool in_switch = false;   ///< whether the 101 must have it
};

/// What a protocol is called in Upgrade, and what a request for it must be like. Programs make
/// their own; those of <turnout/protocol/...> come with what the protocol adds to both messages.
struct profile {
  protocol token{};                  ///< as it is written in Upgrade: its name is a token
  method_set methods = method::get;  ///< the methods with which it may be asked for
  bool content = false;              ///< whether the request may have content
  /// Fields that Connection has to nominate beside Upgrade.
  lasting_span<const std::string_view> nominated{};
  /// Whether a 101 needs field lines of its own, so that only the protocol's own agreement, and no
  /// plain one, may be accepted.
  bool own_agreement = false;
  /// The protocol above it, which its 101 names after it: HTTP/1.1 for TLS (RFC 2817 section 3.3).
  /// Most protocols have none.
  protocol upper{};
  /// Whether Host must name a host. Without one it may be empty, as it is where the target has no
  /// authority (RFC 9112 section 3.2): on a socket file, for example.
  bool needs_host = false;
  /// Whether a request that does not fit is an ordinary one, as with protocols that HTTP libraries
  /// offer with every request; otherwise it is refused.
  bool opportunistic = false;
  /// Whether the protocol begins with a handshake of its own, which fails unless both sides have
  /// switched, and which settles the version: a 101 may then name several of those offered, and
  /// Connection need not list upgrade in it.
  bool self_confirming = false;
  /// Whether Upgrade can lead to it.
  bool by_upgrade = !detail::is_another_http(token);
  /// Whether HTTP/2 and HTTP/3 can be asked for it too, by extended CONNECT. What has a version or
  /// a protocol above it can't be, whatever is said here.
  bool by_extended_connect = by_upgrade;
  /// Whether capsules follow the switch (RFC 9297): neither the request nor the 101 then has
  /// content or a Content-Type.
  bool capsules = false;
  /// Whether HTTP/1.1 opens it with Sec-WebSocket-Key and Sec-WebSocket-Accept, which an extended
  /// CONNECT goes without (RFC 8441 section 5).
  bool websocket_key = false;
  /// More methods with which it may be asked for, by name: those that the library does not know.
  lasting_span<const std::string_view> method_names{};
  /// The fields that it has of its own: facts keep them for it. All protocols of one list together
  /// have at most facts::max_own_fields.
  lasting_span<const own_field> fields{};
};

namespace rules {

/// True if a protocol may be asked for with a method.
///
/// Takes     name: of the method, which matters if it is method::other
constexpr bool allows(const profile& wanted, method used, std::string_view name) noexcept {
  if (wanted.methods.contains(used)) return true;
  if (used != method::other) return false;
  for (const std::string_view one : wanted.method_names)
    if (one == name) return true;
  return false;
}

}  // namespace rules

namespace detail {

/// True if Upgrade can lead to one of `protocols`.
constexpr bool any_by_upgrade(span<const profile> protocols) noexcept {
  for (const profile& one : protocols)
    if (one.by_upgrade) return true;
  return false;
}

/// Puts the Upgrade line that lists those of `protocols` that it can lead to, at least one.
constexpr void put_upgrade(writer& to, span<const profile> protocols) noexcept {
  to.put("Upgrade: ");
  separated names{to};
  for (const profile& one : protocols)
    if (one.by_upgrade) one.token.put(names.next());
  to.put("\r\n");
}

/// How many profiles one list may have.
inline constexpr std::size_t max_profiles = 64;

}  // namespace detail

}  // namespace v0
}  // namespace turnout
