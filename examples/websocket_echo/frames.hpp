// WebSocket messages over a stream: wslay turns octets into frames and back.
// Only a turnout::switched opens them, so that no frame goes out before the switch.
#pragma once

#include <wslay/wslay.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>

#include "stream.hpp"

class frames {
 public:
  enum class side { server, client };
  using receiver = std::function<void(frames&, std::uint8_t opcode, std::string_view message)>;

  /// Takes over a connection that speaks `websocket`; its first octets are among unread().
  frames(side which, stream& connection, const turnout::switched&, receiver on_message)
      : connection_{connection}, on_message_{std::move(on_message)} {
    const wslay_event_callbacks callbacks{.recv_callback = give,
                                          .send_callback = send,
                                          .genmask_callback = mask,
                                          .on_frame_recv_start_callback = nullptr,
                                          .on_frame_recv_chunk_callback = nullptr,
                                          .on_frame_recv_end_callback = nullptr,
                                          .on_msg_recv_callback = message};
    const auto begin =
        which == side::server ? wslay_event_context_server_init : wslay_event_context_client_init;
    if (begin(&context_, &callbacks, this) != 0) throw std::bad_alloc{};
  }
  frames(const frames&) = delete;
  frames& operator=(const frames&) = delete;
  ~frames() { wslay_event_context_free(context_); }

  /// Sends a message. It goes out at once, before a close that was read behind what it answers.
  void send(std::uint8_t opcode, std::string_view text) {
    const wslay_event_msg queued{opcode, octets(text), text.size()};
    wslay_event_queue_msg(context_, &queued);
    wslay_event_send(context_);
  }

  /// Queues the frame that begins the end.
  void close() { wslay_event_queue_close(context_, WSLAY_CODE_NORMAL_CLOSURE, nullptr, 0); }

  /// Receives and sends until both sides have closed; false if the connection broke before.
  bool run() {
    for (;;) {
      if (wslay_event_recv(context_) != 0 || wslay_event_send(context_) != 0) return false;
      if (wslay_event_want_read(context_) == 0) return wslay_event_want_write(context_) == 0;
      if (!connection_.read_more()) return false;
    }
  }

 private:
  static const std::uint8_t* octets(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
  }

  static ssize_t give(wslay_event_context_ptr context, std::uint8_t* out, std::size_t room, int,
                      void* self) {
    stream& connection = static_cast<frames*>(self)->connection_;
    const std::string_view unread = connection.unread();
    if (unread.empty()) {
      wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
      return -1;
    }
    const std::size_t size = std::min(room, unread.size());
    std::copy_n(unread.begin(), size, out);
    connection.keep(unread.substr(size));
    return static_cast<ssize_t>(size);
  }

  static ssize_t send(wslay_event_context_ptr context, const std::uint8_t* data, std::size_t size,
                      int, void* self) try {
    static_cast<frames*>(self)->connection_.write({reinterpret_cast<const char*>(data), size});
    return static_cast<ssize_t>(size);
  } catch (const std::exception&) {
    wslay_event_set_error(context, WSLAY_ERR_CALLBACK_FAILURE);
    return -1;
  }

  // Masks are to be unpredictable (RFC 6455 section 10.3).
  static int mask(wslay_event_context_ptr, std::uint8_t* out, std::size_t size, void*) {
    std::random_device random;
    std::generate_n(out, size, [&random] { return static_cast<std::uint8_t>(random()); });
    return 0;
  }

  static void message(wslay_event_context_ptr, const wslay_event_on_msg_recv_arg* received,
                      void* self) {
    if (wslay_is_ctrl_frame(received->opcode)) return;
    frames& here = *static_cast<frames*>(self);
    here.on_message_(here, received->opcode,
                     {reinterpret_cast<const char*>(received->msg), received->msg_length});
  }

  wslay_event_context_ptr context_ = nullptr;
  stream& connection_;
  receiver on_message_;
};
