// Extensions that this side writes, stored as text for a request or terms to view.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"

namespace turnout {
inline namespace v0 {
namespace websocket {

/// Storage for the value of Sec-WebSocket-Extensions, written element by element.
///
/// Takes     `Capacity`: how many octets fit; permessage-deflate takes up to 128
///
/// ```cpp
/// namespace deflate = turnout::websocket::permessage_deflate;
/// turnout::websocket::written_extensions<> offers;
/// assert(offers.add(deflate::offer{.client_max_window_bits = deflate::bare}));
/// assert(offers.text() == "permessage-deflate; client_max_window_bits");
/// ```
template <std::size_t Capacity = 512>
class written_extensions {
 public:
  /// No extensions.
  constexpr written_extensions() = default;

  /// Appends one element, or the elements of a list.
  ///
  /// Takes     one: has `put(writer&)`, like an extension, a list of extensions, or the types of
  ///           permessage-deflate
  /// Fails     no_space with the capacity needed; unwritable if the element is not an extension;
  ///           the failures of the element
  /// Changes   nothing when it fails
  template <class Element>
  constexpr result<void> add(const Element& one) noexcept(turnout::detail::puts_nothrow<Element>) {
    const auto put = [&one, begun = size_ > 0](writer& to) {
      one.put(turnout::detail::separated{to, begun}.next());
    };
    const auto written = write_whole(span<char>{octets_}.subspan(size_), put);
    if (written.error().code == errc::no_space)
      return failure{errc::no_space, size_ + written.error().at};
    if (!written) return written.error();
    if (!parse(*written)) return failure{errc::unwritable, 0};
    size_ += written->size();
    return {};
  }

  /// The text so far.
  ///
  /// Borrows   this object
  constexpr std::string_view text() const& noexcept { return {octets_.data(), size_}; }
  constexpr std::string_view text() const&& = delete;

  /// The extensions, for a request or for terms.
  ///
  /// Borrows   this object, which must not change or be destroyed
  constexpr field::sec_websocket_extensions list() const& noexcept { return *parse(text()); }
  constexpr field::sec_websocket_extensions list() const&& = delete;

  /// True if both have the same text.
  friend constexpr bool operator==(const written_extensions& one,
                                   const written_extensions& other) noexcept {
    return one.text() == other.text();
  }

 private:
  static constexpr result<field::sec_websocket_extensions> parse(std::string_view text) noexcept {
    return field::sec_websocket_extensions::parse(text, SIZE_MAX);
  }

  std::array<char, Capacity> octets_{};
  std::size_t size_ = 0;
};

}  // namespace websocket
}  // namespace v0
}  // namespace turnout
