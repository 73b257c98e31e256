// Every code in words, in the order of the codes. Programs ask explain().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/errc.hpp"
#include "turnout/core/explanation.hpp"

namespace turnout::inline v0 {

namespace detail {

inline constexpr auto explanations = [] {
  using namespace std::string_view_literals;  // they need not be measured when compiled
  using enum errc;
  using enum fault;
  constexpr std::string_view list = "RFC 9110 section 5.6.1"sv;
  constexpr std::string_view line = "RFC 9112 section 2.2"sv;
  constexpr std::string_view chunk = "RFC 9112 section 7.1"sv;
  constexpr std::string_view field = "RFC 9112 section 5.1"sv;
  constexpr std::string_view size = "RFC 9110 section 5.4"sv;
  constexpr std::string_view upgrade = "RFC 9110 section 7.8"sv;
  constexpr std::string_view connection = "RFC 9110 section 7.6.1"sv;
  constexpr std::string_view http2 = "RFC 7540 section 3.2.1"sv;
  constexpr std::string_view capsule = "RFC 9297 section 3.4"sv;
  constexpr std::string_view tls = "RFC 7301 section 3.1"sv;
  constexpr std::string_view server = "RFC 6455 section 4.2.1"sv;
  constexpr std::string_view client = "RFC 6455 section 4.1"sv;
  constexpr std::string_view deflate = "RFC 7692 section 7"sv;
  return std::to_array<explanation>({
      {none, "nothing is wrong"sv, ""sv, nobody, 0},

      {no_space, "the output does not fit into the space given for it"sv, ""sv, caller, 500},
      {out_of_turn, "the call has no meaning in the present state"sv, ""sv, caller, 500},
      {too_many_profiles, "a list of protocols has more than 64 members"sv, ""sv, caller, 500},
      {no_protocol, "there is no protocol to switch to"sv, upgrade, caller, 500},
      {foreign_agreement, "the agreement is on a protocol that this request does not offer"sv,
       upgrade, caller, 500},
      {incomplete_agreement, "the answer lacks the field lines that its protocol demands"sv,
       upgrade, caller, 500},
      {reserved_field, "the field is written by the library or may not stand in this message"sv,
       connection, caller, 500},
      {unwritable, "an octet would break the message if it were written"sv,
       "RFC 9110 section 5.5"sv, caller, 500},
      {bad_status_to_write, "the status code is not one of a final response that can stand here"sv,
       "RFC 9110 section 15"sv, caller, 500},
      {repeated_element, "an element of the list stands there twice"sv, client, caller, 500},
      {bad_websocket_uri, "the URI is none of a WebSocket"sv, "RFC 6455 section 3"sv, caller, 500},
      {continue_first, "the client waits for a 100 (Continue) before it sends its content"sv,
       "RFC 9110 section 10.1.1"sv, caller, 500},
      {not_persistent, "the connection ends with this message"sv, "RFC 9112 section 9.3"sv, caller,
       500},
      {endless_content, "the content of a request can't end with the connection"sv,
       "RFC 9112 section 6.3"sv, caller, 500},
      {expect_without_content, "a request without content waits for nothing"sv,
       "RFC 9110 section 10.1.1"sv, caller, 500},
      {repeated_nonce, "the nonce was used before on this connection"sv, client, caller, 500},

      {bad_token, "a token is missing or holds an octet that no token has"sv,
       "RFC 9110 section 5.6.2"sv, peer, 400},
      {bad_list, "a list element is not followed by a comma"sv, list, peer, 400},
      {empty_list, "the list has no element"sv, list, peer, 400},
      {too_many_elements, "a list has more elements than this recipient takes"sv, size, limit, 431},
      {bad_quoted_string, "a quoted string is not closed or holds a forbidden octet"sv,
       "RFC 9110 section 5.6.4"sv, peer, 400},
      {bad_parameter, "a parameter is malformed"sv, "RFC 9110 section 5.6.6"sv, peer, 400},
      {bad_base64, "the text is not base64"sv, "RFC 4648 section 4"sv, peer, 400},
      {bad_authority, "the host is malformed"sv, "RFC 3986 section 3.2.2"sv, peer, 400},
      {bad_port, "the port is not a number up to 65535"sv, "RFC 3986 section 3.2.3"sv, peer, 400},
      {bad_number, "the number is malformed or too large"sv, "RFC 9110 section 8.6"sv, peer, 400},
      {bad_protocol, "a protocol is not a token, or two with one slash between them"sv, upgrade,
       peer, 400},
      {bad_percent_encoding, "a percent sign is not followed by two hexadecimal digits"sv,
       "RFC 3986 section 2.1"sv, peer, 400},
      {bad_structured_item, "the text is no item of a structured field"sv,
       "RFC 9651 section 4.2.3"sv, peer, 400},

      {control_octet, "a control octet stands in the head"sv, "RFC 9110 section 5.5"sv, peer, 400},
      {bare_cr, "a CR is not followed by LF"sv, line, peer, 400},
      {bare_lf, "a LF does not follow a CR"sv, line, peer, 400},
      {bad_request_line,
       "the request line is not a method, a target and a version with one space "
       "between them"sv,
       "RFC 9112 section 3"sv, peer, 400},
      {bad_method, "the method is not a token followed by a space"sv, "RFC 9110 section 9.1"sv,
       peer, 400},
      {bad_target, "the request target is malformed or of a form that the method does not have"sv,
       "RFC 9112 section 3.2"sv, peer, 400},
      {bad_http_version, "the version is not HTTP/ and two digits with a dot between them"sv,
       "RFC 9112 section 2.3"sv, peer, 400},
      {unsupported_http_version, "the major version of HTTP is not 1"sv,
       "RFC 9110 section 15.6.6"sv, peer, 505},
      {bad_status_line, "the status line is not a version, three digits and a reason phrase"sv,
       "RFC 9112 section 4"sv, peer, 502},
      {bad_reason_phrase, "the reason phrase holds a control octet"sv, "RFC 9112 section 4"sv, peer,
       502},
      {leading_whitespace, "whitespace stands between the start line and the first field"sv, line,
       peer, 400},
      {folded_field_line, "a field line is folded"sv, "RFC 9112 section 5.2"sv, peer, 400},
      {missing_colon, "a field line has no colon"sv, "RFC 9112 section 5"sv, peer, 400},
      {bad_field_name, "a field name is not a token"sv, "RFC 9110 section 5.1"sv, peer, 400},
      {space_before_colon, "whitespace stands between a field name and its colon"sv, field, peer,
       400},
      {incomplete, "the connection ended before the message did"sv, "RFC 9112 section 8"sv, peer,
       400},

      {bad_chunk_size, "a chunk size is no hexadecimal number that fits into 64 bits"sv, chunk,
       peer, 400},
      {bad_chunk_extension, "the extensions of a chunk are malformed"sv, "RFC 9112 section 7.1.1"sv,
       peer, 400},
      {bad_chunk_end, "a chunk is not followed by CRLF"sv, chunk, peer, 400},

      {too_many_empty_lines, "there are too many empty lines before the request"sv, line, limit,
       400},
      {start_line_too_long, "the start line is longer than this recipient takes"sv,
       "RFC 9112 section 3"sv, limit, 414},
      {field_line_too_long, "a field line is longer than this recipient takes"sv, size, limit, 431},
      {too_many_field_lines, "there are more field lines than this recipient takes"sv, size, limit,
       431},
      {too_many_kept_lines, "a list field is spread over more lines than this recipient takes"sv,
       size, limit, 431},
      {head_too_large, "the head is larger than this recipient takes"sv, size, limit, 431},
      {too_many_interim_responses, "there are too many interim responses"sv,
       "RFC 9110 section 15.2"sv, limit, 502},
      {chunk_line_too_long, "the line before a chunk is longer than this recipient takes"sv, chunk,
       limit, 400},
      {too_many_chunk_extensions, "the chunks have more extensions than this recipient takes"sv,
       "RFC 9112 section 7.1.1"sv, limit, 400},

      {missing_host, "an HTTP/1.1 request has no Host"sv, "RFC 9112 section 3.2"sv, peer, 400},
      {repeated_host, "there is more than one Host line"sv, "RFC 9112 section 3.2"sv, peer, 400},
      {bad_host, "Host is not a host, or a host and a port"sv, "RFC 9110 section 7.2"sv, peer, 400},
      {empty_host, "Host is empty in a request to switch protocols"sv, "RFC 9112 section 3.3"sv,
       peer, 400},
      {bad_content_length, "Content-Length is not a decimal number that fits into 64 bits"sv,
       "RFC 9110 section 8.6"sv, peer, 400},
      {repeated_content_length, "there is more than one Content-Length"sv, "RFC 9112 section 6.3"sv,
       peer, 400},
      {length_and_transfer_encoding, "Content-Length stands beside Transfer-Encoding"sv,
       "RFC 9112 section 6.1"sv, peer, 400},
      {bad_transfer_encoding, "Transfer-Encoding is malformed, or chunked is not bare and alone"sv,
       "RFC 9112 section 6.1"sv, peer, 400},
      {chunked_not_final, "the last transfer coding of a request is not chunked"sv,
       "RFC 9112 section 6.3"sv, peer, 400},
      {unknown_transfer_coding, "a transfer coding is not known"sv, "RFC 9112 section 6.1"sv, peer,
       501},
      {transfer_encoding_in_http_1_0, "an HTTP/1.0 message has Transfer-Encoding"sv,
       "RFC 9112 section 6.1"sv, peer, 400},
      {expectation_failed, "Expect asks for something else than 100-continue"sv,
       "RFC 9110 section 10.1.1"sv, peer, 417},

      {no_upgrade, "there is no Upgrade"sv, upgrade, peer, 0},
      {upgrade_in_http_1_0, "Upgrade in an HTTP/1.0 request is ignored"sv, upgrade, peer, 0},
      {upgrade_not_nominated, "Connection does not list the option upgrade"sv, connection, peer, 0},
      {bad_connection, "Connection is malformed"sv, connection, peer, 0},
      {bad_upgrade, "Upgrade is malformed"sv, upgrade, peer, 0},
      {empty_upgrade, "Upgrade lists no protocol"sv, upgrade, peer, 0},
      {upgrade_with_close, "Connection lists close beside upgrade"sv, "RFC 9112 section 9.6"sv,
       peer, 0},
      {upgrade_on_connect, "CONNECT and Upgrade do not combine"sv, "RFC 9110 section 9.3.6"sv, peer,
       0},
      {no_common_protocol, "none of the offered protocols is spoken here"sv, upgrade, peer, 0},
      {field_not_nominated, "Connection does not list a field that the protocol demands there"sv,
       connection, peer, 0},
      {missing_http2_settings, "HTTP2-Settings is missing"sv, http2, peer, 0},
      {repeated_http2_settings, "there is more than one HTTP2-Settings line"sv, http2, peer, 0},
      {bad_http2_settings, "HTTP2-Settings is not the base64url of whole settings"sv, http2, peer,
       0},
      {forbidden_http2_setting, "HTTP2-Settings has a setting whose value is not allowed"sv,
       "RFC 7540 section 6.5.2"sv, peer, 0},

      {repeated_capsule_protocol, "there is more than one Capsule-Protocol line"sv, capsule, peer,
       0},
      {bad_capsule_protocol, "Capsule-Protocol is not a boolean"sv, capsule, peer, 0},

      {unknown_method, "no protocol can be asked for with a method that is not known here"sv,
       "RFC 9110 section 9.1"sv, peer, 501},
      {method_not_allowed, "the protocol can't be asked for with this method"sv, upgrade, peer,
       405},
      {content_not_allowed, "the protocol can't be asked for with a request that has content"sv,
       "RFC 9110 section 9.3.1"sv, peer, 400},

      {switch_in_http_1_0, "a 101 comes in an HTTP/1.0 status line"sv, "RFC 9110 section 15.2"sv,
       peer, 502},
      {switch_without_upgrade, "a 101 names no protocol in Upgrade"sv, "RFC 9110 section 15.2.2"sv,
       peer, 502},
      {switch_not_nominated, "Connection of a 101 does not list the option upgrade"sv, connection,
       peer, 502},
      {switch_with_close, "Connection of a 101 lists close"sv, "RFC 9112 section 9.6"sv, peer, 502},
      {protocol_not_offered, "a 101 names a protocol that was not offered"sv, upgrade, peer, 502},
      {ambiguous_switch, "a 101 names more than one protocol"sv, upgrade, peer, 502},
      {unsolicited_switch, "a 101 answers a request that offers no protocol"sv,
       "RFC 9110 section 15.2.2"sv, peer, 502},
      {unsolicited_response, "octets came before a request that they could answer"sv,
       "RFC 9112 section 9.2"sv, peer, 502},

      {bad_alpn, "ALPN is not a list of protocol names in their one spelling"sv,
       "RFC 7639 section 2.2"sv, peer, 400},
      {bad_protocol_names, "the list of protocol names is malformed"sv, tls, peer, 400},
      {no_application_protocol, "none of the protocol names in the list is spoken here"sv,
       "RFC 7301 section 3.2"sv, peer, 400},
      {several_protocol_names, "the answer to a list of protocol names has more than one"sv, tls,
       peer, 502},
      {protocol_name_not_offered, "the answer has a protocol name that was not offered"sv, tls,
       peer, 502},

      {missing_stream_protocol, "X-Stream-Protocol-Version is missing or empty"sv, "Kubernetes"sv,
       peer, 400},
      {no_common_stream_protocol, "none of the stream protocols is spoken here"sv, "Kubernetes"sv,
       peer, 403},
      {stream_protocol_not_offered, "a 101 names a stream protocol that was not asked for"sv,
       "Kubernetes"sv, peer, 502},

      {missing_websocket_key, "Sec-WebSocket-Key is missing"sv, server, peer, 400},
      {repeated_websocket_key, "there is more than one Sec-WebSocket-Key line"sv,
       "RFC 6455 section 11.3.1"sv, peer, 400},
      {bad_websocket_key, "Sec-WebSocket-Key is not the base64 of 16 octets"sv, server, peer, 400},
      {missing_websocket_version, "Sec-WebSocket-Version is missing"sv, server, peer, 400},
      {repeated_websocket_version, "there is more than one Sec-WebSocket-Version line"sv,
       "RFC 6455 section 11.3.5"sv, peer, 400},
      {bad_websocket_version, "Sec-WebSocket-Version is not a number up to 255"sv,
       "RFC 6455 section 4.3"sv, peer, 400},
      {unsupported_websocket_version, "the version of the WebSocket protocol is not 13"sv,
       "RFC 6455 section 4.4"sv, peer, 426},
      {bad_websocket_protocol, "Sec-WebSocket-Protocol is not a list of tokens"sv,
       "RFC 6455 section 4.3"sv, peer, 400},
      {repeated_subprotocol, "a subprotocol is offered twice"sv, client, peer, 400},
      {bad_websocket_extensions, "Sec-WebSocket-Extensions is malformed"sv,
       "RFC 6455 section 9.1"sv, peer, 400},
      {repeated_origin, "there is more than one Origin line"sv, "RFC 6454 section 7.3"sv, peer,
       400},
      {missing_websocket_accept, "Sec-WebSocket-Accept is missing"sv, client, peer, 502},
      {repeated_websocket_accept, "there is more than one Sec-WebSocket-Accept line"sv,
       "RFC 6455 section 11.3.3"sv, peer, 502},
      {wrong_websocket_accept, "Sec-WebSocket-Accept does not follow from the key"sv, client, peer,
       502},
      {repeated_websocket_protocol, "a 101 has more than one subprotocol"sv,
       "RFC 6455 section 11.3.4"sv, peer, 502},
      {missing_subprotocol,
       "a 101 chooses none of the subprotocols, of which the client needs one"sv, client, peer,
       502},
      {subprotocol_not_offered, "a subprotocol was not offered"sv, client, peer, 502},
      {extension_not_offered, "an extension was not offered"sv, client, peer, 502},

      {unknown_extension_parameter, "the extension has no such parameter"sv, deflate, peer, 502},
      {repeated_extension_parameter, "a parameter of the extension stands there twice"sv, deflate,
       peer, 502},
      {bad_extension_parameter, "a parameter of the extension has a value that it can't have"sv,
       deflate, peer, 502},
      {missing_extension_parameter, "a parameter that was offered is not answered"sv, deflate, peer,
       502},
      {window_not_offered, "a window is larger than offered, or limited without an offer"sv,
       "RFC 7692 section 7.1.2"sv, peer, 502},
      {unsupported_window, "a window is smaller than can be used here, or can't be limited"sv,
       "RFC 7692 section 7.1.2"sv, peer, 502},
      {conflicting_extensions, "two extensions use the bit RSV1"sv, "RFC 7692 section 6"sv, peer,
       502},
  });
}();

}  // namespace detail

}  // namespace turnout::inline v0
