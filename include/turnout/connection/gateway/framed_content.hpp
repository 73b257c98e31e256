// DATA of a response that opens nothing, as an HTTP/1.1 client gets it: RFC 9112 section 6.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/connection/octet_parts.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/core/span.hpp"
#include "turnout/message/forwarded_content.hpp"
#include "turnout/message/framing.hpp"

namespace turnout {
inline namespace v0 {
namespace gateway {
namespace detail {

/// How much of the content is still to come, and how it is framed: with its length, or in chunks.
class framed_content {
 public:
  /// How much room the line before a chunk needs.
  static constexpr std::size_t room = forwarding::forwarded_content::max_line;

  /// No content.
  constexpr framed_content() = default;
  /// Content that begins.
  constexpr explicit framed_content(const framing& how) noexcept : how_{how} {}

  /// True if nothing more belongs to it.
  constexpr bool ended() const noexcept { return how_.ends_at_once(); }

  /// Appends DATA.
  ///
  /// Takes     line: of at least `room` octets
  /// Fails     bad_content_length for more than was said
  /// Borrows   `data` and `line`
  constexpr failure add(turnout::detail::octet_parts& to, std::string_view data,
                        span<char> line) noexcept {
    if (data.empty()) return {};
    if (how_.kind == framing_kind::length) {
      if (data.size() > how_.octets) return {errc::bad_content_length, 0};
      how_.octets -= data.size();
    }
    to.add(forwarding::forwarded_content{data, how_.kind}, line);
    return {};
  }

  /// Appends the end.
  ///
  /// Fails     incomplete for less than was said
  constexpr failure end(turnout::detail::octet_parts& to) noexcept {
    if (how_.kind == framing_kind::length) return {errc::incomplete, 0};
    to.add(forwarding::forwarded_content::end(how_.kind).after());
    how_ = {};
    return {};
  }

  friend constexpr bool operator==(const framed_content&, const framed_content&) = default;

 private:
  framing how_;
};

}  // namespace detail
}  // namespace gateway
}  // namespace v0
}  // namespace turnout
