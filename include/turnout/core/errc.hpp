// Everything that can be wrong, as one list of codes, and where it was found.
// What a code means, whose fault it is and what a server answers: see turnout/core/explain.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {

/// What is wrong, or why a server ignores an offer to switch protocols.
enum class errc : std::uint8_t {
  none,

  // Mistakes of the caller: the peer did nothing wrong, and the object that was called is
  // unchanged.
  no_space,                ///< the output does not fit; `at` is the size needed
  out_of_turn,             ///< this call is not allowed in the current state
  too_many_profiles,       ///< more than 64 protocols in one list
  too_many_own_fields,     ///< the protocols in one list name more fields than facts can keep
  no_protocol,             ///< nothing to offer, to require or to switch to
  foreign_agreement,       ///< an agreement on a protocol that this request does not offer
  incomplete_agreement,    ///< the answer lacks a field line that its protocol requires
  reserved_field,          ///< a field that the library writes itself, or that is not allowed here
  unwritable,              ///< an octet that would break the message, such as CR, LF or NUL
  bad_status_to_write,     ///< not a final status code that fits the call
  repeated_element,        ///< a list repeats an element that must be unique
  bad_websocket_uri,       ///< not a ws or wss URI, or one with a fragment
  continue_first,          ///< the client waits for a 100 (Continue) before it sends its content
  not_persistent,          ///< no further message may follow on this connection
  endless_content,         ///< the content of a request can't end with the connection
  expect_without_content,  ///< a request without content can't expect 100-continue
  repeated_nonce,          ///< the nonce of the previous handshake on this connection
  connect_not_enabled,     ///< the server has not enabled extended CONNECT

  // Grammar (RFC 9110 section 5.6).
  bad_token,
  bad_list,
  empty_list,
  too_many_elements,
  bad_quoted_string,
  bad_parameter,
  bad_base64,
  bad_authority,
  bad_port,
  bad_number,
  bad_protocol,
  bad_percent_encoding,
  bad_structured_item,

  // One message head (RFC 9112).
  control_octet,
  bare_cr,
  bare_lf,
  bad_request_line,
  bad_method,
  bad_target,
  bad_http_version,
  unsupported_http_version,
  bad_status_line,
  bad_reason_phrase,
  leading_whitespace,
  folded_field_line,
  missing_colon,
  bad_field_name,
  space_before_colon,
  incomplete,
  timed_out,

  // Content (RFC 9112 section 7.1).
  bad_chunk_size,
  bad_chunk_extension,
  bad_chunk_end,

  // Limits of this recipient.
  too_many_empty_lines,
  start_line_too_long,
  field_line_too_long,
  too_many_field_lines,
  too_many_kept_lines,
  head_too_large,
  too_many_interim_responses,
  chunk_line_too_long,
  too_many_chunk_extensions,

  // The fields that every request is checked for (RFC 9110, RFC 9112).
  missing_host,
  repeated_host,
  bad_host,
  empty_host,
  bad_content_length,
  repeated_content_length,
  length_and_transfer_encoding,
  bad_transfer_encoding,
  chunked_not_final,
  unknown_transfer_coding,
  transfer_encoding_in_http_1_0,
  expectation_failed,
  bad_max_forwards,

  // Why an offer is ignored: the request is then an ordinary one (RFC 9110 section 7.8).
  no_upgrade,
  upgrade_in_http_1_0,
  upgrade_not_nominated,
  bad_connection,
  bad_upgrade,
  empty_upgrade,
  upgrade_on_connect,
  no_common_protocol,
  field_not_nominated,
  missing_http2_settings,
  repeated_http2_settings,
  bad_http2_settings,
  forbidden_http2_setting,

  // Why a field is ignored: the rest of the message is fine (RFC 9297 section 3.4).
  repeated_capsule_protocol,
  bad_capsule_protocol,

  // What a protocol requires of its request.
  unknown_method,
  method_not_allowed,
  content_not_allowed,
  missing_own_field,
  connect_not_allowed,

  // What a 101 must have (RFC 9110 sections 7.8 and 15.2.2).
  switch_in_http_1_0,
  switch_without_upgrade,
  switch_not_nominated,
  protocol_not_offered,
  ambiguous_switch,
  switch_without_own_field,
  unsolicited_switch,
  unsolicited_response,

  // The protocols inside a tunnel or TLS (RFC 7639, RFC 7301).
  bad_alpn,
  bad_protocol_names,
  no_application_protocol,
  several_protocol_names,
  protocol_name_not_offered,

  // The stream protocols of Kubernetes.
  missing_stream_protocol,
  no_common_stream_protocol,
  stream_protocol_not_offered,

  // The WebSocket opening handshake (RFC 6455 section 4).
  missing_websocket_key,
  repeated_websocket_key,
  bad_websocket_key,
  missing_websocket_version,
  repeated_websocket_version,
  bad_websocket_version,
  unsupported_websocket_version,
  bad_websocket_protocol,
  repeated_subprotocol,
  bad_websocket_extensions,
  repeated_origin,
  origin_not_allowed,
  missing_websocket_accept,
  repeated_websocket_accept,
  wrong_websocket_accept,
  repeated_websocket_protocol,
  missing_subprotocol,
  subprotocol_not_offered,
  extension_not_offered,

  // The parameters of an extension, and permessage-deflate (RFC 7692).
  unknown_extension_parameter,
  repeated_extension_parameter,
  bad_extension_parameter,
  missing_extension_parameter,
  window_not_offered,
  unsupported_window,
  conflicting_extensions,

  // Extended CONNECT (RFC 8441, RFC 9113 section 8, RFC 9114 section 4).
  bad_enable_connect,
  unknown_pseudo_header,
  repeated_pseudo_header,
  misplaced_pseudo_header,
  missing_pseudo_header,
  forbidden_pseudo_header,
  whitespace_around_value,
  connection_specific_field,
  bad_scheme,
  bad_status,
  host_differs,
  end_to_end_nominated,
  unknown_connect_protocol,
  switch_in_http_2,
  status_without_capsules,
  success_without_switch,
  not_in_http_1,
  bad_capsule,
  capsule_too_long,
};

class writer;

/// What is wrong and where.
struct failure {
  errc code = errc::none;  ///< what is wrong
  /// The offset of the octet at fault in the input; the size of the input if something is missing
  /// at its end; the size needed for errc::no_space.
  std::size_t at = 0;

  /// True if something is wrong.
  constexpr explicit operator bool() const noexcept { return code != errc::none; }

  /// Puts the failure as one line of text for logs, without a line end. 256 octets are enough for
  /// any failure:
  /// `missing_host at octet 18: Host is missing: HTTP/1.1 needs it (RFC 9112 section 3.2)`.
  /// It is defined in core/failure_line.hpp.
  constexpr void put(writer& to) const noexcept;

  friend constexpr bool operator==(const failure&, const failure&) = default;
};

}  // namespace v0
}  // namespace turnout
