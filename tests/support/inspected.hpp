// The inspector over any octets: every report on them, and whether it can be shown to people.
#pragma once

#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "../../examples/inspect/exchange.hpp"
#include "../../examples/inspect/field.hpp"
#include "../../examples/inspect/relay.hpp"
#include "../../examples/inspect/render.hpp"
#include "../../examples/inspect/request.hpp"
#include "../../examples/inspect/response.hpp"

namespace inspections {

using kind = inspected::kind;

/// What is shown to people is visible ASCII, and never nothing; what is for scripts is JSON.
inline std::string can_be_shown(const report& found) {
  for (const char octet : renderer{false}.render(found))
    if (octet != '\n' && (octet < ' ' || octet > '~')) return "an octet is shown as it is";
  if (renderer{true}.render(found).empty()) return "nothing is shown";
  const std::string dumped = found.machine.dump(-1, ' ', true);
  return json::parse(dumped) == found.machine ? "" : "the JSON says something else";
}

/// Visits the reports on a value, read as one of each field.
template <class Visit>
void for_each_value_report(std::string_view octets, const Visit& visit) {
  for (const auto& field : field_detail::readers)
    visit("field", inspect_field(field, {kind::field, std::string{field.name}, octets}));
  const auto key = turnout::field::sec_websocket_key::parse("dGhlIHNhbXBsZSBub25jZQ==");
  visit("field", inspect_accept(*key, {kind::field, "sec-websocket-accept", octets}));
}

/// Visits the reports on a message, read as a request and as a response.
///
/// Takes     other: a message that may be the other side of an exchange
template <class Visit>
void for_each_head_report(std::string_view octets, std::string_view other, const Visit& visit) {
  const inspected request{kind::request, "request", octets};
  const inspected response{kind::response, "response", octets};
  visit("request", inspect_request(request));
  visit("response", inspect_response(response));
  visit("relay", inspect_relay(request, {{"websocket"}, {"h2c"}, {"foo", "2"}}));
  visit("exchange", inspect_exchange(request, {kind::response, "response", other}));
  visit("exchange", inspect_exchange({kind::request, "request", other}, response));
}

}  // namespace inspections
