// How much a peer may send around the content of a message. More is an error; nothing is truncated.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {

/// Limits of one recipient, checked while reading and not after buffering.
///
/// Rule      RFC 9112 section 3: support request lines of 8000 octets; section 2.2: skip at least
///           one empty line before a request; section 7.1.1: limit chunk extensions; RFC 9110
///           sections 5.4, 15.2 and 17.5. The limits of a head also apply to the trailer section
///
/// ```cpp
/// std::array<char, 1024> input;
/// const turnout::server_options options{.limits = turnout::limits::for_buffer(input.size())};
/// turnout::server_connection server{{}, options};
/// std::array<char, 512> out;
/// input.fill('a');  // a start line that does not end
/// const auto turn = server.advance({input.data(), input.size()}, out);
/// assert(turn.need == turnout::server_need::close && turn.output.starts_with("HTTP/1.1 414 "));
/// ```
struct limits {
  std::uint32_t head = 32768;            ///< octets of a whole head, with the empty line at its end
  std::uint32_t start_line = 8192;       ///< octets of a start line, without its CRLF
  std::uint32_t field_line = 16384;      ///< octets of a field line, without its CRLF
  std::uint16_t field_lines = 100;       ///< lines of one head
  std::uint16_t empty_lines = 1;         ///< empty lines before a request, which are skipped
  std::uint16_t list_elements = 64;      ///< elements of one list, empty ones included
  std::uint16_t interim_responses = 16;  ///< 1xx responses before the final one or the 101
  std::uint16_t chunk_line = 256;        ///< octets of the line before a chunk, without its CRLF
  std::uint16_t chunk_extensions = 4096;  ///< octets of all chunk extensions of one content

  /// The limits of a recipient that keeps all unread octets in a buffer: a head that does not fit
  /// fails as soon as the buffer is full.
  ///
  /// Takes     size: of the buffer, in octets
  /// Returns   the limits above, except that heads may be as long as the buffer, and lines half as
  ///           long
  static constexpr limits for_buffer(std::size_t size) noexcept {
    const auto least = [](std::size_t one, std::size_t other) { return one < other ? one : other; };
    limits fitting;
    fitting.head = static_cast<std::uint32_t>(least(size, UINT32_MAX));
    fitting.start_line = static_cast<std::uint32_t>(least(size / 2, fitting.start_line));
    fitting.field_line = static_cast<std::uint32_t>(least(size / 2, fitting.field_line));
    fitting.chunk_line = static_cast<std::uint16_t>(least(size / 2, fitting.chunk_line));
    return fitting;
  }

  friend constexpr bool operator==(const limits&, const limits&) = default;
};

}  // namespace v0
}  // namespace turnout
