// A protocol that a connection can be switched to, as a value: RFC 9110 section 7.8, RFC 9931
// section 7. Rules read its members, never its name (decision D18).
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

/// True for the names of HTTP versions that Upgrade can't lead to.
///
/// Rule      RFC 7540 section 3.2: `h2` is HTTP/2 over TLS, and is never negotiated by Upgrade; RFC
///           9110 section 7.8: Upgrade can't change the transport
constexpr bool is_another_http(const protocol& token) noexcept {
  return grammar::equal_ignoring_case(token.name, "h2") ||
         grammar::equal_ignoring_case(token.name, "HTTP");
}

/// True for a protocol that only HTTP/3 has: WebTransport, whose streams are those of QUIC.
constexpr bool is_of_http_3(const protocol& token) noexcept {
  return grammar::equal_ignoring_case(token.name, "webtransport-h3");
}

}  // namespace detail

/// A protocol's own field, and where it is required.
struct own_field {
  std::string_view name{};  ///< a token; any case is the same name
  bool in_request = false;  ///< whether the request must have it
  bool in_switch = false;   ///< whether the 101 must have it
};

/// The name of a protocol in Upgrade, and what a request for it must have. Programs can define
/// their own; those in <turnout/protocol/...> come with what the protocol adds to both messages.
///
/// ```cpp
/// static constexpr turnout::own_field ticket[] = {{.name = "X-Ticket", .in_request = true}};
/// static constexpr turnout::profile mine[] = {{.token = {"mine", "2"}, .fields = ticket}};
/// turnout::server_connection server{mine};
/// std::array<char, 512> out;
/// const std::string_view unread =
///     "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: mine/2\r\n"
///     "X-Ticket: 7\r\n\r\n";
/// const auto turn = server.advance(unread, out);
/// assert(turn.need == turnout::server_need::decision);
/// assert(turn.facts.lines("X-Ticket").first() == "7");
/// ```
struct profile {
  protocol token{};                  ///< its name and version in Upgrade
  method_set methods = method::get;  ///< the methods that a request for it may have
  bool content = false;              ///< whether the request may have content
  /// Fields that Connection must list in addition to Upgrade.
  lasting_span<const std::string_view> nominated{};
  /// Whether the 101 needs more field lines, so that accept() takes only the protocol's own type of
  /// agreement.
  bool own_agreement = false;
  /// The protocol on top of it, which the 101 names after it: HTTP/1.1 for TLS (RFC 2817 section
  /// 3.3). Most protocols have none.
  protocol upper{};
  /// Whether Host must name a host. Otherwise it may be empty, as for a target without authority
  /// (RFC 9112 section 3.2), such as on a Unix socket.
  bool needs_host = false;
  /// Whether a request that does not fit the profile is an ordinary one, as for protocols that HTTP
  /// libraries offer with every request; otherwise it is refused.
  bool opportunistic = false;
  /// Whether the protocol begins with its own handshake, which fails unless both sides have
  /// switched, and which chooses the version. The 101 may then name several of the offered
  /// protocols, and its Connection need not list upgrade.
  bool self_confirming = false;
  /// Whether Upgrade can lead to it.
  bool by_upgrade = !detail::is_another_http(token) && !detail::is_of_http_3(token);
  /// Whether extended CONNECT can ask for it in HTTP/2 and HTTP/3. It never can if the protocol has
  /// a version, or another protocol on top of it.
  bool by_extended_connect = by_upgrade || detail::is_of_http_3(token);
  /// Whether capsules follow the switch (RFC 9297): neither the request nor the 101 then has
  /// content or a Content-Type.
  bool capsules = false;
  /// Whether HTTP/1.1 opens it with Sec-WebSocket-Key and Sec-WebSocket-Accept, which extended
  /// CONNECT does not use (RFC 8441 section 5).
  bool websocket_key = false;
  /// Whether a server and a client tolerate peers that send Upgrade without any Connection, which
  /// breaks RFC 9110 section 7.8. No profile of the library has it, and a relay and a gateway
  /// ignore it: see tolerating_missing_connection().
  bool tolerates_missing_connection = false;
  /// Whether a request for it may expect a 100 (Continue) without content (RFC 9110 section 10.1.1
  /// forbids that): for a server that says early that it has the request.
  bool expects_without_content = false;
  /// More methods that a request for it may have, by name: those that the library does not know.
  lasting_span<const std::string_view> method_names{};
  /// Its own fields, which facts then keep. All protocols of one list may have
  /// facts::max_own_fields together.
  lasting_span<const own_field> fields{};

  /// The same profile for peers that leave Connection out: `dqlite` in LXD, MicroCloud and
  /// MicroK8s, `sftp` in LXD and Incus, and older versions of Proxmox Backup. Their HTTP libraries
  /// send only the fields that the program sets, and it sets only Upgrade.
  ///
  /// Use it only where the peers talk to each other directly. An intermediary that does not know
  /// Upgrade removes it if Connection lists it, and forwards it otherwise: it then reads
  /// the new protocol as HTTP.
  constexpr profile tolerating_missing_connection() const noexcept {
    profile tolerant = *this;
    tolerant.tolerates_missing_connection = true;
    return tolerant;
  }
};

namespace rules {

/// True if a request for a protocol may have this method.
///
/// Takes     name: of the method, used if it is method::other
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

/// Puts the Upgrade line with those of `protocols` that Upgrade can lead to, at least one.
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
