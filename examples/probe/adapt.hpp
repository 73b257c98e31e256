// Adapts the messages of cases, which have their own server and key, to the implementation under
// test.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "case.hpp"
#include "frame.hpp"
#include "handshake.hpp"
#include "heads.hpp"
#include "url.hpp"
#include "wire.hpp"

namespace probe {

namespace adapt_detail {

/// The protocol of cases about HTTP.
inline constexpr std::string_view invented = "foo/2";

inline bool is_ordinary(std::string_view text) {
  constexpr std::string_view octets =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/:?=&";
  return !text.empty() && text.find_first_not_of(octets) == text.npos;
}

/// The Host of a head if it is a name with an optional port; otherwise an empty view.
inline std::string_view ordinary_host(std::string_view head) {
  constexpr std::string_view start = "\r\nHost: ";
  const std::size_t at = head.find(start);
  if (at == head.npos || head.find(start, at + 1) != head.npos) return {};
  const std::string_view rest = head.substr(at + start.size());
  const std::string_view host = rest.substr(0, rest.find("\r\n"));
  const std::string_view name = host.substr(0, host.find(':'));
  const std::string_view port = host.substr(std::min(name.size() + 1, host.size()));
  const bool has_empty_port = host.ends_with(':');
  const bool is_number = port.find_first_not_of("0123456789") == port.npos;
  return is_ordinary(name) && name.find_first_of("/?=&_") == name.npos && is_number &&
                 !has_empty_port
             ? host
             : std::string_view{};
}

inline void replace_part(std::string& octets, std::string_view part, std::string_view by) {
  octets.replace(offset_in(octets, part), part.size(), by);
}

/// Replaces the path of the request line if it is an ordinary one.
inline void replace_target(std::string& octets, const std::string& host, const url& to) {
  const std::string_view all{octets};
  const std::string_view line = all.substr(0, all.find("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(" HTTP/");
  if (first == line.npos || last == line.npos || last <= first) return;
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!is_ordinary(target)) return;
  if (target.starts_with('/')) return replace_part(octets, target, to.target);
  const std::string absolute = "http://" + host + "/";
  if (target.starts_with(absolute))
    replace_part(octets, target, "http://" + to.authority + to.target);
}

inline void replace_all(std::string& octets, std::string_view part, std::string_view by) {
  for (std::size_t at = octets.find(part); at != octets.npos;
       at = octets.find(part, at + by.size()))
    octets.replace(at, part.size(), by);
}

/// Replaces octets of a protocol that nobody speaks, at the end, by a frame of one that they do.
inline void replace_leftover(std::string& octets, const scenario& one, std::string_view by) {
  const std::size_t leftover = one.expected.front().leftover;
  const bool has_any =
      leftover > 0 && leftover <= octets.size() && (one.allows("switch") || one.allows("switched"));
  if (has_any) octets.replace(octets.size() - leftover, leftover, by);
}

/// Adds lines after the first one.
inline void insert_lines(std::string& octets, std::string_view lines) {
  const std::size_t end = octets.find("\r\n");
  if (end != octets.npos) octets.insert(end + 2, lines);
}

/// True if the protocol of a case, which nobody speaks, can be replaced by WebSocket.
inline bool becomes_websocket(const scenario& one, std::string_view request) {
  const auto has = [request](std::string_view part) { return request.find(part) != request.npos; };
  return one.profile == invented && request.starts_with("GET ") && has(invented) &&
         !has("websocket") && !has("Content-Length") && !has("Transfer-Encoding");
}

}  // namespace adapt_detail

/// A request for the side under test.
struct adapted_request {
  std::string octets;
  bool became_websocket = false;  ///< whether it offered a protocol that nobody speaks
};

namespace adapt_detail {

/// Where the request begins that a case is about: after those that only come before it.
inline std::size_t begin_of_request(const scenario& one) {
  std::size_t begin = 0;
  for (std::size_t before = one.expected.front().before; before > 0; --before)
    begin += wire::size_of_request(std::string_view{one.request}.substr(begin)).value_or(0);
  return begin;
}

/// Puts the server's host into Host and into an Origin of the same host.
inline void replace_host(std::string& octets, const std::string& host, const url& to) {
  replace_part(octets, ordinary_host(octets), to.authority);
  const std::string_view scheme = to.is_secure ? "https://" : "http://";
  for (const std::string_view own : {"http://", "https://"})
    replace_all(octets, fmt::format("\r\nOrigin: {}{}\r\n", own, host),
                fmt::format("\r\nOrigin: {}{}\r\n", scheme, to.authority));
}

}  // namespace adapt_detail

/// The request of a case for a server, with the server's path and host unless the case is about
/// these.
///
/// Takes     lines: more lines of the head, each with its end
inline adapted_request request_for(const scenario& one, const url& to, const std::string& lines) {
  using namespace adapt_detail;
  const std::size_t begin = begin_of_request(one);
  std::string octets = one.request.substr(begin);
  const bool becomes = becomes_websocket(one, octets);
  if (becomes || one.profile == "websocket")
    replace_leftover(octets, one, client_frame(opcode::ping, ping_payload));
  const std::string host{ordinary_host(octets)};
  replace_target(octets, host, to);
  if (!host.empty()) replace_host(octets, host, to);
  if (becomes) {
    replace_all(octets, invented, "websocket");
    insert_lines(octets,
                 fmt::format("Sec-WebSocket-Key: {}\r\nSec-WebSocket-Version: 13\r\n", sample_key));
  }
  insert_lines(octets, lines);
  return {one.request.substr(0, begin) + octets, becomes};
}

namespace adapt_detail {

/// The accept value for a request; empty if there is none.
inline std::string accept_of(std::string_view request) {
  const inspected_request read{request};
  const auto key = turnout::field::sec_websocket_key::parse(
      read.facts.lines(turnout::field_name::sec_websocket_key).first());
  if (!read.is_complete() || !key) return {};
  const auto accept = turnout::websocket::accept_for(*key);
  return std::string{accept.text()};
}

}  // namespace adapt_detail

/// The response of a case for a client with another request: the accept value of the case's key is
/// replaced by that of the client's key.
inline std::string response_for(const scenario& one, std::string_view asked) {
  using namespace adapt_detail;
  std::string made = one.response;
  replace_leftover(made, one, server_frame(opcode::ping, ping_payload));
  const std::string now = accept_of(asked);
  if (becomes_websocket(one, one.request)) {
    replace_all(made, invented, "websocket");
    const std::size_t head = made.find("HTTP/1.1 101");
    const std::size_t end = made.find("\r\n", head);
    const bool switches = head != made.npos && end != made.npos;
    if (switches) made.insert(end + 2, "Sec-WebSocket-Accept: " + now + "\r\n");
    return made;
  }
  const std::string before = accept_of(one.request);
  if (!before.empty() && !now.empty()) replace_all(made, before, now);
  return made;
}

}  // namespace probe
