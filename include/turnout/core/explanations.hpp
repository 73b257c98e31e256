// Every code in words, in the order of the codes. Programs ask explain().
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/core/errc.hpp"
#include "turnout/core/explanation.hpp"

namespace turnout::inline v0 {

namespace detail {

/// An explanation whose texts were not measured, which takes its time when compiled.
struct explanation_row {
  errc code;
  const char* text;
  const char* section;
  fault whose;
  std::uint16_t status;
};

struct explanation_table {
  using enum errc;
  using enum fault;

  static constexpr const char* list = "RFC 9110 section 5.6.1";
  static constexpr const char* line = "RFC 9112 section 2.2";
  static constexpr const char* chunk = "RFC 9112 section 7.1";
  static constexpr const char* field = "RFC 9112 section 5.1";
  static constexpr const char* size = "RFC 9110 section 5.4";
  static constexpr const char* upgrade = "RFC 9110 section 7.8";
  static constexpr const char* connection = "RFC 9110 section 7.6.1";
  static constexpr const char* http2 = "RFC 7540 section 3.2.1";
  static constexpr const char* capsule = "RFC 9297 section 3.4";
  static constexpr const char* tls = "RFC 7301 section 3.1";
  static constexpr const char* server = "RFC 6455 section 4.2.1";
  static constexpr const char* client = "RFC 6455 section 4.1";
  static constexpr const char* deflate = "RFC 7692 section 7";
  static constexpr const char* pseudo = "RFC 9113 section 8.3";

  static constexpr explanation_row rows[static_cast<std::size_t>(success_without_switch) + 1] = {
      {none, "nothing is wrong", "", nobody, 0},

      {no_space, "the output does not fit into the space given for it", "", caller, 500},
      {out_of_turn, "the call has no meaning in the present state", "", caller, 500},
      {too_many_profiles, "a list of protocols has more than 64 members", "", caller, 500},
      {too_many_own_fields, "a list of protocols has more than 8 fields of their own", "", caller,
       500},
      {no_protocol, "there is no protocol to switch to", upgrade, caller, 500},
      {foreign_agreement, "the agreement is on a protocol that this request does not offer",
       upgrade, caller, 500},
      {incomplete_agreement, "the answer lacks the field lines that its protocol demands", upgrade,
       caller, 500},
      {reserved_field, "the field is written by the library or may not stand in this message",
       connection, caller, 500},
      {unwritable, "an octet would break the message if it were written", "RFC 9110 section 5.5",
       caller, 500},
      {bad_status_to_write, "the status code is not one of a final response that can stand here",
       "RFC 9110 section 15", caller, 500},
      {repeated_element, "an element of the list stands there twice", client, caller, 500},
      {bad_websocket_uri, "the URI is none of a WebSocket", "RFC 6455 section 3", caller, 500},
      {continue_first, "the client waits for a 100 (Continue) before it sends its content",
       "RFC 9110 section 10.1.1", caller, 500},
      {not_persistent, "the connection ends with this message", "RFC 9112 section 9.3", caller,
       500},
      {endless_content, "the content of a request can't end with the connection",
       "RFC 9112 section 6.3", caller, 500},
      {expect_without_content, "a request without content waits for nothing",
       "RFC 9110 section 10.1.1", caller, 500},
      {repeated_nonce, "the nonce was used before on this connection", client, caller, 500},
      {connect_not_enabled, "the server has not said that it takes extended CONNECT",
       "RFC 8441 section 3", caller, 500},

      {bad_token, "a token is missing or holds an octet that no token has",
       "RFC 9110 section 5.6.2", peer, 400},
      {bad_list, "a list element is not followed by a comma", list, peer, 400},
      {empty_list, "the list has no element", list, peer, 400},
      {too_many_elements, "a list has more elements than this recipient takes", size, limit, 431},
      {bad_quoted_string, "a quoted string is not closed or holds a forbidden octet",
       "RFC 9110 section 5.6.4", peer, 400},
      {bad_parameter, "a parameter is malformed", "RFC 9110 section 5.6.6", peer, 400},
      {bad_base64, "the text is not base64", "RFC 4648 section 4", peer, 400},
      {bad_authority, "the host is malformed", "RFC 3986 section 3.2.2", peer, 400},
      {bad_port, "the port is not a number up to 65535", "RFC 3986 section 3.2.3", peer, 400},
      {bad_number, "the number is malformed or too large", "RFC 9110 section 8.6", peer, 400},
      {bad_protocol, "a protocol is not a token, or two with one slash between them", upgrade, peer,
       400},
      {bad_percent_encoding, "a percent sign is not followed by two hexadecimal digits",
       "RFC 3986 section 2.1", peer, 400},
      {bad_structured_item, "the text is no item of a structured field", "RFC 9651 section 4.2.3",
       peer, 400},

      {control_octet, "a control octet stands in the head", "RFC 9110 section 5.5", peer, 400},
      {bare_cr, "a CR is not followed by LF", line, peer, 400},
      {bare_lf, "a LF does not follow a CR", line, peer, 400},
      {bad_request_line,
       "the request line is not a method, a target and a version with one space "
       "between them",
       "RFC 9112 section 3", peer, 400},
      {bad_method, "the method is not a token followed by a space", "RFC 9110 section 9.1", peer,
       400},
      {bad_target, "the request target is malformed or of a form that the method does not have",
       "RFC 9112 section 3.2", peer, 400},
      {bad_http_version, "the version is not HTTP/ and two digits with a dot between them",
       "RFC 9112 section 2.3", peer, 400},
      {unsupported_http_version, "the major version of HTTP is not 1", "RFC 9110 section 15.6.6",
       peer, 505},
      {bad_status_line, "the status line is not a version, three digits and a reason phrase",
       "RFC 9112 section 4", peer, 502},
      {bad_reason_phrase, "the reason phrase holds a control octet", "RFC 9112 section 4", peer,
       502},
      {leading_whitespace, "whitespace stands between the start line and the first field", line,
       peer, 400},
      {folded_field_line, "a field line is folded", "RFC 9112 section 5.2", peer, 400},
      {missing_colon, "a field line has no colon", "RFC 9112 section 5", peer, 400},
      {bad_field_name, "a field name is not a token", "RFC 9110 section 5.1", peer, 400},
      {space_before_colon, "whitespace stands between a field name and its colon", field, peer,
       400},
      {incomplete, "the connection ended before the message did", "RFC 9112 section 8", peer, 400},

      {bad_chunk_size, "a chunk size is no hexadecimal number that fits into 64 bits", chunk, peer,
       400},
      {bad_chunk_extension, "the extensions of a chunk are malformed", "RFC 9112 section 7.1.1",
       peer, 400},
      {bad_chunk_end, "a chunk is not followed by CRLF", chunk, peer, 400},

      {too_many_empty_lines, "there are too many empty lines before the request", line, limit, 400},
      {start_line_too_long, "the start line is longer than this recipient takes",
       "RFC 9112 section 3", limit, 414},
      {field_line_too_long, "a field line is longer than this recipient takes", size, limit, 431},
      {too_many_field_lines, "there are more field lines than this recipient takes", size, limit,
       431},
      {too_many_kept_lines, "a list field is spread over more lines than this recipient takes",
       size, limit, 431},
      {head_too_large, "the head is larger than this recipient takes", size, limit, 431},
      {too_many_interim_responses, "there are too many interim responses", "RFC 9110 section 15.2",
       limit, 502},
      {chunk_line_too_long, "the line before a chunk is longer than this recipient takes", chunk,
       limit, 400},
      {too_many_chunk_extensions, "the chunks have more extensions than this recipient takes",
       "RFC 9112 section 7.1.1", limit, 400},

      {missing_host, "an HTTP/1.1 request has no Host", "RFC 9112 section 3.2", peer, 400},
      {repeated_host, "there is more than one Host line", "RFC 9112 section 3.2", peer, 400},
      {bad_host, "Host is not a host, or a host and a port", "RFC 9110 section 7.2", peer, 400},
      {empty_host, "Host names no host, and the protocol needs one", "RFC 9110 section 4.2.1", peer,
       400},
      {bad_content_length, "Content-Length is not a decimal number that fits into 64 bits",
       "RFC 9110 section 8.6", peer, 400},
      {repeated_content_length, "there is more than one Content-Length", "RFC 9112 section 6.3",
       peer, 400},
      {length_and_transfer_encoding, "Content-Length stands beside Transfer-Encoding",
       "RFC 9112 section 6.1", peer, 400},
      {bad_transfer_encoding, "Transfer-Encoding is malformed, or chunked is not bare and alone",
       "RFC 9112 section 6.1", peer, 400},
      {chunked_not_final, "the last transfer coding of a request is not chunked",
       "RFC 9112 section 6.3", peer, 400},
      {unknown_transfer_coding, "a transfer coding is not known", "RFC 9112 section 6.1", peer,
       501},
      {transfer_encoding_in_http_1_0, "an HTTP/1.0 message has Transfer-Encoding",
       "RFC 9112 section 6.1", peer, 400},
      {expectation_failed, "Expect asks for something else than 100-continue",
       "RFC 9110 section 10.1.1", peer, 417},
      {bad_max_forwards, "Max-Forwards is not one number", "RFC 9110 section 7.6.2", peer, 400},

      {no_upgrade, "there is no Upgrade", upgrade, peer, 0},
      {upgrade_in_http_1_0, "Upgrade in an HTTP/1.0 request is ignored", upgrade, peer, 0},
      {upgrade_not_nominated, "Connection does not list the option upgrade", connection, peer, 0},
      {bad_connection, "Connection is malformed", connection, peer, 0},
      {bad_upgrade, "Upgrade is malformed", upgrade, peer, 0},
      {empty_upgrade, "Upgrade lists no protocol", upgrade, peer, 0},
      {upgrade_on_connect, "CONNECT and Upgrade do not combine", "RFC 9110 section 9.3.6", peer, 0},
      {no_common_protocol, "none of the offered protocols is spoken here", upgrade, peer, 0},
      {field_not_nominated, "Connection does not list a field that the protocol demands there",
       connection, peer, 0},
      {missing_http2_settings, "HTTP2-Settings is missing", http2, peer, 0},
      {repeated_http2_settings, "there is more than one HTTP2-Settings line", http2, peer, 0},
      {bad_http2_settings, "HTTP2-Settings is not the base64url of whole settings", http2, peer, 0},
      {forbidden_http2_setting, "HTTP2-Settings has a setting whose value is not allowed",
       "RFC 7540 section 6.5.2", peer, 0},

      {repeated_capsule_protocol, "there is more than one Capsule-Protocol line", capsule, peer, 0},
      {bad_capsule_protocol, "Capsule-Protocol is not a boolean", capsule, peer, 0},

      {unknown_method, "no protocol can be asked for with a method that is not known here",
       "RFC 9110 section 9.1", peer, 501},
      {method_not_allowed, "the protocol can't be asked for with this method", upgrade, peer, 405},
      {content_not_allowed, "the protocol can't be asked for with a request that has content",
       "RFC 9110 section 9.3.1", peer, 400},
      {missing_own_field, "the request lacks a field that the protocol needs", upgrade, peer, 400},

      {switch_in_http_1_0, "a 101 comes in an HTTP/1.0 status line", "RFC 9110 section 15.2", peer,
       502},
      {switch_without_upgrade, "a 101 names no protocol in Upgrade", "RFC 9110 section 15.2.2",
       peer, 502},
      {switch_not_nominated, "Connection of a 101 does not list the option upgrade", connection,
       peer, 502},
      {protocol_not_offered, "a 101 names a protocol that was not offered", upgrade, peer, 502},
      {ambiguous_switch, "a 101 names more than one protocol", upgrade, peer, 502},
      {switch_without_own_field, "the 101 lacks a field that the protocol needs", upgrade, peer,
       502},
      {unsolicited_switch, "a 101 answers a request that offers no protocol",
       "RFC 9110 section 15.2.2", peer, 502},
      {unsolicited_response, "octets came before a request that they could answer",
       "RFC 9112 section 9.2", peer, 502},

      {bad_alpn, "ALPN is not a list of protocol names in their one spelling",
       "RFC 7639 section 2.2", peer, 400},
      {bad_protocol_names, "the list of protocol names is malformed", tls, peer, 400},
      {no_application_protocol, "none of the protocol names in the list is spoken here",
       "RFC 7301 section 3.2", peer, 400},
      {several_protocol_names, "the answer to a list of protocol names has more than one", tls,
       peer, 502},
      {protocol_name_not_offered, "the answer has a protocol name that was not offered", tls, peer,
       502},

      {missing_stream_protocol, "X-Stream-Protocol-Version is missing or empty", "Kubernetes", peer,
       400},
      {no_common_stream_protocol, "none of the stream protocols is spoken here", "Kubernetes", peer,
       403},
      {stream_protocol_not_offered, "a 101 names a stream protocol that was not asked for",
       "Kubernetes", peer, 502},

      {missing_websocket_key, "Sec-WebSocket-Key is missing", server, peer, 400},
      {repeated_websocket_key, "there is more than one Sec-WebSocket-Key line",
       "RFC 6455 section 11.3.1", peer, 400},
      {bad_websocket_key, "Sec-WebSocket-Key is not the base64 of 16 octets", server, peer, 400},
      {missing_websocket_version, "Sec-WebSocket-Version is missing", server, peer, 400},
      {repeated_websocket_version, "there is more than one Sec-WebSocket-Version line",
       "RFC 6455 section 11.3.5", peer, 400},
      {bad_websocket_version, "Sec-WebSocket-Version is not a number up to 255",
       "RFC 6455 section 4.3", peer, 400},
      {unsupported_websocket_version, "the version of the WebSocket protocol is not 13",
       "RFC 6455 section 4.4", peer, 426},
      {bad_websocket_protocol, "Sec-WebSocket-Protocol is not a list of tokens",
       "RFC 6455 section 4.3", peer, 400},
      {repeated_subprotocol, "a subprotocol is offered twice", client, peer, 400},
      {bad_websocket_extensions, "Sec-WebSocket-Extensions is malformed", "RFC 6455 section 9.1",
       peer, 400},
      {repeated_origin, "there is more than one Origin line", "RFC 6454 section 7.3", peer, 400},
      {missing_websocket_accept, "Sec-WebSocket-Accept is missing", client, peer, 502},
      {repeated_websocket_accept, "there is more than one Sec-WebSocket-Accept line",
       "RFC 6455 section 11.3.3", peer, 502},
      {wrong_websocket_accept, "Sec-WebSocket-Accept does not follow from the key", client, peer,
       502},
      {repeated_websocket_protocol, "a 101 has more than one subprotocol",
       "RFC 6455 section 11.3.4", peer, 502},
      {missing_subprotocol, "a 101 chooses none of the subprotocols, of which the client needs one",
       client, peer, 502},
      {subprotocol_not_offered, "a subprotocol was not offered", client, peer, 502},
      {extension_not_offered, "an extension was not offered", client, peer, 502},

      {unknown_extension_parameter, "the extension has no such parameter", deflate, peer, 502},
      {repeated_extension_parameter, "a parameter of the extension stands there twice", deflate,
       peer, 502},
      {bad_extension_parameter, "a parameter of the extension has a value that it can't have",
       deflate, peer, 502},
      {missing_extension_parameter, "a parameter that was offered is not answered", deflate, peer,
       502},
      {window_not_offered, "a window is larger than offered, or limited without an offer",
       "RFC 7692 section 7.1.2", peer, 502},
      {unsupported_window, "a window is smaller than can be used here, or can't be limited",
       "RFC 7692 section 7.1.2", peer, 502},
      {conflicting_extensions, "two extensions use the bit RSV1", "RFC 7692 section 6", peer, 502},

      {bad_enable_connect, "the setting is neither 0 nor 1, or is 0 after 1", "RFC 8441 section 3",
       peer, 502},
      {unknown_pseudo_header, "a pseudo-header field is not known", pseudo, peer, 400},
      {repeated_pseudo_header, "a pseudo-header field stands there twice", pseudo, peer, 400},
      {misplaced_pseudo_header, "a pseudo-header field follows another field", pseudo, peer, 400},
      {missing_pseudo_header, "a pseudo-header field is missing", pseudo, peer, 400},
      {forbidden_pseudo_header, "a pseudo-header field does not go with :method",
       "RFC 8441 section 4", peer, 400},
      {whitespace_around_value, "a field value begins or ends with whitespace",
       "RFC 9113 section 8.2.1", peer, 400},
      {connection_specific_field, "a field is for one connection of HTTP/1.1 alone",
       "RFC 9113 section 8.2.2", peer, 400},
      {bad_scheme, "the scheme is malformed or does not fit", pseudo, peer, 400},
      {bad_status, "the status code is not three digits from 100 to 599", pseudo, peer, 502},
      {host_differs, "Host is another one than :authority", pseudo, peer, 400},
      {end_to_end_nominated, "Connection lists a field that is meant for all recipients",
       connection, peer, 400},
      {unknown_connect_protocol, "the protocol of an extended CONNECT is not spoken here",
       "RFC 9220 section 3", peer, 501},
      {switch_in_http_2, "a 101 comes in HTTP/2 or HTTP/3", "RFC 9113 section 8.6", peer, 502},
      {status_without_capsules, "no capsules can follow the status code", "RFC 9297 section 3.2",
       peer, 502},
      {success_without_switch, "a 2xx comes where a 101 would be a success", upgrade, peer, 502},
  };
};

}  // namespace detail

}  // namespace turnout::inline v0
