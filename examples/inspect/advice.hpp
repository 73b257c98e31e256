// What to change so that a finding goes away.
#pragma once

#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"

namespace advice_detail {

/// Fields that intermediaries add: nginx, Apache and their like stand between client and server.
inline bool is_mark_of_intermediary(std::string_view name) {
  constexpr std::string_view marks[] = {"Via",       "Forwarded",        "X-Forwarded-For",
                                        "X-Real-IP", "X-Forwarded-Host", "X-Forwarded-Proto",
                                        "CF-Ray",    "X-Amzn-Trace-Id"};
  for (const std::string_view mark : marks)
    if (turnout::equal_ignoring_case(name, mark)) return true;
  return false;
}

inline constexpr std::string_view nginx_offer =
    "the request looks forwarded, and Connection and Upgrade are for one hop: whoever forwards has "
    "to "
    "write both anew. nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
    "proxy_set_header Connection \"upgrade\"; Apache: ProxyPass ... upgrade=websocket";
inline constexpr std::string_view nginx_option =
    "the request looks forwarded. nginx: add proxy_set_header Connection \"upgrade\" beside the "
    "one "
    "for Upgrade";
inline constexpr std::string_view nginx_version =
    "the request looks forwarded. nginx speaks HTTP/1.0 to the server behind, unless it is told: "
    "proxy_http_version 1.1";

/// What helps against a code, whatever the message.
inline std::string_view plain_advice(turnout::errc code) {
  using enum turnout::errc;
  switch (code) {
    case upgrade_not_nominated:
    case switch_not_nominated:
      return "add the option upgrade to Connection, beside what is there";
    case upgrade_in_http_1_0:
    case switch_in_http_1_0:
      return "send it as HTTP/1.1";
    case bad_connection:
      return "write Connection as tokens with commas between them";
    case bad_upgrade:
      return "write Upgrade as names with commas between them, each perhaps with a version behind "
             "one "
             "slash; a single malformed one voids them all";
    case empty_upgrade:
    case switch_without_upgrade:
      return "name the protocol in Upgrade";
    case upgrade_with_close:
    case switch_with_close:
      return "take close out of Connection: a connection that ends can't be switched";
    case no_common_protocol:
      return "let the intermediary pass the protocol: --allow";
    case bare_lf:
      return "end lines in CRLF; if this was pasted, use --paste";
    case bare_cr:
      return "end lines in CRLF, and take other CRs out";
    case space_before_colon:
      return "take the whitespace before the colon off";
    case folded_field_line:
    case leading_whitespace:
      return "write the field on one line";
    case missing_colon:
      return "put a colon behind the field name; an empty line ends the head";
    case missing_host:
    case empty_host:
      return "add Host with the name, and the port if it is not the default one";
    case repeated_host:
      return "send Host once";
    case length_and_transfer_encoding:
      return "send Content-Length or Transfer-Encoding, not both: who reads the other one sees "
             "another message";
    case repeated_content_length:
      return "send Content-Length once";
    case content_not_allowed:
      return "send no content with it";
    case method_not_allowed:
      return "ask with a method that the protocol allows: GET for WebSocket";
    case missing_websocket_key:
      return "add Sec-WebSocket-Key with 16 random octets in base64";
    case bad_websocket_key:
      return "send 16 octets in base64: 22 characters and ==";
    case missing_websocket_version:
    case bad_websocket_version:
    case unsupported_websocket_version:
      return "send Sec-WebSocket-Version: 13";
    case bad_websocket_protocol:
      return "write subprotocols as tokens; those of Kubernetes, which have a slash, are not";
    case field_not_nominated:
      return "add the field to Connection: HTTP2-Settings has to be listed for h2c";
    case missing_http2_settings:
      return "add HTTP2-Settings and list it in Connection; Docker sends h2c without, to its own "
             "daemon alone";
    case wrong_websocket_accept:
      return "answer with base64 of the SHA-1 of the key as it came and of the text in RFC 6455 "
             "section "
             "1.3; a cache or another connection's answer looks like this too";
    case unsolicited_switch:
      return "answer 101 only where the request is HTTP/1.1, has Upgrade, and lists it in "
             "Connection";
    case protocol_not_offered:
      return "name in the 101 one protocol that the request offered, spelled the same";
    case ambiguous_switch:
      return "name the one protocol that is spoken now";
    case end_to_end_nominated:
      return "take the name out of Connection: a recipient that obeys drops the field";
    case incomplete:
      return "end the head with an empty line; if this was pasted, use --paste";
    default:
      return {};
  }
}

inline bool looks_forwarded(std::string_view octets) {
  const inspected_request request{octets};
  if (!request.is_complete()) return false;
  for (const turnout::field_line& line : request.head().fields)
    if (is_mark_of_intermediary(line.name)) return true;
  return request.head().version < turnout::http_1_1 &&
         request.facts.has(turnout::field_name::sec_websocket_key);
}

inline bool looks_like_websocket(std::string_view octets) {
  const inspected_request request{octets};
  return request.is_complete() && request.facts.has(turnout::field_name::sec_websocket_key);
}

}  // namespace advice_detail

/// What to change; empty where the rule says it all.
///
/// Takes     octets: what was inspected
inline std::string_view advice(turnout::errc code, std::string_view octets) {
  using namespace advice_detail;
  using enum turnout::errc;
  const bool forwarded = looks_forwarded(octets);
  if (code == upgrade_not_nominated && forwarded) return nginx_option;
  if (code == upgrade_in_http_1_0 && forwarded) return nginx_version;
  if (code == no_upgrade && looks_like_websocket(octets))
    return forwarded
               ? nginx_offer
               : "this has a WebSocket's fields, but not Upgrade and Connection: somebody who "
                 "forwarded it took them off, or HTTP/2 was meant";
  return plain_advice(code);
}
