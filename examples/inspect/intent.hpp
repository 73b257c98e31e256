// Finds what a request wants, even if its fields were lost or changed on the way.
#pragma once

#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"

/// True if the client wants to switch: there is Upgrade, or a field that needs it.
inline bool means_to_switch(const turnout::facts& request) {
  using enum turnout::field_name;
  for (const auto trace :
       {upgrade, sec_websocket_key, sec_websocket_version, sec_websocket_extensions,
        sec_websocket_protocol, http2_settings, x_stream_protocol_version})
    if (request.has(trace)) return true;
  return nominates(request, "upgrade");
}

/// The protocol that the client wants, as Upgrade spells it.
inline std::string meant_protocol(const turnout::facts& request) {
  using turnout::field_name;
  const auto listed = turnout::field::upgrade::parse(request.lines(field_name::upgrade));
  if (listed && !listed->empty())
    return written([&listed](turnout::writer& to) { listed->begin()->put(to); });
  if (request.has(field_name::x_stream_protocol_version)) return "SPDY/3.1";
  return request.has(field_name::http2_settings) ? "h2c" : "websocket";
}

/// True if a request speaks a WebSocket older than RFC 6455: the drafts hixie-75 and hixie-76.
inline bool is_old_websocket(const inspected_request& request) {
  if (has_line(request.head, "Sec-WebSocket-Key1")) return true;
  return names_protocol(request.facts, "websocket") &&
         request.facts.has(turnout::field_name::origin) &&
         !request.facts.has(turnout::field_name::sec_websocket_key) &&
         !request.facts.has(turnout::field_name::sec_websocket_version);
}
