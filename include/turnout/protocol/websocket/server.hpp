// The server's side of the WebSocket opening handshake: RFC 6455 section 4.2.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/errc.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/field/sec_websocket_version.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/protocol/websocket/begun_accept.hpp"
#include "turnout/protocol/websocket/deflate_parameters.hpp"
#include "turnout/protocol/websocket/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

namespace detail {

inline constexpr field_line spoken_versions[] = {{"Sec-WebSocket-Version", "13"}};

}  // namespace detail

/// An agreement to switch to `websocket`: it adds Sec-WebSocket-Accept and the terms to the 101.
/// Only websocket::offer makes one.
///
/// Borrows   the server's list of profiles, and what the terms view
class agreement : public turnout::agreement {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;

  /// Puts Sec-WebSocket-Accept, and the subprotocol and the extensions if there are any.
  ///
  /// Rule      RFC 6455 section 4.2.2, item 5; the extensions are written on one line (section
  ///           11.3.2)
  TURNOUT_INLINE constexpr void put_fields(writer& to) const noexcept {
    to.put("Sec-WebSocket-Accept: ");
    turnout::detail::writing::put_made<28>(to, [this](char* text) { accept_.write(text); });
    to.put("\r\n");
    if (!terms_.subprotocol.empty() || !terms_.extensions.empty() || deflate_.terms.in_use)
      turnout::detail::writing::put_apart(to, [this](writer& copy) { put_chosen(copy); });
  }

  /// The refusal for a failure to agree: 426 with Upgrade for an unsupported version, else
  /// status_for(code); for any failure of the version, it names the supported one.
  ///
  /// Rule      RFC 6455 sections 4.2.2, item 4, and 4.4
  static constexpr refusal refusal_for(errc code, span<const turnout::profile> = {}) noexcept {
    refusal answer = turnout::refusal_for(code, {&profile, 1});
    if (code == errc::missing_websocket_version || code == errc::repeated_websocket_version ||
        code == errc::bad_websocket_version || code == errc::unsupported_websocket_version)
      answer.fields = detail::spoken_versions;
    return answer;
  }

  /// The chosen terms, without the extension that compress_with() adds.
  constexpr const terms& chosen() const noexcept { return terms_; }
  /// How messages are compressed; in_use is false if they are not.
  constexpr const permessage_deflate::agreed& deflate() const noexcept { return deflate_.terms; }

  /// Adds the server's answer to the offers of permessage-deflate: it applies before the other
  /// extensions.
  constexpr void compress_with(const permessage_deflate::answer& chosen) noexcept {
    deflate_ = chosen;
  }

 private:
  template <class>
  friend class basic_offer;
  /// Agrees in place: copying a whole agreement right after writing it would stall.
  TURNOUT_INLINE constexpr void fill(const turnout::agreement& agreed,
                                     const detail::begun_accept& begun,
                                     const terms& chosen) noexcept {
    static_cast<turnout::agreement&>(*this) = agreed;
    accept_ = begun;
    terms_ = chosen;
  }

  /// Puts the subprotocol and the extensions.
  constexpr void put_chosen(writer& to) const noexcept {
    if (!terms_.subprotocol.empty())
      field_line{"Sec-WebSocket-Protocol", terms_.subprotocol}.put(to);
    if (terms_.extensions.empty() && !deflate_.terms.in_use) return;
    to.put("Sec-WebSocket-Extensions: ");
    turnout::detail::separated lists{to};
    if (deflate_.terms.in_use) deflate_.element.put(lists.next());
    if (!terms_.extensions.empty()) terms_.extensions.put(lists.next());
    to.put("\r\n");
  }

  detail::begun_accept accept_;
  terms terms_;
  permessage_deflate::answer deflate_;
};

/// A request to switch to `websocket` that passed every check of RFC 6455 section 4.2.1.
///
/// Takes     `Subprotocols`: the type of the list in Sec-WebSocket-Protocol: websocket::offer uses
///           that of RFC 6455, other peers may need another one
/// Borrows   the generic offer's facts and the request's octets
template <class Subprotocols>
class basic_offer {
 public:
  /// No offer.
  constexpr basic_offer() = default;

  /// Checks what RFC 6455 requires of the request beyond the rules of Upgrade.
  ///
  /// Rule      RFC 6455 sections 4.2.1, 9.1 and 11.3
  /// Takes     offered: the offer of examine_request() or a handshake; max_elements: of each list
  /// Fails     foreign_agreement if it has no `websocket`; missing_websocket_version,
  ///           repeated_websocket_version, bad_websocket_version, unsupported_websocket_version;
  ///           missing_websocket_key, repeated_websocket_key, bad_websocket_key;
  ///           bad_websocket_protocol, repeated_subprotocol; bad_websocket_extensions;
  ///           repeated_origin; too_many_elements. `at` counts octets of the field's value.
  ///           refusal_for() returns the answer
  /// Borrows   from `offered`, its facts and the request's octets
  static constexpr result<basic_offer> read(
      const turnout::offer& offered,
      std::size_t max_elements = grammar::default_list_elements) noexcept {
    return result<basic_offer>::filled(
        [&](basic_offer& checked) { return checked.fill(offered, max_elements); });
  }

  /// The client's key.
  constexpr const field::sec_websocket_key& key() const noexcept { return key_; }
  /// The offered subprotocols, most preferred first; may be empty.
  constexpr const Subprotocols& subprotocols() const noexcept { return subprotocols_; }
  /// The offered extensions, most preferred first; may be empty.
  constexpr const field::sec_websocket_extensions& extensions() const noexcept {
    return extensions_;
  }
  /// The value of Origin, for the caller to check; empty if there is none, as from programs that
  /// are not browsers (RFC 6455 section 10.2).
  constexpr std::string_view origin() const noexcept { return origin_; }

  /// The subprotocol that both sides speak and that comes first in one side's order.
  ///
  /// Takes     spoken: the server's subprotocols, most preferred first
  /// Returns   a member of `spoken`; an empty view if there is none, which RFC 6455 section 4.2.2
  ///           allows
  /// Costs     the product of the numbers of subprotocols, which limits bound
  constexpr std::string_view choose(span<const std::string_view> spoken,
                                    preference order) const noexcept {
    if (order == preference::server) {
      for (const std::string_view one : spoken)
        if (subprotocols_.contains({one})) return one;
      return {};
    }
    for (const auto& wanted : subprotocols_)
      for (const std::string_view one : spoken)
        if (wanted.text == one) return one;
    return {};
  }

  /// Agrees to the switch on these terms.
  ///
  /// Rule      RFC 6455 section 4.2.2
  /// Fails     subprotocol_not_offered; extension_not_offered with the index of the extension
  /// Borrows   what `chosen` views
  TURNOUT_INLINE constexpr result<agreement> agree(const terms& chosen = {}) const noexcept {
    return result<agreement>::filled([&](agreement& made) {
      const auto kept = check_terms(chosen, subprotocols_, extensions_);
      if (kept) made.fill(agreed_, begun_, chosen);
      return kept.error();
    });
  }

 private:
  constexpr failure fill(const turnout::offer& offered, std::size_t max_elements) noexcept {
    const auto agreed = offered.agree(profile.token);
    if (!agreed) return agreed.error();
    agreed_ = *agreed;
    const facts& seen = *offered.request();

    if (const failure why = check_version(seen); why.code != errc::none) return why;
    if (const failure why = read_key(seen); why.code != errc::none) return why;
    const grammar::value_lines origins = seen.lines(field_name::origin);
    if (origins.has_second()) return {errc::repeated_origin, origins.second()};
    origin_ = origins.first();
    return read_lists(seen, max_elements);
  }

  constexpr failure read_key(const facts& seen) noexcept {
    const grammar::value_lines keys = seen.lines(field_name::sec_websocket_key);
    if (keys.empty()) return {errc::missing_websocket_key, 0};
    if (keys.has_second()) return {errc::repeated_websocket_key, keys.second()};
    const failure why = key_.assign(keys.first());
    // Early, so that the processor can do the rest meanwhile.
    if (why.code == errc::none) begun_.begin(key_, websocket_guid);
    return why;
  }

  static constexpr failure check_version(const facts& seen) noexcept {
    const grammar::value_lines versions = seen.lines(field_name::sec_websocket_version);
    if (versions.empty()) return {errc::missing_websocket_version, 0};
    if (versions.has_second()) return {errc::repeated_websocket_version, versions.second()};
    const std::string_view first = versions.first();
    if (first.size() == 2 && turnout::detail::are_octets(first.data(), '1', '3')) return {};
    const auto version = field::websocket_version::parse(first);
    return version ? failure{errc::unsupported_websocket_version, 0} : version.error();
  }

  constexpr failure read_lists(const facts& seen, std::size_t max_elements) noexcept {
    const grammar::value_lines protocols = seen.lines(field_name::sec_websocket_protocol);
    if (!protocols.empty()) {
      const auto list = Subprotocols::parse(protocols, max_elements);
      if (!list) return list.error();
      if (const auto unique = field::check_unique(*list); !unique) return unique.error();
      subprotocols_ = *list;
    }
    return read_extensions(seen.lines(field_name::sec_websocket_extensions), max_elements);
  }

  constexpr failure read_extensions(const grammar::value_lines& lines,
                                    std::size_t max_elements) noexcept {
    if (lines.empty()) return {};
    // Browsers send one of these.
    const std::string_view value = lines.only();
    if (!turnout::detail::optimized_for_size && max_elements > 0 &&
        (value == "permessage-deflate; client_max_window_bits" || value == "permessage-deflate")) {
      extensions_ = field::sec_websocket_extensions::known(value, 1);
      return {};
    }
    const auto list = field::sec_websocket_extensions::parse(lines, max_elements);
    if (list) extensions_ = *list;
    return list.error();
  }

  turnout::agreement agreed_;
  field::sec_websocket_key key_;
  detail::begun_accept begun_;
  Subprotocols subprotocols_;
  field::sec_websocket_extensions extensions_;
  std::string_view origin_;
};

/// A request for `websocket` according to RFC 6455.
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// turnout::facts seen{turnout::method::get, turnout::http_1_1};
/// for (const auto& [name, value] : std::initializer_list<turnout::field_line>{
///          {"Host", "a"}, {"Connection", "upgrade"}, {"Upgrade", "websocket"},
///          {"Sec-WebSocket-Version", "13"}, {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}})
///   seen.see(name, value);
/// const auto verdict = turnout::examine_request(seen, spoken);
/// const auto asked = turnout::websocket::offer::read(verdict.offer);
/// assert(asked && asked->origin().empty() && asked->subprotocols().empty());
/// std::array<char, 256> out;
/// const auto written = turnout::write_switch(*asked->agree(), false, {}, out);
/// assert(written->ends_with("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
/// ```
using offer = basic_offer<field::sec_websocket_protocol>;

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
