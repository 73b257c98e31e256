// Octets to send, in parts, as for writev().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/message/forwarded_content.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// The octets to send, in order: a range of at most three views, none of them empty.
///
/// Borrows   the octets
class octet_parts {
 public:
  /// Nothing to send.
  constexpr octet_parts() = default;

  /// Appends a part, unless it is empty. There is room for three.
  constexpr void add(std::string_view part) noexcept {
    if (!part.empty() && count_ < parts_.size()) parts_[count_++] = part;
  }

  /// Appends content as it is forwarded.
  ///
  /// Takes     line: room for forwarded_content::max_line octets, for the line before a chunk
  /// Borrows   the octets of the content, and `line`
  constexpr void add(const forwarding::forwarded_content& content, span<char> line) noexcept {
    const std::string_view before = content.before();
    std::char_traits<char>::copy(line.data(), before.data(), before.size());
    add(octets_at(line.data(), before.size()));
    add(content.octets());
    add(content.after());
  }

  /// The first part.
  constexpr const std::string_view* begin() const noexcept { return parts_.data(); }
  /// After the last part.
  constexpr const std::string_view* end() const noexcept { return parts_.data() + count_; }
  /// True if there is nothing to send.
  constexpr bool empty() const noexcept { return count_ == 0; }

 private:
  std::array<std::string_view, 3> parts_{};
  std::uint8_t count_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
