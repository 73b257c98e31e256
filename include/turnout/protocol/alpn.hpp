// Application-Layer Protocol Negotiation, the list of names in a TLS handshake: RFC 7301 section 3.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/alpn.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/negotiation/offer.hpp"

namespace turnout {
inline namespace v0 {
namespace alpn {

/// A list of protocol names as in TLS, checked first, then read without failures. Names are opaque
/// octets, which are compared exactly; unknown ones are kept and ignored.
///
/// Borrows   the octets it was read from
class protocol_name_list {
 public:
  /// Finds the names in order.
  class reader {
   public:
    using value_type = std::string_view;

    /// After the last name.
    constexpr reader() = default;
    /// Before the first name in checked octets, after the length of the list.
    constexpr explicit reader(std::string_view octets) noexcept : rest_{octets} {}

    /// The current name.
    constexpr const std::string_view& here() const noexcept { return here_; }

    /// Goes to the next name.
    constexpr void next() noexcept {
      here_ = {};
      if (rest_.empty()) return;
      here_ = turnout::detail::part_of(rest_, 1, 1u + grammar::to_number(rest_.front()));
      rest_.remove_prefix(1 + here_.size());
    }

    /// True if both are at the same name of the same octets, or at the end.
    friend constexpr bool operator==(const reader& one, const reader& other) noexcept {
      return one.here_.data() == other.here_.data();
    }

   private:
    std::string_view rest_;
    std::string_view here_;
  };

  /// Iterates over the names in order; a forward iterator.
  using iterator = turnout::detail::walk<reader>;

  /// No names.
  constexpr protocol_name_list() = default;

  /// Reads the `extension_data` of application_layer_protocol_negotiation.
  ///
  /// Grammar   ProtocolNameList, RFC 7301 section 3.1: two octets with the length of all that
  ///           follows, then at least one name; each name follows one octet with its length, which
  ///           is not 0
  /// Fails     bad_protocol_names at the octet at fault, or at the size of `octets` if some are
  ///           missing
  /// Borrows   from `octets`
  static constexpr result<protocol_name_list> parse(std::string_view octets) noexcept {
    if (octets.size() < 2) return failure{errc::bad_protocol_names, octets.size()};
    const std::size_t end =
        2 + (std::size_t{grammar::to_number(octets[0])} << 8 | grammar::to_number(octets[1]));
    if (end > octets.size() || end == 2) return failure{errc::bad_protocol_names, octets.size()};
    if (end < octets.size()) return failure{errc::bad_protocol_names, end};
    for (std::size_t at = 2; at < end;) {
      const std::size_t size = grammar::to_number(octets[at]);
      if (size == 0) return failure{errc::bad_protocol_names, at};
      at += 1 + size;
      if (at > end) return failure{errc::bad_protocol_names, end};
    }
    protocol_name_list checked;
    checked.names_ = turnout::detail::rest_of(octets, 2);
    return checked;
  }

  /// At the first name, which the client prefers most.
  constexpr iterator begin() const noexcept { return iterator{reader{names_}}; }
  /// After the last name.
  constexpr iterator end() const noexcept { return iterator{}; }

  /// True if `name` is in the list.
  constexpr bool contains(std::string_view name) const noexcept {
    for (const std::string_view one : *this)
      if (one == name) return true;
    return false;
  }

  friend constexpr bool operator==(const protocol_name_list&, const protocol_name_list&) = default;

 private:
  std::string_view names_;  // each after its length
};

namespace detail {

/// The name of HTTP/2 without TLS, which is never used in TLS: RFC 7540 section 3.3.
inline constexpr std::string_view cleartext_http2 = "h2c";

constexpr void put_name(writer& to, std::string_view name) noexcept { to.put(name); }
constexpr void put_name(writer& to, const field::protocol_id& name) noexcept { name.put_name(to); }

}  // namespace detail

/// Puts a client's list.
///
/// Rule      a client does not send `h2c`, and a server does not select it, RFC 7540 section 3.3
/// Takes     names: a range of views, or an alpn, most preferred first
/// Fails     unwritable; `at` is the index of the name that is empty, longer than 255 octets, `h2c`
///           or beyond the 65535 octets of a list; 0 if there are no names
template <class Names>
constexpr void put_protocol_names(writer& to, const Names& names) {
  std::size_t size = 0;
  std::size_t index = 0;
  for (const auto& name : names) {
    size += 1 + name.size();
    const bool has_size = name.size() >= 1 && name.size() <= field::max_protocol_name;
    if (!has_size || size > 0xFFFF || name == detail::cleartext_http2)
      to.fail({errc::unwritable, index});
    ++index;
  }
  if (index == 0) to.fail({errc::unwritable, 0});
  to.put(static_cast<char>(size >> 8 & 0xFF));
  to.put(static_cast<char>(size & 0xFF));
  for (const auto& name : names) {
    to.put(static_cast<char>(name.size() & 0xFF));
    detail::put_name(to, name);
  }
}

/// Puts a server's answer, which is a list of one name; fails like put_protocol_names().
///
/// Rule      RFC 7301 section 3.1; both sides speak the selected protocol (section 3.2). The answer
///           belongs to the connection: a resumed session gets a new one.
constexpr void put_selected_protocol(writer& to, std::string_view name) noexcept {
  const std::string_view names[] = {name};
  put_protocol_names(to, names);
}

/// Selects the protocol to speak.
///
/// Rule      RFC 7301 section 3.2; `h2c` is never selected (RFC 7540 section 3.3)
/// Takes     offered: the client's names; spoken: the server's names, most preferred first
/// Returns   the first of `spoken` that the client offers
/// Fails     no_application_protocol at 0: answer with the fatal alert no_application_protocol,
///           120, and don't guess
/// Borrows   from `spoken`
///
/// ```cpp
/// static constexpr std::string_view spoken[] = {"h2", "http/1.1"};
/// const auto offered = turnout::alpn::protocol_name_list::parse({"\0\x0c\x02h2\x08http/1.1", 14});
/// assert(offered);
/// assert(*turnout::alpn::select_protocol(*offered, spoken, turnout::preference::server) == "h2");
/// ```
constexpr result<std::string_view> select_protocol(const protocol_name_list& offered,
                                                   span<const std::string_view> spoken,
                                                   preference order) noexcept {
  if (order == preference::server) {
    for (const std::string_view ours : spoken)
      if (ours != detail::cleartext_http2 && offered.contains(ours)) return ours;
  } else {
    for (const std::string_view theirs : offered)
      for (const std::string_view ours : spoken)
        if (ours == theirs && ours != detail::cleartext_http2) return ours;
  }
  return failure{errc::no_application_protocol, 0};
}

/// Reads a server's answer.
///
/// Rule      it has exactly one name, RFC 7301 section 3.1, which was offered
/// Takes     offered: what put_protocol_names() wrote
/// Returns   the name of the protocol for the rest of this connection
/// Fails     bad_protocol_names as protocol_name_list::parse() does; several_protocol_names where
///           the second name begins; protocol_name_not_offered where the name begins
/// Borrows   from `octets`
constexpr result<std::string_view> parse_selected_protocol(
    std::string_view octets, span<const std::string_view> offered) noexcept {
  const auto answer = protocol_name_list::parse(octets);
  if (!answer) return answer.error();
  const std::string_view name = *answer->begin();
  const std::size_t at = 3;  // after the lengths of list and name
  if (at + name.size() != octets.size())
    return failure{errc::several_protocol_names, at + name.size()};
  for (const std::string_view one : offered)
    if (one == name && name != detail::cleartext_http2) return name;
  return failure{errc::protocol_name_not_offered, at};
}

}  // namespace alpn
}  // namespace v0
}  // namespace turnout
