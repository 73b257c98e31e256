// Every code in words, in the order of the codes. Programs call explain(). What follows from a code
// is in core/consequence.hpp.
#pragma once

#include <cstddef>

#include "turnout/core/errc.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// An explanation with C strings: measuring them all at compile time would be slow.
struct explanation_row {
  errc code;
  const char* text;
  const char* section;
};

struct explanation_table {
  using enum errc;

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

  static constexpr explanation_row rows[static_cast<std::size_t>(capsule_too_long) + 1] = {
      {none, "nothing is wrong", ""},

      {no_space, "the output does not fit into the buffer: use a larger one", ""},
      {out_of_turn, "this call is not allowed in the current state", ""},
      {too_many_profiles, "the list has more than 64 protocols", ""},
      {too_many_own_fields, "the profiles name more than 8 fields of their own", ""},
      {no_protocol, "there is no protocol to switch to: name at least one", upgrade},
      {foreign_agreement, "the agreement names a protocol that this request does not offer",
       upgrade},
      {incomplete_agreement,
       "the 101 of this protocol needs more fields: use the protocol's own agree()", upgrade},
      {reserved_field, "this field is written by the library, or is not allowed in this message",
       connection},
      {unwritable, "this value can't be written without breaking the message",
       "RFC 9110 section 5.5"},
      {bad_status_to_write, "this status code is not allowed here: use 300 to 599",
       "RFC 9110 section 15"},
      {repeated_element, "the list repeats an element: name each only once", client},
      {bad_websocket_uri, "the URI is not a ws: or wss: URI, or has a fragment",
       "RFC 6455 section 3"},
      {continue_first,
       "the client waits for a 100 (Continue) before it sends its content: write that first",
       "RFC 9110 section 10.1.1"},
      {not_persistent, "the connection closes after this message: open a new one",
       "RFC 9112 section 9.3"},
      {endless_content,
       "the content of a request needs a length or chunks: it can't end with the connection",
       "RFC 9112 section 6.3"},
      {expect_without_content, "only a request with content can expect 100-continue",
       "RFC 9110 section 10.1.1"},
      {repeated_nonce,
       "the nonce was used before on this connection: each handshake needs a new one", client},
      {connect_not_enabled, "the server has not enabled extended CONNECT in its settings",
       "RFC 8441 section 3"},

      {bad_token, "a token is missing, or has an octet that is not allowed in tokens",
       "RFC 9110 section 5.6.2"},
      {bad_list, "a list element is not followed by a comma", list},
      {empty_list, "the list is empty", list},
      {too_many_elements, "the list has more elements than the limit allows", size},
      {bad_quoted_string, "a quoted string is not closed, or has an octet that is not allowed",
       "RFC 9110 section 5.6.4"},
      {bad_parameter, "a parameter is malformed", "RFC 9110 section 5.6.6"},
      {bad_base64, "the text is not base64", "RFC 4648 section 4"},
      {bad_authority, "the host is malformed", "RFC 3986 section 3.2.2"},
      {bad_port, "the port is not a number up to 65535", "RFC 3986 section 3.2.3"},
      {bad_number, "the number is malformed or too large", "RFC 9110 section 8.6"},
      {bad_protocol, "a protocol is a token, or two tokens with one slash between them", upgrade},
      {bad_percent_encoding, "a percent sign is not followed by two hexadecimal digits",
       "RFC 3986 section 2.1"},
      {bad_structured_item, "the value is not an item of a structured field",
       "RFC 9651 section 4.2.3"},

      {control_octet, "the head has a control octet", "RFC 9110 section 5.5"},
      {bare_cr, "a CR is not followed by LF", line},
      {bare_lf, "an LF has no CR before it: end each line with CRLF", line},
      {bad_request_line,
       "the request line is not a method, a target and a version, each after one space",
       "RFC 9112 section 3"},
      {bad_method, "the method is not a token before a space", "RFC 9110 section 9.1"},
      {bad_target, "the request target is malformed, or not allowed with this method",
       "RFC 9112 section 3.2"},
      {bad_http_version, "the version is not like HTTP/1.1", "RFC 9112 section 2.3"},
      {unsupported_http_version, "the major version of HTTP is not 1", "RFC 9110 section 15.6.6"},
      {bad_status_line, "the status line is not a version, three digits and a reason phrase",
       "RFC 9112 section 4"},
      {bad_reason_phrase, "the reason phrase has a control octet", "RFC 9112 section 4"},
      {leading_whitespace, "there is whitespace before the first field", line},
      {folded_field_line, "a field line is folded: send the value on one line",
       "RFC 9112 section 5.2"},
      {missing_colon, "a field line has no colon", "RFC 9112 section 5"},
      {bad_field_name, "a field name is not a token", "RFC 9110 section 5.1"},
      {space_before_colon, "there is whitespace before the colon of a field", field},
      {incomplete, "the connection ended within a message", "RFC 9112 section 8"},
      {timed_out, "a message did not arrive in time", "RFC 9110 section 15.5.9"},

      {bad_chunk_size, "a chunk size is not a hexadecimal number of 64 bits", chunk},
      {bad_chunk_extension, "a chunk extension is malformed", "RFC 9112 section 7.1.1"},
      {bad_chunk_end, "a chunk is not followed by CRLF", chunk},

      {too_many_empty_lines, "there are too many empty lines before the request", line},
      {start_line_too_long, "the start line is longer than the limit allows", "RFC 9112 section 3"},
      {field_line_too_long, "a field line is longer than the limit allows", size},
      {too_many_field_lines, "there are more field lines than the limit allows", size},
      {too_many_kept_lines, "list fields are spread over more lines than the limit allows", size},
      {head_too_large, "the head is larger than the limit allows", size},
      {too_many_interim_responses, "there are more interim responses than the limit allows",
       "RFC 9110 section 15.2"},
      {chunk_line_too_long, "a line before a chunk is longer than the limit", chunk},
      {too_many_chunk_extensions, "the chunk extensions are longer than the limit allows",
       "RFC 9112 section 7.1.1"},

      {missing_host, "Host is missing: HTTP/1.1 needs it", "RFC 9112 section 3.2"},
      {repeated_host, "there is more than one Host line", "RFC 9112 section 3.2"},
      {bad_host, "Host is not a host, or a host and a port", "RFC 9110 section 7.2"},
      {empty_host, "Host is empty, but the protocol needs it", "RFC 9110 section 4.2.1"},
      {bad_content_length, "Content-Length is not a decimal number of at most 64 bits",
       "RFC 9110 section 8.6"},
      {repeated_content_length, "there is more than one Content-Length", "RFC 9112 section 6.3"},
      {length_and_transfer_encoding, "the message has both Content-Length and Transfer-Encoding",
       "RFC 9112 section 6.1"},
      {bad_transfer_encoding, "Transfer-Encoding is malformed, or has more than chunked",
       "RFC 9112 section 6.1"},
      {chunked_not_final, "chunked is not the last transfer coding of the request",
       "RFC 9112 section 6.3"},
      {unknown_transfer_coding, "a transfer coding other than chunked is not supported",
       "RFC 9112 section 6.1"},
      {transfer_encoding_in_http_1_0, "an HTTP/1.0 message has Transfer-Encoding",
       "RFC 9112 section 6.1"},
      {expectation_failed, "Expect asks for something other than 100-continue",
       "RFC 9110 section 10.1.1"},
      {bad_max_forwards, "Max-Forwards is not one number", "RFC 9110 section 7.6.2"},

      {no_upgrade, "there is no Upgrade field", upgrade},
      {upgrade_in_http_1_0, "Upgrade is ignored in HTTP/1.0: send HTTP/1.1", upgrade},
      {upgrade_not_nominated, "Connection does not list the option upgrade", connection},
      {bad_connection, "Connection is malformed", connection},
      {bad_upgrade, "Upgrade is malformed", upgrade},
      {empty_upgrade, "Upgrade names no protocol", upgrade},
      {upgrade_on_connect, "CONNECT can't be combined with Upgrade, so Upgrade is ignored",
       "RFC 9110 section 9.3.6"},
      {no_common_protocol, "none of the offered protocols is supported", upgrade},
      {field_not_nominated, "Connection does not list a field that this protocol requires there",
       connection},
      {missing_http2_settings, "HTTP2-Settings is missing", http2},
      {repeated_http2_settings, "there is more than one HTTP2-Settings line", http2},
      {bad_http2_settings, "HTTP2-Settings is not base64url of whole settings", http2},
      {forbidden_http2_setting, "HTTP2-Settings has a setting with a value that is not allowed",
       "RFC 7540 section 6.5.2"},

      {repeated_capsule_protocol, "there is more than one Capsule-Protocol line", capsule},
      {bad_capsule_protocol, "Capsule-Protocol is not a boolean, ?1 or ?0", capsule},

      {unknown_method, "this method can't ask for an upgrade", "RFC 9110 section 9.1"},
      {method_not_allowed, "this method is not allowed with this protocol", upgrade},
      {content_not_allowed, "a request for this protocol can't have content",
       "RFC 9110 section 9.3.1"},
      {missing_own_field, "the request lacks a field that the protocol needs", upgrade},
      {connect_not_allowed, "CONNECT is not allowed here", "RFC 9110 section 9.3.6"},

      {switch_in_http_1_0, "a 101 came with HTTP/1.0, which can't switch protocols",
       "RFC 9110 section 15.2"},
      {switch_without_upgrade, "the 101 names no protocol: Upgrade is missing or empty",
       "RFC 9110 section 15.2.2"},
      {switch_not_nominated, "Connection in the 101 does not list the option upgrade", connection},
      {protocol_not_offered, "the 101 names a protocol that was not offered", upgrade},
      {ambiguous_switch, "the 101 names more than one protocol", upgrade},
      {switch_without_own_field, "the 101 lacks a field of its protocol", upgrade},
      {unsolicited_switch, "a 101 came for a request that offered no protocol",
       "RFC 9110 section 15.2.2"},
      {unsolicited_response, "the server sent octets without a request", "RFC 9112 section 9.2"},

      {bad_alpn, "ALPN is not a list of names that are percent-encoded as required",
       "RFC 7639 section 2.2"},
      {bad_protocol_names, "the list of protocol names is malformed", tls},
      {no_application_protocol, "none of the protocol names is supported", "RFC 7301 section 3.2"},
      {several_protocol_names, "the answer has more than one protocol name", tls},
      {protocol_name_not_offered, "the answer's protocol name was not offered", tls},

      {missing_stream_protocol, "X-Stream-Protocol-Version is missing or empty", "Kubernetes"},
      {no_common_stream_protocol, "no stream protocol in the list is supported", "Kubernetes"},
      {stream_protocol_not_offered, "the 101 names a stream protocol that was not offered",
       "Kubernetes"},

      {missing_websocket_key, "Sec-WebSocket-Key is missing", server},
      {repeated_websocket_key, "there is more than one Sec-WebSocket-Key line",
       "RFC 6455 section 11.3.1"},
      {bad_websocket_key, "Sec-WebSocket-Key is not base64 of 16 octets", server},
      {missing_websocket_version, "Sec-WebSocket-Version is missing: send 13", server},
      {repeated_websocket_version, "there is more than one Sec-WebSocket-Version line",
       "RFC 6455 section 11.3.5"},
      {bad_websocket_version, "Sec-WebSocket-Version is not a number up to 255",
       "RFC 6455 section 4.3"},
      {unsupported_websocket_version, "the WebSocket version is not supported: use 13",
       "RFC 6455 section 4.4"},
      {bad_websocket_protocol, "Sec-WebSocket-Protocol is not a list of tokens",
       "RFC 6455 section 4.3"},
      {repeated_subprotocol, "the same subprotocol is offered twice", client},
      {bad_websocket_extensions, "Sec-WebSocket-Extensions is malformed", "RFC 6455 section 9.1"},
      {repeated_origin, "there is more than one Origin line", "RFC 6454 section 7.3"},
      {origin_not_allowed, "pages of this origin may not open the WebSocket",
       "RFC 6455 section 4.2.2"},
      {missing_websocket_accept, "Sec-WebSocket-Accept is missing", client},
      {repeated_websocket_accept, "there is more than one Sec-WebSocket-Accept line",
       "RFC 6455 section 11.3.3"},
      {wrong_websocket_accept, "Sec-WebSocket-Accept does not match the key that was sent", client},
      {repeated_websocket_protocol, "the 101 has more than one subprotocol",
       "RFC 6455 section 11.3.4"},
      {missing_subprotocol, "the 101 chooses no subprotocol, but the client needs one", client},
      {subprotocol_not_offered, "the subprotocol was not offered", client},
      {extension_not_offered, "the extension was not offered", client},

      {unknown_extension_parameter, "the extension has no such parameter", deflate},
      {repeated_extension_parameter, "the extension repeats a parameter", deflate},
      {bad_extension_parameter, "a parameter of the extension has a value that is not allowed",
       deflate},
      {missing_extension_parameter, "a parameter that was offered is missing in the answer",
       deflate},
      {window_not_offered, "the window is larger than offered, or its limit was not offered",
       "RFC 7692 section 7.1.2"},
      {unsupported_window, "the window is smaller than supported, or can't be limited",
       "RFC 7692 section 7.1.2"},
      {conflicting_extensions, "two extensions use the bit RSV1", "RFC 7692 section 6"},

      {bad_enable_connect, "the setting is neither 0 nor 1, or changes from 1 to 0",
       "RFC 8441 section 3"},
      {unknown_pseudo_header, "this pseudo-header field is not known", pseudo},
      {repeated_pseudo_header, "a pseudo-header field is repeated", pseudo},
      {misplaced_pseudo_header, "a pseudo-header field follows a regular field", pseudo},
      {missing_pseudo_header, "a pseudo-header field is missing", pseudo},
      {forbidden_pseudo_header, "this pseudo-header field is not allowed with this :method",
       "RFC 8441 section 4"},
      {whitespace_around_value, "a field value begins or ends with whitespace",
       "RFC 9113 section 8.2.1"},
      {connection_specific_field,
       "this field belongs to HTTP/1.1 connections and is not allowed here",
       "RFC 9113 section 8.2.2"},
      {bad_scheme, "the scheme is malformed, or not allowed here", pseudo},
      {bad_status, "the status code is not three digits from 100 to 599", pseudo},
      {host_differs, "Host differs from :authority", pseudo},
      {end_to_end_nominated, "Connection lists a field that all recipients need", connection},
      {unknown_connect_protocol, "the :protocol of the extended CONNECT is not supported",
       "RFC 9220 section 3"},
      {switch_in_http_2, "HTTP/2 and HTTP/3 have no 101", "RFC 9113 section 8.6"},
      {status_without_capsules, "capsules can't follow this status code", "RFC 9297 section 3.2"},
      {success_without_switch, "a 2xx does not accept an HTTP/1.1 upgrade; only a 101 does",
       upgrade},
      {not_in_http_1, "HTTP/1.1 has no Upgrade for this protocol", "RFC 9220 section 3"},
      {bad_capsule, "the value of a capsule is not what its type requires: close the connection",
       "RFC 9297 section 3.3"},
      {capsule_too_long, "a capsule is longer than this recipient accepts: close the connection",
       "RFC 9297 section 3.5"},
  };
};

}  // namespace detail

}  // namespace v0
}  // namespace turnout
