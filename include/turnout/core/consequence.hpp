// What follows from a code: whose fault it is, and what a server answers. It is separate from the
// texts (decision D31), so that a program that never calls explain() doesn't contain them.
#pragma once

#include <cstdint>

#include "turnout/core/errc.hpp"
#include "turnout/core/explanation.hpp"

namespace turnout {
inline namespace v0 {
namespace rules {

/// Whose fault `code` is.
constexpr fault fault_of(errc code) noexcept {
  switch (code) {
    case errc::none:
      return fault::nobody;
    case errc::too_many_elements:
    case errc::too_many_empty_lines:
    case errc::start_line_too_long:
    case errc::field_line_too_long:
    case errc::too_many_field_lines:
    case errc::too_many_kept_lines:
    case errc::head_too_large:
    case errc::too_many_interim_responses:
    case errc::chunk_line_too_long:
    case errc::too_many_chunk_extensions:
    case errc::capsule_too_long:
      return fault::limit;
    default:
      return code <= errc::connect_not_enabled ? fault::caller : fault::peer;
  }
}

/// The status code that a server answers with; 0 if the code is not an error.
constexpr std::uint16_t status_for(errc code) noexcept {
  switch (code) {
    case errc::none:
    case errc::no_upgrade:
    case errc::upgrade_in_http_1_0:
    case errc::upgrade_not_nominated:
    case errc::bad_connection:
    case errc::bad_upgrade:
    case errc::empty_upgrade:
    case errc::upgrade_on_connect:
    case errc::no_common_protocol:
    case errc::field_not_nominated:
    case errc::missing_http2_settings:
    case errc::repeated_http2_settings:
    case errc::bad_http2_settings:
    case errc::forbidden_http2_setting:
    case errc::repeated_capsule_protocol:
    case errc::bad_capsule_protocol:
      return 0;
    case errc::no_common_stream_protocol:
    case errc::origin_not_allowed:
      return 403;
    case errc::method_not_allowed:
      return 405;
    case errc::timed_out:
      return 408;
    case errc::start_line_too_long:
      return 414;
    case errc::expectation_failed:
      return 417;
    case errc::unsupported_websocket_version:
      return 426;
    case errc::too_many_elements:
    case errc::field_line_too_long:
    case errc::too_many_field_lines:
    case errc::too_many_kept_lines:
    case errc::head_too_large:
      return 431;
    case errc::unknown_transfer_coding:
    case errc::unknown_method:
    case errc::connect_not_allowed:
    case errc::unknown_connect_protocol:
    case errc::not_in_http_1:
      return 501;
    case errc::bad_status_line:
    case errc::bad_reason_phrase:
    case errc::too_many_interim_responses:
    case errc::switch_in_http_1_0:
    case errc::switch_without_upgrade:
    case errc::switch_not_nominated:
    case errc::protocol_not_offered:
    case errc::ambiguous_switch:
    case errc::switch_without_own_field:
    case errc::unsolicited_switch:
    case errc::unsolicited_response:
    case errc::several_protocol_names:
    case errc::protocol_name_not_offered:
    case errc::stream_protocol_not_offered:
    case errc::missing_websocket_accept:
    case errc::repeated_websocket_accept:
    case errc::wrong_websocket_accept:
    case errc::repeated_websocket_protocol:
    case errc::missing_subprotocol:
    case errc::subprotocol_not_offered:
    case errc::extension_not_offered:
    case errc::unknown_extension_parameter:
    case errc::repeated_extension_parameter:
    case errc::bad_extension_parameter:
    case errc::missing_extension_parameter:
    case errc::window_not_offered:
    case errc::unsupported_window:
    case errc::conflicting_extensions:
    case errc::bad_enable_connect:
    case errc::bad_status:
    case errc::switch_in_http_2:
    case errc::status_without_capsules:
    case errc::success_without_switch:
    case errc::bad_capsule:
    case errc::capsule_too_long:
      return 502;
    case errc::unsupported_http_version:
      return 505;
    default:
      return fault_of(code) == fault::caller ? 500 : 400;
  }
}

}  // namespace rules
}  // namespace v0
}  // namespace turnout
