// From HTTP/2 and HTTP/3 to HTTP/1.1: the response to an extended CONNECT; a 2xx becomes a 101, any
// other is kept. RFC 8441 section 5, RFC 9110 section 7.8, RFC 9112 section 6.3.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/sec_websocket_accept.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/reason_phrase.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/advertisement.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/response_rules.hpp"
#include "turnout/protocol/extended_connect/field.hpp"
#include "turnout/protocol/extended_connect/response.hpp"
#include "turnout/protocol/extended_connect/rules.hpp"
#include "turnout/protocol/websocket/accept.hpp"

namespace turnout {
inline namespace v0 {
namespace extended_connect {

/// An agreement between an HTTP/1.1 client and a server of HTTP/2 or HTTP/3: the 101 for the client
/// is made from the server's 2xx.
///
/// Borrows   the list of profiles, and what the response views
class agreement : public turnout::agreement {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;

  /// Makes the agreement from a response.
  ///
  /// Rule      RFC 8441 section 5; RFC 6455 section 4.2.2, item 5.4: the accept value is computed
  ///           here
  /// Takes     offered: of the HTTP/1.1 request; token: of the protocol that `:protocol` asked for;
  ///           answer: one for which opens() is true
  /// Fails     foreign_agreement; as opens(); bad_status_to_write for an answer that does not open
  ///           the stream; bad_websocket_key
  /// Borrows   from the list of profiles in `offered`, and what `answer` views
  static constexpr result<agreement> read(const turnout::offer& offered,
                                          const turnout::protocol& token,
                                          const response& answer) noexcept {
    const auto agreed = offered.agree(token);
    if (!agreed) return agreed.error();
    const auto opened = opens(answer, *agreed->protocol());
    if (!opened) return opened.error();
    if (!*opened) return failure{errc::bad_status_to_write, 0};
    if (!agreed->protocol()->websocket_key) return keep(*agreed, {}, answer);
    const grammar::value_lines keys = offered.request()->lines(field_name::sec_websocket_key);
    const auto key = field::sec_websocket_key::parse(keys.first());
    if (!key) return key.error();
    return keep(*agreed, *key, answer);
  }

  /// Makes the agreement from the kept parts of an offer whose head is gone.
  ///
  /// Takes     agreed: made of the offer; key: of a WebSocket's request; answer: as for read()
  /// Borrows   from the list of profiles, and what `answer` views
  static constexpr agreement keep(const turnout::agreement& agreed,
                                  const field::sec_websocket_key& key,
                                  const response& answer) noexcept {
    agreement made{agreed, answer.fields};
    if (agreed.protocol()->websocket_key) made.accept_ = websocket::accept_for(key);
    return made;
  }

  /// Puts the accept value of a WebSocket, and the forwarded fields.
  ///
  /// Fails     unwritable with the index in the fields of the response
  constexpr void put_fields(writer& to) const noexcept {
    if (protocol()->websocket_key) field_line{"Sec-WebSocket-Accept", accept_.text()}.put(to);
    detail::put_crossing(to, fields_);
  }

 private:
  constexpr agreement(turnout::agreement agreed, span<const field_line> fields) noexcept
      : turnout::agreement{agreed}, fields_{fields} {}

  span<const field_line> fields_;
  field::sec_websocket_accept accept_;
};

/// How the content of a response is framed in HTTP/1.1: with its Content-Length, else chunked.
///
/// Rule      RFC 9112 section 6.3
/// Takes     answer: not a 2xx
/// Fails     bad_content_length, repeated_content_length, too_many_kept_lines; `at` counts octets
///           of Content-Length
constexpr result<framing> content_of(const response& answer) noexcept {
  facts seen{answer.status, http_1_1};
  for (const field_line& line : answer.fields) seen.see(line.name, line.value);
  if (const finding found = seen.check_complete(); found) return found.why;
  const auto framed =
      rules::find_framing(seen, turnout::method::get, grammar::default_list_elements);
  if (framed.found) return framed.found.why;
  if (framed.content.kind != framing_kind::until_close) return framed.content;
  return framing{framing_kind::chunked, 0};
}

/// Writes the head of a response that does not open the stream, for the HTTP/1.1 client.
///
/// Rule      RFC 9110 section 7.8: the status stays; section 15.5.22: a 426 names the protocols of
///           this hop
/// Takes     answer: an interim response, or a final one except 2xx; the caller sends its content,
///           framed by content_of(); said: the Connection and Upgrade lines
/// Returns   the octets written, at the front of `out`
/// Fails     no_space with the size needed; bad_status_to_write for a 2xx; no_protocol for a 426
///           without protocols; as content_of(); unwritable with the index in the fields
/// Borrows   from `out`
/// Changes   nothing when it fails
constexpr result<std::string_view> write_response(const response& answer, const advertisement& said,
                                                  span<char> out) noexcept {
  if (answer.status == 101 || answer.status / 100 == 2)
    return failure{errc::bad_status_to_write, 0};
  if (answer.status == 426 && !turnout::detail::any_by_upgrade(said.protocols))
    return failure{errc::no_protocol, 0};
  const auto content = content_of(answer);
  if (!content) return content.error();
  return write_whole(out, [&](writer& to) {
    status_line{http_1_1, answer.status, reason_phrase(answer.status)}.put(to);
    if (!answer.is_interim()) said.put(to);
    detail::put_crossing(to, answer.fields);
    if (content->kind == framing_kind::chunked) to.put("Transfer-Encoding: chunked\r\n");
    if (content->kind == framing_kind::length) {
      to.put("Content-Length: ");
      to.put_number(content->octets);
      to.put("\r\n");
    }
    to.put("\r\n");
  });
}

}  // namespace extended_connect
}  // namespace v0
}  // namespace turnout
