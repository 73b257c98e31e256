// From HTTP/1.1 to HTTP/2 and HTTP/3: an Upgrade as an extended CONNECT, its 101 as a 200, and
// other responses. RFC 8441 sections 4 and 5, RFC 9113 section 8.2.2, RFC 9110 section 7.6.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/content_length.hpp"
#include "turnout/field/name.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/hop_by_hop.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/request_rules.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/header_list.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"
#include "turnout/protocol/tunnel/masque.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

/// A request of HTTP/1.1 that is forwarded as an extended CONNECT. A client that has only a
/// proposal can write it with write_request(), and then read and examine that.
///
/// Borrows   everything it views
struct upgrade_request {
  request_head head;               ///< the head from read_head() or a handshake
  turnout::offer offer;            ///< the offer that examine_request() found in it
  protocol wanted;                 ///< the protocol in the offer to ask for
  std::string_view scheme{};       ///< of the URI: https for wss, http for ws (RFC 8441 section 5)
  enable_connect_protocol server;  ///< the setting of the server
};

namespace detail {

constexpr std::string_view authority_of(const upgrade_request& upgrade) noexcept {
  const request_target& target = upgrade.head.target;
  if (target.form != target_form::absolute)
    return upgrade.offer.request()->lines(field_name::host).first();
  const std::size_t begin = target.scheme.size() + 3;
  return turnout::detail::part_of(target.octets, begin,
                                  target.octets.size() - target.path_and_query().size());
}

/// Puts `:path`, which is never empty: RFC 9113 section 8.3.1.
constexpr void put_path(list_writer& to, const request_target& target) noexcept {
  if (target.form != target_form::absolute) return to.put(":path", target.octets);
  const std::string_view path = target.path_and_query();
  to.put(":path", path.starts_with('/') ? path : to.keep("/", path));
}

constexpr failure unaskable_part(const upgrade_request& upgrade) noexcept {
  if (!upgrade.server.is_enabled()) return {errc::connect_not_enabled, 0};
  const auto agreed = upgrade.offer.agree(upgrade.wanted);
  if (!agreed) return agreed.error();
  if (!is_connectable(*agreed->protocol())) return {errc::no_protocol, 0};
  const facts& request = *upgrade.offer.request();
  if (upgrade.head.method != turnout::method::get) return {errc::method_not_allowed, 0};
  if (rules::has_content(request)) return {errc::content_not_allowed, 0};
  if (agreed->protocol()->capsules)
    if (const finding found = masque::check_no_content(request); found) return found.why;
  const bool absolute = upgrade.head.target.form == target_form::absolute;
  if (upgrade.scheme != "https" && upgrade.scheme != "http") return {errc::bad_scheme, 0};
  if (absolute && !grammar::equal_ignoring_case(upgrade.head.target.scheme, upgrade.scheme))
    return {errc::bad_scheme, 0};
  return rules::check_nominated(
             *field::connection::parse(request.lines(field_name::connection), SIZE_MAX))
      .error();
}

constexpr errc unanswerable(std::uint16_t status, const profile* switched) noexcept {
  if (status == 101) return switched == nullptr ? errc::unsolicited_switch : errc::none;
  if (switched != nullptr) return errc::bad_status_to_write;
  if (status / 100 == 2) return errc::success_without_switch;
  return status < 100 || status > 599 ? errc::bad_status : errc::none;
}

/// Puts the forwarded lines that Connection does not list.
constexpr void put_crossing(list_writer& to, const field_lines& fields,
                            const turnout::detail::nominated_fields& nominated) noexcept {
  for (const field_line& line : fields)
    if (crosses(line.name) && !nominated.contains(line.name)) to.put_lowered(line);
}

}  // namespace detail

/// Writes the header list of the extended CONNECT for a request's offer.
///
/// Rule      RFC 8441 sections 3 to 5: only after the server has allowed it; no Connection,
///           Upgrade, Host and key. RFC 9110 section 7.6.1: fields that Connection lists are
///           dropped. Expect and a Content-Length of 0 are dropped too, since there is no content
/// Returns   how much was written; the protocol ends with END_STREAM
/// Fails     no_space; connect_not_enabled; foreign_agreement; no_protocol for a protocol without
///           extended CONNECT, such as `h2c`; method_not_allowed for another method than GET;
///           content_not_allowed; bad_scheme if it is neither https nor http, or differs from the
///           target's; end_to_end_nominated and too_many_elements at the octet of Connection's
///           value
/// Borrows   from `upgrade` and `space`, in the lines
/// Changes   nothing when it fails
constexpr list_size write_request(const upgrade_request& upgrade,
                                  const list_space& space) noexcept {
  const failure why = detail::unaskable_part(upgrade);
  if (why.code != errc::none) return {why, 0, 0};
  const facts& request = *upgrade.offer.request();
  const turnout::detail::nominated_fields nominated{request.lines(field_name::connection)};
  return write_list(space, [&](list_writer& to) {
    to.put(":method", "CONNECT");
    to.put(":protocol", to.keep_lowered(upgrade.wanted.name));
    to.put(":scheme", upgrade.scheme);
    to.put(":authority", detail::authority_of(upgrade));
    detail::put_path(to, upgrade.head.target);
    detail::put_crossing(to, upgrade.head.fields, nominated);
  });
}

/// Writes the header list of the response to an extended CONNECT from the response of an HTTP/1.1
/// server. A server that has only an agreement can use the output of write_switch().
///
/// Rule      RFC 8441 section 5: a 101 becomes a 200; RFC 9110 section 7.8: other responses are
///           kept, without fields for one connection. But a 2xx would open the stream although the
///           server did not switch: answer with 502, as for all failures here
/// Takes     answer: the head from read_head() or a handshake; switched: the agreed protocol from
///           client_handshake or examine_response(); nullptr if it does not switch
/// Returns   how much was written
/// Fails     no_space; unsolicited_switch for a 101 without a protocol, bad_status_to_write for a
///           protocol without a 101; success_without_switch; bad_status; bad_connection,
///           too_many_elements, too_many_kept_lines; bad_content_length
/// Borrows   from `answer` and `space`, in the lines
/// Changes   nothing when it fails
constexpr list_size write_response(const response_head& answer, const profile* switched,
                                   const list_space& space) noexcept {
  if (const errc code = detail::unanswerable(answer.status, switched); code != errc::none)
    return {{code, 0}, 0, 0};
  facts seen{answer.status, answer.version};
  for (const field_line& line : answer.fields) seen.see(line.name, line.value);
  if (const finding found = seen.check_complete(); found) return {found.why, 0, 0};
  const auto options =
      field::connection::parse(seen.lines(field_name::connection), grammar::default_list_elements);
  if (!options) return {options.error(), 0, 0};
  const turnout::detail::nominated_fields nominated{seen.lines(field_name::connection)};
  const grammar::value_lines lengths = seen.lines(field_name::content_length);
  const bool framed = answer.status >= 200 && !lengths.empty();
  if (framed && !field::content_length::parse(lengths))
    return {{errc::bad_content_length, 0}, 0, 0};
  return write_list(space, [&](list_writer& to) {
    to.put_status(switched != nullptr ? std::uint16_t{200} : answer.status);
    if (framed && !seen.has(field_name::transfer_encoding))
      to.put("content-length", lengths.first());
    detail::put_crossing(to, answer.fields, nominated);
  });
}

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
