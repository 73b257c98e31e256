// The smallest WebSocket server: it sends back one frame at a time, without a copy. Programs that
// do more use a library, as examples/websocket_echo does.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// The answer to the first frame of an input.
struct frame_answer {
  std::size_t used = 0;       ///< size of the frame; 0 if a part of it is missing
  std::string_view output{};  ///< what to send
  bool closes = false;        ///< true if the connection ends after it
};

/// Answers a client's frame: data and close with the same, ping with pong (RFC 6455 section 5).
///
/// The payload is unmasked in place. The answer needs no mask, so it fits into the same bytes.
/// Takes `max_payload`: a larger frame gets a close with status code 1009.
inline frame_answer answer_frame(std::span<char> input, std::size_t max_payload) {
  using namespace std::string_view_literals;
  const auto octet = [input](std::size_t at) { return static_cast<std::uint8_t>(input[at]); };
  if (input.size() < 2) return {};
  const unsigned opcode = octet(0) & 0x0fu;
  const bool is_whole_message = (octet(0) & 0x80u) != 0;
  const bool is_masked = (octet(1) & 0x80u) != 0;
  std::size_t payload = octet(1) & 0x7fu;
  const std::size_t size_field = payload < 126 ? 0 : payload == 126 ? 2 : 8;
  const bool is_control = opcode >= 8;
  if (!is_masked || (octet(0) & 0x70u) != 0 || (opcode & 7u) > 2 ||
      (is_control && (!is_whole_message || size_field != 0)))
    return {input.size(), "\x88\x02\x03\xea"sv, true};  // 1002: protocol error

  const std::size_t mask = 2 + size_field;
  const std::size_t head = mask + 4;
  if (input.size() < head) return {};
  if (size_field != 0) payload = 0;
  for (std::size_t at = 2; at < mask; ++at) payload = payload << 8 | octet(at);
  if (payload > max_payload) return {input.size(), "\x88\x02\x03\xf1"sv, true};  // 1009: too big
  if (input.size() - head < payload) return {};

  for (std::size_t i = 0; i < payload; ++i)
    input[head + i] = static_cast<char>(input[head + i] ^ input[mask + i % 4]);
  if (opcode == 10) return {head + payload, {}, false};  // a pong
  const auto answer = input.subspan(4, head + payload - 4);
  std::copy_backward(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(mask),
                     input.begin() + static_cast<std::ptrdiff_t>(head));
  if (opcode == 9) answer[0] = static_cast<char>(0x8a);  // a ping
  answer[1] = static_cast<char>(answer[1] & 0x7f);
  return {head + payload, {answer.data(), answer.size()}, opcode == 8};
}
