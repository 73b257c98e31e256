// The client's side of the WebSocket opening handshake: RFC 6455 section 4.1.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/field/sec_websocket_protocol.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/proposal.hpp"
#include "turnout/protocol/websocket/accept.hpp"
#include "turnout/protocol/websocket/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

/// The parts of a client's request.
///
/// Takes     `Subprotocols`: as for websocket::basic_offer
/// Borrows   everything it views, while a proposal made from it is used
template <class Subprotocols>
struct basic_request {
  std::string_view target = "/";  ///< the resource name: path and query, encoded
  std::string_view host{};        ///< host, and port unless it is the scheme's default
  std::string_view origin{};      ///< empty for none; browsers have to give one
  Subprotocols subprotocols{};    ///< most preferred first, without repetition; may be empty
  field::sec_websocket_extensions extensions{};  ///< most preferred first; may be empty
  lasting_span<const field_line> fields{};       ///< more field lines, such as Cookie
  /// Whether the 101 must choose one of the subprotocols: browsers require it, RFC 6455 does not.
  bool require_subprotocol = false;
};

/// The parts of a client's request according to RFC 6455.
using request = basic_request<field::sec_websocket_protocol>;

/// A request to switch to `websocket`, and the checks of its response.
///
/// Use it for only one connection, because of the nonce: RFC 6455 section 4.1, item 7. The caller
/// also makes sure that there is only one handshake at a time with the same address, and that `wss`
/// uses TLS with the host in its server name (section 4.1, items 2 and 5). Through a proxy, it
/// opens a tunnel first (item 3).
///
/// Takes     `Subprotocols`: as for websocket::basic_offer
/// Borrows   what the request views
template <class Subprotocols>
class basic_proposal : public turnout::proposal {
 public:
  /// Takes     nonce: 16 octets of good randomness, new for each connection; wanted: the parts of
  ///           the request
  constexpr basic_proposal(const std::array<std::uint8_t, 16>& nonce,
                           const basic_request<Subprotocols>& wanted) noexcept
      : basic_proposal{field::sec_websocket_key{nonce}, wanted} {}

  /// Takes     key: of a request that was sent, no matter who wrote it; wanted: the parts of that
  ///           request
  constexpr basic_proposal(const field::sec_websocket_key& key,
                           const basic_request<Subprotocols>& wanted) noexcept
      : turnout::proposal{method::get, wanted.target, wanted.host, {&profile, 1}, wanted.fields},
        key_{key},
        origin_{wanted.origin},
        subprotocols_{wanted.subprotocols},
        extensions_{wanted.extensions},
        require_subprotocol_{wanted.require_subprotocol} {}

  /// The key that is sent.
  constexpr const field::sec_websocket_key& key() const noexcept { return key_; }

  /// Puts Sec-WebSocket-Key and -Version, and Origin, the subprotocols and the extensions if there
  /// are any.
  ///
  /// Rule      RFC 6455 section 4.1
  /// Fails     repeated_element if the list repeats a subprotocol, too_many_elements if there are
  ///           more than check_unique() can compare; unwritable for an origin that can't be a field
  ///           value; reserved_field, at 0, if the field lines have an Origin too
  constexpr void put_fields(writer& to) const noexcept {
    field_line{"Sec-WebSocket-Key", key_.text()}.put(to);
    to.put("Sec-WebSocket-Version: 13\r\n");
    if (!origin_.empty()) field_line{"Origin", origin_}.put(to);
    if (!origin_.empty() && rules::has_field(fields, field_name::origin))
      to.fail({errc::reserved_field, 0});
    if (!subprotocols_.empty()) {
      const failure why = field::check_unique(subprotocols_).error();
      const bool repeated = why.code == errc::repeated_subprotocol;
      if (why.code != errc::none) to.fail({repeated ? errc::repeated_element : why.code, why.at});
      to.put("Sec-WebSocket-Protocol: ");
      subprotocols_.put(to);
      to.put("\r\n");
    }
    if (extensions_.empty()) return;
    to.put("Sec-WebSocket-Extensions: ");
    extensions_.put(to);
    to.put("\r\n");
  }

  /// Returns why this request can't follow `before` on the same connection.
  ///
  /// Rule      a nonce is for one handshake, RFC 6455 section 4.1, item 7
  /// Fails     repeated_nonce
  constexpr failure check_after(const basic_proposal& before) const noexcept {
    return {key_ == before.key_ ? errc::repeated_nonce : errc::none, 0};
  }

  /// Checks what RFC 6455 requires of the 101 beyond the rules of Upgrade.
  ///
  /// Rule      RFC 6455 section 4.1, items 4 to 6 of what a client validates, and section 11.3
  /// Takes     response: facts of the 101; max_elements: of each list
  /// Fails     missing_websocket_accept, repeated_websocket_accept, wrong_websocket_accept;
  ///           missing_subprotocol, repeated_websocket_protocol, bad_websocket_protocol,
  ///           subprotocol_not_offered;
  ///           bad_websocket_extensions, extension_not_offered, too_many_elements
  constexpr finding check_switch(const facts& response, const turnout::profile&,
                                 std::size_t max_elements) const noexcept {
    terms chosen;
    return read(response, max_elements, chosen);
  }

  /// The subprotocol and the extensions that the server chose.
  ///
  /// Takes     response: facts of the 101 that switched the connection
  /// Fails     as check_switch(), which that 101 passed
  /// Borrows   from the response's octets
  constexpr result<terms> terms_of(const facts& response) const noexcept {
    terms chosen;
    const finding found = read(response, SIZE_MAX, chosen);
    if (found) return found.why;
    return chosen;
  }

 private:
  constexpr finding read(const facts& response, std::size_t max_elements,
                         terms& chosen) const noexcept {
    if (const finding found = check_accept(response, key_); found) return found;
    if (const finding found = read_subprotocol(response, chosen); found) return found;
    return read_extensions(response, max_elements, chosen);
  }

  constexpr finding read_subprotocol(const facts& response, terms& chosen) const noexcept {
    constexpr field_name field = field_name::sec_websocket_protocol;
    const grammar::value_lines lines = response.lines(field);
    const bool required = require_subprotocol_ && !subprotocols_.empty();
    if (lines.empty() && required) return {{errc::missing_subprotocol, 0}, field};
    if (lines.empty()) return {};
    const std::string_view value = lines.first();
    if (lines.has_second()) return {{errc::repeated_websocket_protocol, lines.second()}, field};
    const auto one = Subprotocols::iterator::value_type::parse_prefix(value);
    if (!one) return {{errc::bad_websocket_protocol, 0}, field};
    const std::string_view after = grammar::trim(turnout::detail::rest_of(value, one->size));
    if (after.starts_with(',')) return {{errc::repeated_websocket_protocol, one->size}, field};
    if (!after.empty()) return {{errc::bad_websocket_protocol, one->size}, field};
    chosen.subprotocol = value;
    const auto kept = check_terms(chosen, subprotocols_, extensions_);
    return kept ? finding{} : finding{{kept.error().code, 0}, field};
  }

  constexpr finding read_extensions(const facts& response, std::size_t max_elements,
                                    terms& chosen) const noexcept {
    constexpr field_name field = field_name::sec_websocket_extensions;
    const grammar::value_lines lines = response.lines(field);
    if (lines.empty()) return {};
    const auto list = field::sec_websocket_extensions::parse(lines, max_elements);
    if (!list) return {list.error(), field};
    chosen.extensions = *list;
    const auto kept = check_terms(chosen, subprotocols_, extensions_);
    return kept ? finding{} : finding{{kept.error().code, 0}, field};
  }

  field::sec_websocket_key key_;
  std::string_view origin_;
  Subprotocols subprotocols_;
  field::sec_websocket_extensions extensions_;
  bool require_subprotocol_;
};

/// A client's request for `websocket` according to RFC 6455.
///
/// ```cpp
/// const auto subprotocols = turnout::field::sec_websocket_protocol::parse("chat.v2, chat.v1");
/// const std::array<std::uint8_t, 16> nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
///                                          'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};
/// const turnout::websocket::proposal asked{
///     nonce, {.target = "/chat", .host = "example.com", .subprotocols = *subprotocols}};
/// std::array<char, 512> out;
/// const auto written = turnout::write_request(asked, out);
/// assert(written->find("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") != written->npos);
/// assert(written->ends_with("Sec-WebSocket-Protocol: chat.v2, chat.v1\r\n\r\n"));
/// ```
using proposal = basic_proposal<field::sec_websocket_protocol>;

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
