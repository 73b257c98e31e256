// What to change so that a finding goes away.
#pragma once

#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "report.hpp"

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
    "to write both anew. nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
    "proxy_set_header Connection \"upgrade\"; Apache: ProxyPass ... upgrade=websocket";
inline constexpr std::string_view nginx_option =
    "the request looks forwarded. nginx: add proxy_set_header Connection \"upgrade\" beside the "
    "one for Upgrade";
inline constexpr std::string_view nginx_version =
    "the request looks forwarded. nginx speaks HTTP/1.0 to the server behind, unless it is told: "
    "proxy_http_version 1.1";
inline constexpr std::string_view lost_offer =
    "this has a WebSocket's fields, but not Upgrade and Connection: somebody who forwarded it took "
    "them off, or HTTP/2 was meant";
inline constexpr std::string_view unnamed_426 =
    "name in Upgrade what a 426 requires (RFC 9110 section 15.5.22), and upgrade in Connection";
inline constexpr std::string_view pasted_line =
    "a field value has no line end; if this was pasted or echoed, use --paste";
inline constexpr std::string_view not_a_request =
    "this looks like a response: ask for response instead of request";
inline constexpr std::string_view not_a_response =
    "this looks like a request: ask for request instead of response";
inline constexpr std::string_view tls_record =
    "this looks like TLS: the client speaks https where http is expected";
inline constexpr std::string_view http_2_preface =
    "this is the preface of HTTP/2, which the client speaks without asking (RFC 9113 section 3.3)";

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
             "one slash; a single malformed one voids them all";
    case empty_upgrade:
    case switch_without_upgrade:
      return "name the protocol in Upgrade";
    case upgrade_with_close:
    case switch_with_close:
      return "take close out of Connection: a connection that ends can't be switched";
    case no_common_protocol:
      return "let the intermediary pass the protocol: --allow; h2c never passes, since its "
             "HTTP2-Settings are for one hop";
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
      return "h2c needs HTTP2-Settings, listed in Connection; Docker does without, but with its "
             "own "
             "daemon alone";
    case missing_http2_settings:
      return "add HTTP2-Settings and list it in Connection; Docker sends h2c without, to its own "
             "daemon alone";
    case wrong_websocket_accept:
      return "answer with base64 of the SHA-1 of the key as it came and of the text in RFC 6455 "
             "section 1.3; a cache or another connection's answer looks like this too";
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

inline bool looks_forwarded(const inspected_request& request) {
  for (const turnout::field_line& line : request.head().fields)
    if (is_mark_of_intermediary(line.name)) return true;
  return request.head().version < turnout::http_1_1 &&
         request.facts.has(turnout::field_name::sec_websocket_key);
}

/// What helps a request whose Upgrade or Connection was lost on its way; empty for any other.
inline std::string_view advice_on_lost(turnout::errc code, std::string_view octets) {
  using enum turnout::errc;
  const inspected_request request{octets};
  if (!request.is_complete()) return {};
  const bool forwarded = looks_forwarded(request);
  if (code == upgrade_not_nominated && forwarded) return nginx_option;
  if (code == upgrade_in_http_1_0 && forwarded) return nginx_version;
  if (code == no_upgrade && request.facts.has(turnout::field_name::sec_websocket_key))
    return forwarded ? nginx_offer : lost_offer;
  return {};
}

/// What octets look like that are no request, no response or no field value; empty where they do
/// not look like anything known.
inline std::string_view advice_on_mistaken(const inspected& input, std::size_t at) {
  using kind = inspected::kind;
  if (input.what == kind::field)
    return at < input.octets.size() && (input.octets[at] == '\r' || input.octets[at] == '\n')
               ? pasted_line
               : std::string_view{};
  if (input.octets.starts_with("\x16\x03")) return tls_record;
  if (turnout::h2c::find_preface(input.octets) == turnout::h2c::preface::complete)
    return http_2_preface;
  if (input.what == kind::request && input.octets.starts_with("HTTP/")) return not_a_request;
  const std::string_view line = input.octets.substr(0, input.octets.find_first_of("\r\n"));
  if (input.what == kind::response && turnout::request_line::parse(line)) return not_a_response;
  return {};
}

}  // namespace advice_detail

/// What a code means where it was found.
inline turnout::explanation explanation_of(turnout::errc code, const inspected& input) {
  using kind = inspected::kind;
  turnout::explanation rule = turnout::explain(code);
  if (code == turnout::errc::content_not_allowed && input.what == kind::response) {
    rule.text = "a 101 ends with its head: it has no content, and no field about one";
    rule.section = "RFC 9110 section 15.2";
  }
  if (code == turnout::errc::control_octet && input.what == kind::field)
    rule.text = "a control octet stands in the value";
  if (code == turnout::errc::incomplete) rule.text = "the octets end before the head does";
  return rule;
}

/// What to change; empty where the rule says it all.
inline std::string_view advice(turnout::failure why, const inspected& input) {
  using namespace advice_detail;
  const bool in_first_line = why.at <= input.octets.find('\n');
  if (in_first_line)
    if (const auto help = advice_on_mistaken(input, why.at); !help.empty()) return help;
  if (input.what == inspected::kind::request)
    if (const auto help = advice_on_lost(why.code, input.octets); !help.empty()) return help;
  if (input.what == inspected::kind::response && why.code == turnout::errc::no_upgrade)
    return unnamed_426;
  return plain_advice(why.code);
}
