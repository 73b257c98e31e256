// WebSocket messages over a stream: wslay converts octets to frames and back, and zlib compresses.
// They need a turnout::switched, so that no frame is sent before the switch.
#pragma once

#include <wslay/wslay.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <utility>

#include "deflate.hpp"
#include "stream.hpp"
#include "utf8.hpp"

class frames {
 public:
  enum class side { server, client };
  using receiver = std::function<void(frames&, std::uint8_t opcode, std::string_view message)>;
  using deflate_agreed = turnout::websocket::permessage_deflate::agreed;

  /// The largest message that is received, before and after decompression.
  static constexpr std::size_t max_message = std::size_t{16} << 20;

  /// Takes over a connection that was switched to `websocket`, and drops the octets before that.
  frames(side which, stream& connection, const turnout::switched& evidence,
         const deflate_agreed& agreed, receiver on_message)
      : connection_{connection}, on_message_{std::move(on_message)} {
    const wslay_event_callbacks callbacks{.recv_callback = give,
                                          .send_callback = take,
                                          .genmask_callback = mask,
                                          .on_frame_recv_start_callback = begin_frame,
                                          .on_frame_recv_chunk_callback = take_chunk,
                                          .on_frame_recv_end_callback = nullptr,
                                          .on_msg_recv_callback = end_message};
    const auto begin =
        which == side::server ? wslay_event_context_server_init : wslay_event_context_client_init;
    if (begin(&context_, &callbacks, this) != 0) throw std::bad_alloc{};
    // wslay would keep a record for each frame of a message, even a short one.
    wslay_event_config_set_no_buffering(context_, 1);
    wslay_event_config_set_max_recv_msg_length(context_, max_message);
    if (agreed.in_use) compress(which, agreed);
    connection_.keep(evidence.octets());
  }
  frames(const frames&) = delete;
  frames& operator=(const frames&) = delete;
  ~frames() { wslay_event_context_free(context_); }

  /// Sends a message, before the answer to a close that was read after it.
  void send(std::uint8_t opcode, std::string_view text) {
    if (deflater_)
      send_as(opcode, deflater_->compress(text), WSLAY_RSV1_BIT);
    else
      send_as(opcode, text, WSLAY_RSV_NONE);
  }

  /// Queues a close frame.
  void close() { wslay_event_queue_close(context_, WSLAY_CODE_NORMAL_CLOSURE, nullptr, 0); }

  /// Receives and sends until both sides have closed; false if the connection broke before that.
  task<bool> run() {
    for (;;) {
      if (wslay_event_recv(context_) != 0 || wslay_event_send(context_) != 0) co_return false;
      connection_.set_deadline(patience::idle);
      co_await connection_.write(std::exchange(unsent_, {}));
      if (wslay_event_want_read(context_) == 0) co_return wslay_event_want_write(context_) == 0;
      const bool more = co_await connection_.read_more();
      if (!more) co_return false;
    }
  }

 private:
  static frames& of(void* self) { return *static_cast<frames*>(self); }

  static const std::uint8_t* octets(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
  }

  static std::string_view text(const std::uint8_t* octets, std::size_t size) {
    return {reinterpret_cast<const char*>(octets), size};
  }

  void compress(side which, const deflate_agreed& agreed) {
    const deflate_terms server{agreed.server_window_bits, agreed.server_no_context_takeover};
    const deflate_terms client{agreed.client_window_bits, agreed.client_no_context_takeover};
    deflater_.emplace(which == side::server ? server : client);
    inflater_.emplace(which == side::server ? client : server);
    wslay_event_config_set_allowed_rsv_bits(context_, WSLAY_RSV1_BIT);
  }

  void send_as(std::uint8_t opcode, std::string_view payload, std::uint8_t rsv) {
    const wslay_event_msg queued{opcode, octets(payload), payload.size()};
    wslay_event_queue_msg_ex(context_, &queued, rsv);
    wslay_event_send(context_);
  }

  // Callbacks of wslay. No exception may leave these functions.

  static ssize_t give(wslay_event_context_ptr context, std::uint8_t* out, std::size_t room, int,
                      void* self) {
    stream& connection = of(self).connection_;
    const std::string_view unread = connection.unread();
    if (unread.empty()) {
      wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
      return -1;
    }
    const std::size_t size = std::min(room, unread.size());
    std::copy_n(unread.begin(), size, out);
    connection.drop(size);
    return static_cast<ssize_t>(size);
  }

  static ssize_t take(wslay_event_context_ptr context, const std::uint8_t* data, std::size_t size,
                      int, void* self) try {
    of(self).unsent_ += text(data, size);
    return static_cast<ssize_t>(size);
  } catch (const std::exception&) {
    wslay_event_set_error(context, WSLAY_ERR_CALLBACK_FAILURE);
    return -1;
  }

  // Masks must be unpredictable (RFC 6455 section 10.3).
  static int mask(wslay_event_context_ptr, std::uint8_t* out, std::size_t size, void*) {
    std::random_device random;
    std::generate_n(out, size, [&random] { return static_cast<std::uint8_t>(random()); });
    return 0;
  }

  static void begin_frame(wslay_event_context_ptr, const wslay_event_on_frame_recv_start_arg* frame,
                          void* self) {
    of(self).in_message_ = !wslay_is_ctrl_frame(frame->opcode);
  }

  static void take_chunk(wslay_event_context_ptr, const wslay_event_on_frame_recv_chunk_arg* chunk,
                         void* self) try {
    frames& here = of(self);
    if (!here.in_message_) return;
    if (chunk->data_length > max_message - here.message_.size())
      return here.fail(WSLAY_CODE_MESSAGE_TOO_BIG);
    here.message_ += text(chunk->data, chunk->data_length);
  } catch (const std::exception&) {
    of(self).fail(WSLAY_CODE_INTERNAL_SERVER_ERROR);
  }

  static void end_message(wslay_event_context_ptr, const wslay_event_on_msg_recv_arg* received,
                          void* self) try {
    frames& here = of(self);
    if (wslay_is_ctrl_frame(received->opcode) || here.failed_) return;
    const std::string message = std::exchange(here.message_, {});
    if (wslay_get_rsv1(received->rsv))
      here.take_compressed(received->opcode, message);
    else
      here.on_message_(here, received->opcode, message);
  } catch (const std::exception&) {
    of(self).fail(WSLAY_CODE_INTERNAL_SERVER_ERROR);
  }

  void take_compressed(std::uint8_t opcode, std::string_view payload) {
    std::string message;
    const inflating how = inflater_->decompress(payload, max_message, message);
    if (how == inflating::too_large) return fail(WSLAY_CODE_MESSAGE_TOO_BIG);
    const bool fine = opcode != WSLAY_TEXT_FRAME || is_utf8(message);
    if (how == inflating::broken || !fine) return fail(WSLAY_CODE_INVALID_FRAME_PAYLOAD_DATA);
    on_message_(*this, opcode, message);
  }

  /// Sends the reason, and reads no more (RFC 6455 section 7.1.7).
  void fail(std::uint16_t code) {
    failed_ = true;
    wslay_event_queue_close(context_, code, nullptr, 0);
    wslay_event_shutdown_read(context_);
  }

  wslay_event_context_ptr context_ = nullptr;
  std::optional<deflater> deflater_;  // both or neither is set
  std::optional<inflater> inflater_;
  stream& connection_;
  receiver on_message_;
  bool in_message_ = false;  // the current frame belongs to a message, and is not a control frame
  bool failed_ = false;
  std::string message_;  // received so far
  std::string unsent_;
};
