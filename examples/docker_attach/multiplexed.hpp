// Two outputs over one stream, as the Docker API frames them: an octet that says which one, three
// zeros, the size in four octets, most significant first, and the octets themselves. The output of
// a terminal is one stream, without frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

inline constexpr std::string_view raw_stream = "application/vnd.docker.raw-stream";
inline constexpr std::string_view multiplexed_stream = "application/vnd.docker.multiplexed-stream";

enum class output : std::uint8_t { standard = 1, error = 2 };

inline constexpr std::size_t frame_head_size = 8;

/// A frame.
inline std::string frame_of(output which, std::string_view text) {
  std::string frame(4, '\0');
  frame[0] = static_cast<char>(which);
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>(text.size() >> shift);
  return frame.append(text);
}

/// The size of the text in a frame, from its first eight octets.
constexpr std::size_t text_size(std::string_view frame) {
  std::size_t size = 0;
  for (const char octet : frame.substr(4, 4)) size = size << 8 | static_cast<std::uint8_t>(octet);
  return size;
}
