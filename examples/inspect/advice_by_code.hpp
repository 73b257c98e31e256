// How to fix a finding, by its code.
#pragma once

#include <string_view>
#include <turnout/turnout.hpp>

namespace advice_detail {

/// For heads and their lines.
inline std::string_view advice_on_lines(turnout::errc code) {
  using enum turnout::errc;
  switch (code) {
    case bare_lf:
      return "end lines with CRLF; if this was pasted, use --paste";
    case bare_cr:
      return "end lines with CRLF, and remove other CRs";
    case space_before_colon:
      return "remove the whitespace before the colon";
    case bad_field_name:
      return "write the field name without spaces; if this was pasted, use --paste";
    case folded_field_line:
    case leading_whitespace:
      return "write the field on one line";
    case missing_colon:
      return "put a colon after the field name; an empty line ends the head";
    case incomplete:
      return "end the head with an empty line; if this was pasted, use --paste";
    case missing_host:
    case empty_host:
      return "add Host with the name, and the port unless it is the default";
    case bad_host:
      return "write a name and an optional port in Host: no scheme, no path";
    case repeated_host:
      return "send Host once";
    case length_and_transfer_encoding:
      return "send Content-Length or Transfer-Encoding, not both: recipients that read different "
             "ones see different messages";
    case repeated_content_length:
      return "send Content-Length once";
    case content_not_allowed:
      return "send no content with it";
    case end_to_end_nominated:
      return "remove the name from Connection: a recipient that obeys drops the field";
    default:
      return {};
  }
}

/// For Upgrade and Connection.
inline std::string_view advice_on_upgrade(turnout::errc code) {
  using enum turnout::errc;
  switch (code) {
    case upgrade_not_nominated:
    case switch_not_nominated:
      return "add upgrade to Connection, and keep its other options";
    case upgrade_in_http_1_0:
    case switch_in_http_1_0:
      return "send it as HTTP/1.1";
    case bad_connection:
      return "write Connection as tokens with commas between them";
    case bad_upgrade:
      return "write Upgrade as names with commas between them, each with a version after one slash "
             "if it has one; a single malformed name makes all of Upgrade invalid";
    case empty_upgrade:
    case switch_without_upgrade:
      return "name the protocol in Upgrade";
    case no_common_protocol:
      return "let the intermediary forward the protocol with --allow";
    case method_not_allowed:
      return "use a method that the protocol allows: GET for WebSocket";
    case unsolicited_switch:
      return "answer 101 only if the request is HTTP/1.1, has Upgrade, and lists it in Connection";
    case protocol_not_offered:
      return "name in the 101 one protocol that the request offered, spelled the same";
    case ambiguous_switch:
      return "name only the protocol that both speak now";
    case field_not_nominated:
    case missing_http2_settings:
      return "h2c needs HTTP2-Settings, and Connection must list it; Docker sends h2c without it, "
             "but only to its own daemon";
    default:
      return {};
  }
}

/// For the fields of WebSocket.
inline std::string_view advice_on_websocket(turnout::errc code) {
  using enum turnout::errc;
  switch (code) {
    case missing_websocket_key:
      return "add Sec-WebSocket-Key with 16 random octets in base64";
    case bad_websocket_key:
      return "send 16 octets in base64: 22 characters and ==";
    case missing_websocket_version:
    case bad_websocket_version:
      return "send Sec-WebSocket-Version: 13";
    case unsupported_websocket_version:
      return "send Sec-WebSocket-Version: 13; versions 0 to 12 are drafts that only old clients "
             "speak";
    case bad_websocket_protocol:
      return "write subprotocols as tokens with commas between them; leave out an empty field";
    case bad_websocket_extensions:
      return "write extensions as RFC 6455 section 9.1 does: name; parameter=value, ...";
    case extension_not_offered:
      return "choose only extensions that the request offered";
    default:
      return {};
  }
}

}  // namespace advice_detail

/// How to fix a code; empty if the rule is clear enough.
inline std::string_view advice_by_code(turnout::errc code) {
  using namespace advice_detail;
  if (const auto help = advice_on_lines(code); !help.empty()) return help;
  if (const auto help = advice_on_upgrade(code); !help.empty()) return help;
  return advice_on_websocket(code);
}
