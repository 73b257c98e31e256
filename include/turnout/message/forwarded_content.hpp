// Content as an intermediary forwards it, with new chunk framing: RFC 9112 section 7.1, decision
// D24.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/nothrow.hpp"
#include "turnout/message/framing.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

/// The octets to send for a piece of content, or for its end.
///
/// Rule      RFC 9112 section 7.1: chunks are framed again, since the coding applies to one
///           connection; their extensions and the trailer section are dropped (sections 7.1.1 and
///           7.1.2)
/// Borrows   the octets
class forwarded_content {
 public:
  /// The most octets that before() returns: the size of a chunk and CRLF.
  static constexpr std::size_t max_line = 18;

  /// Nothing to send.
  constexpr forwarded_content() = default;

  /// A piece.
  ///
  /// Takes     octets: at least one; as: the framing that the content is sent with
  /// Borrows   `octets`
  constexpr forwarded_content(std::string_view octets, framing_kind as) noexcept : octets_{octets} {
    if (as != framing_kind::chunked) return;
    behind_ = "\r\n";
    begin_ = sizeof line_;
    put_front('\n');
    put_front('\r');
    for (std::size_t left = octets.size(); left > 0; left >>= 4) put_front(digits[left & 15]);
  }

  /// The end of a content.
  static constexpr forwarded_content end(framing_kind as) noexcept {
    forwarded_content last;
    if (as == framing_kind::chunked) last.behind_ = "0\r\n\r\n";
    return last;
  }

  /// The octets of the content; none at the end.
  constexpr std::string_view octets() const noexcept { return octets_; }

  /// The octets to send before: the line with the size of a chunk, or nothing.
  ///
  /// Borrows   from this object
  constexpr std::string_view before() const& noexcept {
    return {line_ + begin_, sizeof line_ - begin_};
  }
  std::string_view before() const&& = delete;
  /// The octets to send after: the end of a chunk, the last chunk, or nothing.
  constexpr std::string_view after() const noexcept { return behind_; }

  /// Calls `take(octets)` for each part to send, in order.
  ///
  /// Borrows   from this object, until it is moved or destroyed
  template <class Take>
  constexpr void for_each_part(const Take& take) const
      noexcept(turnout::detail::never_throws<const Take&, std::string_view>) {
    const std::string_view parts[] = {before(), octets_, behind_};
    for (const std::string_view part : parts)
      if (!part.empty()) take(part);
  }

 private:
  static constexpr char digits[] = "0123456789abcdef";

  constexpr void put_front(char octet) noexcept { line_[--begin_] = octet; }

  std::string_view octets_;
  std::string_view behind_;
  char line_[max_line]{};  // the size of a chunk, at the end of the array
  std::size_t begin_ = sizeof line_;
};

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
