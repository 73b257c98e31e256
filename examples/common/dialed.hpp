// Shared by simple clients: a connection that waits at most 30 seconds, and the echo of one
// WebSocket message.
#pragma once

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// A connection, and its bytes that were read but not used. Reading and writing block.
class dialed {
 public:
  dialed(std::string_view host, std::string_view port) {
    stream_.expires_after(std::chrono::seconds{30});
    stream_.connect(std::string{host}, std::string{port});
    if (!stream_) throw std::runtime_error{stream_.error().message()};
    stream_.socket().set_option(asio::ip::tcp::no_delay{true});
  }

  std::string_view unread() const { return unread_; }
  void drop(std::size_t size) { unread_.erase(0, size); }

  /// Waits for more bytes. Returns false at the end of input, and when it waited too long.
  bool read_more() {
    if (stream_.peek() == std::char_traits<char>::eof()) return false;
    std::array<char, 4096> bytes;
    const std::streamsize size = stream_.readsome(bytes.data(), bytes.size());
    unread_.append(bytes.data(), static_cast<std::size_t>(size));
    return true;
  }

  /// If sending fails, reading the response finds out.
  void send(std::string_view bytes) { (stream_ << bytes).flush(); }

 private:
  asio::ip::tcp::iostream stream_;
  std::string unread_;
};

/// `Size` random bytes.
template <std::size_t Size>
std::array<std::uint8_t, Size> random_bytes() {
  std::random_device random;
  std::array<std::uint8_t, Size> bytes;
  std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<std::uint8_t>(random()); });
  return bytes;
}

/// A client's frame (RFC 6455 section 5.2) with at most 125 bytes.
inline std::string masked_frame(std::uint8_t opcode, std::string_view payload) {
  const auto mask = random_bytes<4>();
  std::string frame{static_cast<char>(0x80 | opcode), static_cast<char>(0x80 | payload.size())};
  for (const std::uint8_t octet : mask) frame += static_cast<char>(octet);
  for (std::size_t i = 0; i < payload.size(); ++i)
    frame += static_cast<char>(payload[i] ^ mask[i % 4]);
  return frame;
}

/// Sends a message of at most 125 bytes over an open WebSocket.
///
/// Returns   the payload of the echoed frame; nothing if there is none
inline std::string ask_echo(dialed& server, std::string_view message) {
  server.send(masked_frame(1, message));
  std::size_t size = 0;
  while (server.unread().size() < 2 + size) {
    if (!server.read_more()) return {};
    if (server.unread().size() >= 2) size = static_cast<std::uint8_t>(server.unread()[1]);
    if (size > 125) return {};
  }
  std::string echoed{server.unread().substr(2, size)};
  server.drop(2 + size);
  server.send(masked_frame(8, "\x03\xe8"));  // 1000: normal closure
  return echoed;
}
