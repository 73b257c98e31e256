// HTTP/2 over a stream: nghttp2 converts octets to messages and back (RFC 9113).
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <turnout/protocol/h2c.hpp>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "message.hpp"
#include "stream.hpp"

using settings_payload = std::vector<std::uint8_t>;

/// The payload of the SETTINGS frame for the settings of a request (RFC 7540 section 3.2.1).
/// Nothing for settings that nghttp2 has no room for, or refuses because of a later RFC.
template <class Settings>
std::optional<settings_payload> payload_of(const Settings& settings) {
  std::vector<nghttp2_settings_entry> entries;
  for (const turnout::field::http2_setting& one : settings)
    entries.push_back({static_cast<std::int32_t>(one.id), one.value});
  if (entries.size() > NGHTTP2_DEFAULT_MAX_SETTINGS) return std::nullopt;
  settings_payload payload(6 * entries.size());
  const auto size =
      nghttp2_pack_settings_payload(payload.data(), payload.size(), entries.data(), entries.size());
  return size < 0 ? std::nullopt : std::optional{payload};
}

class http2 {
 public:
  enum class side { server, client };
  /// Called for each complete request or response.
  using receiver = std::function<void(http2&, std::int32_t stream, const message&)>;

  /// The first frame of a server: how much each client may make it keep (RFC 9113 section 6.5.2).
  static constexpr nghttp2_settings_entry server_settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100}};

  /// Takes over a connection whose other side speaks HTTP/2; its first octets are in unread(). A
  /// server sends its SETTINGS first. A client must call continue_request().
  http2(side which, stream& connection, receiver on_message)
      : which_{which},
        connection_{connection},
        on_message_{std::move(on_message)},
        session_{open(which, this)} {
    if (which == side::server)
      check(nghttp2_submit_settings(session_.get(), NGHTTP2_FLAG_NONE, server_settings,
                                    std::size(server_settings)));
  }
  http2(const http2&) = delete;
  http2& operator=(const http2&) = delete;

  /// Makes the request for the switch that of stream 1, whose client side has ended, applies its
  /// settings, and drops the octets before the switch. A client sends the settings again after its
  /// preface.
  void continue_request(const turnout::switched& evidence, const settings_payload& settings,
                        bool is_head) {
    connection_.keep(evidence.octets());
    check(nghttp2_session_upgrade2(session_.get(), settings.data(), settings.size(), is_head,
                                   nullptr));
  }

  /// Queues a request without content, on a new stream.
  void request(const message& asked) {
    const auto fields = fields_of(asked);
    check(nghttp2_submit_request(session_.get(), nullptr, fields.data(), fields.size(), nullptr,
                                 nullptr));
  }

  /// Queues the response to the request of a stream.
  void respond(std::int32_t stream, message response) {
    const auto fields = fields_of(response);
    nghttp2_data_provider content{.source = {}, .read_callback = give_content};
    check(nghttp2_submit_response(session_.get(), stream, fields.data(), fields.size(),
                                  response.content.empty() ? nullptr : &content));
    exchanges_[stream].unsent = std::move(response.content);
  }

  /// Queues the frame that ends the connection.
  void end() { check(nghttp2_session_terminate_session(session_.get(), NGHTTP2_NO_ERROR)); }

  /// Receives and sends until there is nothing more to do; false if the connection broke before
  /// that.
  task<bool> run() {
    for (;;) {
      connection_.set_deadline(patience::idle);
      const bool sent = co_await send();
      if (!sent) co_return false;
      if (nghttp2_session_want_read(session_.get()) == 0) co_return true;
      bool more = !connection_.unread().empty();
      if (!more) more = co_await connection_.read_more();
      if (!more || !receive()) co_return false;
    }
  }

 private:
  struct exchange {
    message received;
    std::string unsent;  ///< the remaining content of the response
  };
  struct closer {
    void operator()(nghttp2_session* session) const { nghttp2_session_del(session); }
    void operator()(nghttp2_session_callbacks* all) const { nghttp2_session_callbacks_del(all); }
  };
  using owned_session = std::unique_ptr<nghttp2_session, closer>;
  using owned_callbacks = std::unique_ptr<nghttp2_session_callbacks, closer>;

  static int check(int status) {
    if (status < 0) throw std::runtime_error{nghttp2_strerror(status)};
    return status;
  }

  static owned_session open(side which, http2* self) {
    nghttp2_session_callbacks* made = nullptr;
    check(nghttp2_session_callbacks_new(&made));
    const owned_callbacks callbacks{made};
    nghttp2_session_callbacks_set_on_header_callback(made, take_field);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, take_content);
    nghttp2_session_callbacks_set_on_frame_recv_callback(made, end_frame);
    nghttp2_session_callbacks_set_on_stream_close_callback(made, close_stream);
    const auto begin =
        which == side::server ? nghttp2_session_server_new : nghttp2_session_client_new;
    nghttp2_session* session = nullptr;
    check(begin(&session, made, self));
    return owned_session{session};
  }

  /// nghttp2 copies what the fields view.
  static std::vector<nghttp2_nv> fields_of(const message& from) {
    const auto octets = [](const std::string& text) {
      return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
    };
    std::vector<nghttp2_nv> fields;
    for (const auto& [name, value] : from.fields)
      fields.push_back(
          {octets(name), octets(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    return fields;
  }

  task<bool> send() {
    const std::uint8_t* octets = nullptr;
    for (;;) {
      const auto size = nghttp2_session_mem_send(session_.get(), &octets);
      if (size <= 0) co_return size == 0;
      co_await connection_.write(text(octets, static_cast<std::size_t>(size)));
    }
  }

  bool receive() {
    const std::string_view unread = connection_.unread();
    const auto used = nghttp2_session_mem_recv(
        session_.get(), reinterpret_cast<const std::uint8_t*>(unread.data()), unread.size());
    if (used < 0) return false;
    connection_.drop(static_cast<std::size_t>(used));
    return true;
  }

  std::size_t kept_content() const {
    std::size_t kept = 0;
    for (const auto& [stream, one] : exchanges_) kept += one.received.content.size();
    return kept;
  }

  static std::string_view text(const std::uint8_t* octets, std::size_t size) {
    return {reinterpret_cast<const char*>(octets), size};
  }

  // Callbacks of nghttp2. No exception may leave these functions.

  static http2& of(void* self) { return *static_cast<http2*>(self); }

  static int take_field(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                        std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                        std::uint8_t, void* self) try {
    message& received = of(self).exchanges_[frame->hd.stream_id].received;
    received.fields[std::string{text(name, name_size)}] = text(value, value_size);
    return 0;
  } catch (const std::exception&) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }

  static int take_content(nghttp2_session*, std::uint8_t, std::int32_t stream,
                          const std::uint8_t* octets, std::size_t size, void* self) try {
    http2& here = of(self);
    here.exchanges_[stream].received.take(text(octets, size), most_content - here.kept_content());
    return 0;
  } catch (const std::exception&) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }

  static int end_frame(nghttp2_session*, const nghttp2_frame* frame, void* self) try {
    const bool of_message = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
    if (!of_message || (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0) return 0;
    http2& here = of(self);
    here.on_message_(here, frame->hd.stream_id, here.exchanges_[frame->hd.stream_id].received);
    return 0;
  } catch (const std::exception&) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }

  /// If its stream was reset, a client waits for nothing more.
  static int close_stream(nghttp2_session* session, std::int32_t stream, std::uint32_t error,
                          void* self) {
    http2& here = of(self);
    here.exchanges_.erase(stream);
    if (here.which_ == side::server || error == NGHTTP2_NO_ERROR) return 0;
    return nghttp2_session_terminate_session(session, NGHTTP2_NO_ERROR);
  }

  static ssize_t give_content(nghttp2_session*, std::int32_t stream, std::uint8_t* out,
                              std::size_t room, std::uint32_t* flags, nghttp2_data_source*,
                              void* self) {
    std::string& unsent = of(self).exchanges_[stream].unsent;
    const std::size_t size = unsent.copy(reinterpret_cast<char*>(out), room);
    unsent.erase(0, size);
    if (unsent.empty()) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(size);
  }

  side which_;
  stream& connection_;
  receiver on_message_;
  std::map<std::int32_t, exchange> exchanges_;
  owned_session session_;
};
