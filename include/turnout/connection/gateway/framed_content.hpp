// DATA of a declined request, as an HTTP/1.1 client gets it: RFC 9112 section 6.
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

/// How much of the content is still to come, and its framing: a length, or chunks.
class framed_content {
 public:
  /// The size of the longest line before a chunk.
  static constexpr std::size_t room = forwarding::forwarded_content::max_line;

  /// No content.
  constexpr framed_content() = default;
  /// Content at its beginning.
  constexpr explicit framed_content(const framing& how) noexcept : how_{how} {}

  /// True if it has ended.
  constexpr bool ended() const noexcept { return how_.ends_at_once(); }

  /// Appends DATA.
  ///
  /// Takes     line: of at least `room` octets
  /// Fails     bad_content_length for more octets than Content-Length says
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
  /// Fails     incomplete for fewer octets than Content-Length says
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
