// Finds everything that is wrong with the fields of a WebSocket request; the library stops at the
// first failure.
#pragma once

#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <vector>

namespace websocket_flaws_detail {

using turnout::errc;
using turnout::field_name;

/// The failure of an offer that is valid except for the lines of one field.
inline turnout::failure flaw_of_field(const turnout::facts& request, field_name field) {
  turnout::facts alone{turnout::method::get, turnout::http_1_1};
  alone.see("Host", "a");
  alone.see("Connection", "upgrade");
  alone.see("Upgrade", "websocket");
  if (field != field_name::sec_websocket_key)
    alone.see("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  if (field != field_name::sec_websocket_version) alone.see("Sec-WebSocket-Version", "13");
  for (auto lines = request.lines(field); !lines.empty(); lines.next())
    alone.see(turnout::field::spelling(field), lines.first());
  const turnout::profile spoken[] = {turnout::websocket::profile};
  const auto offered =
      turnout::websocket::offer::read(turnout::examine_request(alone, spoken).offer);
  return offered ? turnout::failure{} : offered.error();
}

}  // namespace websocket_flaws_detail

/// What is wrong with the fields of a WebSocket request, each field on its own.
///
/// Takes     request: offers websocket
inline std::vector<turnout::finding> websocket_flaws(const turnout::facts& request) {
  using enum turnout::field_name;
  std::vector<turnout::finding> all;
  for (const auto field : {sec_websocket_version, sec_websocket_key, origin, sec_websocket_protocol,
                           sec_websocket_extensions}) {
    const turnout::failure why = websocket_flaws_detail::flaw_of_field(request, field);
    if (why.code != turnout::errc::none) all.push_back({why, field});
  }
  return all;
}
