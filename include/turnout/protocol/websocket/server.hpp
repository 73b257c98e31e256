// The server's side of the WebSocket opening handshake: RFC 6455 section 4.2.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/explain.hpp"
#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_accept.hpp"
#include "turnout/field/sec_websocket_key.hpp"
#include "turnout/field/sec_websocket_version.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/refusal.hpp"
#include "turnout/protocol/websocket/accept.hpp"
#include "turnout/protocol/websocket/deflate.hpp"
#include "turnout/protocol/websocket/deflate_server.hpp"
#include "turnout/protocol/websocket/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

namespace detail {

inline constexpr field_line spoken_versions[] = {{"Sec-WebSocket-Version", "13"}};

}  // namespace detail

/// An agreement to switch to `websocket`: it adds Sec-WebSocket-Accept to the 101, and what was
/// chosen. Only websocket::offer makes one.
///
/// Borrows   the server's list of profiles, and what the terms view
class agreement : public turnout::agreement {
 public:
  /// Agreement on nothing, which nobody accepts.
  constexpr agreement() = default;

  /// Puts Sec-WebSocket-Accept, and the subprotocol and the extensions if there are any.
  ///
  /// Rule      RFC 6455 section 4.2.2, item 5; the extensions are written on one line (section
  ///           11.3.2)
  constexpr void put_fields(writer& to) const noexcept {
    to.put("Sec-WebSocket-Accept: ");
    accept_.put(to);
    to.put("\r\n");
    if (!terms_.subprotocol.empty())
      field_line{"Sec-WebSocket-Protocol", terms_.subprotocol}.put(to);
    if (terms_.extensions.empty() && !deflate_.terms.in_use) return;
    to.put("Sec-WebSocket-Extensions: ");
    turnout::detail::separated lists{to};
    if (deflate_.terms.in_use) deflate_.element.put(lists.next());
    if (!terms_.extensions.empty()) terms_.extensions.put(lists.next());
    to.put("\r\n");
  }

  /// The refusal that a failure to agree calls for: 426 with Upgrade for a version that is not
  /// spoken, else status_for(code); with everything about the version, the version spoken.
  ///
  /// Rule      RFC 6455 sections 4.2.2, item 4, and 4.4
  static constexpr refusal refusal_for(errc code, span<const turnout::profile> = {}) noexcept {
    refusal answer = turnout::refusal_for(code, {&profile, 1});
    if (code == errc::missing_websocket_version || code == errc::repeated_websocket_version ||
        code == errc::bad_websocket_version || code == errc::unsupported_websocket_version)
      answer.fields = detail::spoken_versions;
    return answer;
  }

  /// What was chosen, without what compress_with() adds.
  constexpr const terms& chosen() const noexcept { return terms_; }
  /// How messages are compressed; in_use is false where they are not.
  constexpr const permessage_deflate::agreed& deflate() const noexcept { return deflate_.terms; }

  /// Adds what the server makes of the offers of permessage-deflate: it applies before the other
  /// extensions.
  constexpr void compress_with(const permessage_deflate::answer& chosen) noexcept {
    deflate_ = chosen;
  }

 private:
  template <class>
  friend class basic_offer;
  /// Agrees in place: copied as a whole, what was just written would be waited for.
  TURNOUT_INLINE constexpr void fill(const turnout::agreement& agreed,
                                     const field::sec_websocket_key& key,
                                     const terms& chosen) noexcept {
    static_cast<turnout::agreement&>(*this) = agreed;
    accept_ = accept_for(key);
    terms_ = chosen;
  }

  field::sec_websocket_accept accept_;
  terms terms_;
  permessage_deflate::answer deflate_;
};

/// A request to switch to `websocket` that passed every check of RFC 6455 section 4.2.1.
///
/// Takes     `Subprotocols`: the list that Sec-WebSocket-Protocol is: websocket::offer has that of
///           RFC 6455, other peers may have one of their own
/// Borrows   what it was read from: the generic offer's facts and the request's octets
template <class Subprotocols>
class basic_offer {
 public:
  /// No offer.
  constexpr basic_offer() = default;

  /// Checks what RFC 6455 demands of the request beyond the rules of Upgrade.
  ///
  /// Rule      RFC 6455 sections 4.2.1, 9.1 and 11.3
  /// Takes     offered: what examine_request() or a handshake found; max_elements: of each list
  /// Fails     foreign_agreement if it has no `websocket`; missing_websocket_version,
  ///           repeated_websocket_version, bad_websocket_version, unsupported_websocket_version;
  ///           missing_websocket_key, repeated_websocket_key, bad_websocket_key;
  ///           bad_websocket_protocol, repeated_subprotocol; bad_websocket_extensions;
  ///           repeated_origin; too_many_elements. `at` counts octets of the field's value. What
  ///           to answer is in refusal_for()
  /// Borrows   from `offered`, its facts and the request's octets
  static constexpr result<basic_offer> read(
      const turnout::offer& offered,
      std::size_t max_elements = grammar::default_list_elements) noexcept {
    return result<basic_offer>::filled(
        [&](basic_offer& checked) { return checked.fill(offered, max_elements); });
  }

  /// The client's key.
  constexpr const field::sec_websocket_key& key() const noexcept { return key_; }
  /// The subprotocols offered, most preferred first; may be empty.
  constexpr const Subprotocols& subprotocols() const noexcept { return subprotocols_; }
  /// The extensions offered, most preferred first; may be empty.
  constexpr const field::sec_websocket_extensions& extensions() const noexcept {
    return extensions_;
  }
  /// The value of Origin, for the caller to check; empty if there is none, as from programs that
  /// are no browsers (RFC 6455 section 10.2).
  constexpr std::string_view origin() const noexcept { return origin_; }

  /// The subprotocol that both sides speak and that comes first in one side's order.
  ///
  /// Takes     spoken: the server's subprotocols, most preferred first
  /// Returns   a member of `spoken`; an empty view for none, which RFC 6455 section 4.2.2 allows
  /// Costs     the product of both numbers, which a limit bounds
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
      if (kept) made.fill(agreed_, key_, chosen);
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
    return key_.assign(keys.first());
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
    // What browsers send is judged when this is compiled.
    constexpr std::string_view usual = "permessage-deflate; client_max_window_bits";
    constexpr auto judged = field::sec_websocket_extensions::parse(usual);
    if (!turnout::detail::optimized_for_size && max_elements > 0 && lines.first() == usual &&
        !lines.has_second()) {
      extensions_ = judged->moved_to(lines.first());
      return {};
    }
    const auto list = field::sec_websocket_extensions::parse(lines, max_elements);
    if (list) extensions_ = *list;
    return list.error();
  }

  turnout::agreement agreed_;
  field::sec_websocket_key key_;
  Subprotocols subprotocols_;
  field::sec_websocket_extensions extensions_;
  std::string_view origin_;
};

/// A request for `websocket` as RFC 6455 has it.
using offer = basic_offer<field::sec_websocket_protocol>;

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
