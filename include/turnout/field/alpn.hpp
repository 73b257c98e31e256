// ALPN, the protocols that a client wants to speak in a tunnel: RFC 7639.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/octet.hpp"
#include "turnout/grammar/percent.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// The most octets that the name of an application protocol may have: RFC 7301 section 3.1.
inline constexpr std::size_t max_protocol_name = 255;

namespace detail {

/// True for octets that a protocol-id does not percent-encode.
constexpr bool is_plain_in_protocol_id(char octet) noexcept {
  return octet != '%' && grammar::is_tchar(octet);
}

}  // namespace detail

/// The name of one application protocol, percent-encoded in its only spelling.
///
/// Borrows   the octets it was read from
class protocol_id {
 public:
  /// The empty name, which is no protocol's.
  constexpr protocol_id() = default;

  /// Reads the name at the front of `octets`.
  ///
  /// Grammar   protocol-id = token, RFC 7639 section 2.2
  /// Rule      "%" and octets other than tchar are percent-encoded in upper case, and no others:
  ///           each name has one spelling, so that spellings can be compared; a name has 1 to 255
  ///           octets (RFC 7301 section 3.1)
  /// Fails     bad_alpn at the octet at fault, at the end of the token if a digit is missing, at a
  ///           "%" that encodes an octet without need, or where the 256th octet begins
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<protocol_id>> parse_prefix(
      std::string_view octets) noexcept {
    const std::string_view text = turnout::detail::front_of(octets, grammar::token_size(octets));
    if (text.empty()) return failure{errc::bad_alpn, 0};
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size(); ++size) {
      if (size == max_protocol_name) return failure{errc::bad_alpn, at};
      if (text[at] != '%') {
        ++at;
        continue;
      }
      const auto octet = grammar::parse_percent_encoded(turnout::detail::rest_of(text, at),
                                                        grammar::upper_case_digits);
      if (!octet) return failure{errc::bad_alpn, at + octet.error().at};
      if (detail::is_plain_in_protocol_id(static_cast<char>(*octet)))
        return failure{errc::bad_alpn, at};
      at += grammar::percent_encoded_size;
    }
    return grammar::parsed_prefix<protocol_id>{protocol_id{text}, text.size()};
  }

  /// How many octets the name has.
  constexpr std::size_t size() const noexcept {
    std::size_t octets = 0;
    for (std::size_t at = 0; at < text_.size(); ++octets) (void)take(at);
    return octets;
  }

  /// The name as it is written.
  ///
  /// Borrows   from the octets it was read from
  constexpr std::string_view text() const noexcept { return text_; }

  /// Puts the decoded octets of the name.
  constexpr void put_name(writer& to) const noexcept {
    for (std::size_t at = 0; at < text_.size();) to.put(take(at));
  }

  /// Puts the name as it is written.
  constexpr void put(writer& to) const noexcept { to.put(text_); }

  /// True if the octets are those of `name`.
  ///
  /// Rule      names are octets, compared exactly: RFC 7301 section 3.1
  friend constexpr bool operator==(const protocol_id& one, std::string_view name) noexcept {
    std::size_t at = 0;
    for (const char octet : name)
      if (at == one.text_.size() || one.take(at) != octet) return false;
    return at == one.text_.size();
  }

  /// True if both are the same name: each has only one spelling.
  friend constexpr bool operator==(const protocol_id&, const protocol_id&) = default;

 private:
  constexpr explicit protocol_id(std::string_view text) noexcept : text_{text} {}

  /// The octet of the name that is written at `at`; moves `at` after it.
  constexpr char take(std::size_t& at) const noexcept {
    if (text_[at] != '%') return text_[at++];
    const auto octet = grammar::parse_percent_encoded(turnout::detail::rest_of(text_, at),
                                                      grammar::upper_case_digits);
    at += grammar::percent_encoded_size;
    return static_cast<char>(*octet);
  }

  std::string_view text_;  // a token, checked
};

/// The value of ALPN: names in the order of the client's preference. All of them may be unknown: a
/// proxy does not refuse a tunnel because of an unknown name, and does not treat the field as a
/// permission (RFC 7639 section 2.3).
///
/// Grammar   ALPN = 1#protocol-id, RFC 7639 section 2.2
///
/// ```cpp
/// const auto names = turnout::field::alpn::parse("h2, http%2F1.1");
/// assert(names && names->size() == 2);
/// for (const auto& name : *names) assert(name == "h2" || name == "http/1.1");
/// ```
using alpn = grammar::list<protocol_id, 1, errc::bad_alpn>;

/// Puts the name of a protocol percent-encoded; fails with unwritable at 0 if it is empty, at 255
/// if it is longer than that.
constexpr void put_protocol_id(writer& to, std::string_view name) noexcept {
  if (name.empty()) to.fail({errc::unwritable, 0});
  if (name.size() > max_protocol_name) to.fail({errc::unwritable, max_protocol_name});
  for (const char octet : name) {
    if (detail::is_plain_in_protocol_id(octet))
      to.put(octet);
    else
      grammar::put_percent_encoded(to, octet, grammar::upper_case_digits);
  }
}

/// Puts names of protocols as the value of ALPN.
///
/// Takes     names: a range of views, most preferred first; for TLS in the tunnel, the names in the
///           ClientHello in the same order (RFC 7639 section 2.3)
/// Fails     unwritable; `at` is the index of the name that is empty or longer than 255 octets, or
///           0 if there is none
///
/// ```cpp
/// std::array<char, 32> out;
/// turnout::writer to{out};
/// turnout::field::put_alpn(to, std::initializer_list<std::string_view>{"h2", "http/1.1"});
/// assert(std::string_view(out.data(), to.size()) == "h2, http%2F1.1");
/// ```
template <class Names>
constexpr void put_alpn(writer& to, const Names& names) {
  turnout::detail::separated list{to};
  std::size_t index = 0;
  for (const std::string_view name : names) {
    if (name.empty() || name.size() > max_protocol_name) to.fail({errc::unwritable, index});
    put_protocol_id(list.next(), name);
    ++index;
  }
  if (index == 0) to.fail({errc::unwritable, 0});
}

}  // namespace field
}  // namespace v0
}  // namespace turnout
