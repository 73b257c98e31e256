// HTTP/2 as header lists and DATA of streams: nghttp2 has the frames and the header compression.
#pragma once

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <turnout/protocol.hpp>
#include <utility>
#include <vector>

/// A header list that owns its octets.
class owned_list {
 public:
  void add(std::string_view name, std::string_view value) { lines_.emplace_back(name, value); }
  std::vector<turnout::field_line> views() const {
    std::vector<turnout::field_line> all;
    for (const auto& [name, value] : lines_) all.push_back({name, value});
    return all;
  }

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

/// Who is told what comes on a stream.
class stream_user {
 public:
  virtual ~stream_user() = default;
  virtual void took_list(owned_list list) = 0;
  virtual void took_data(std::string_view octets) = 0;
  virtual void stream_ended() = 0;
  virtual void stream_reset() = 0;
  /// All that was to be sent on the stream has gone to nghttp2.
  virtual void stream_drained() = 0;
};

/// One side of an HTTP/2 connection, without a socket.
class http2 {
 public:
  /// Makes who is told about a stream that the client has opened.
  using factory = std::function<std::shared_ptr<stream_user>(std::int32_t stream)>;

  /// Takes     on_stream: of a server; none for a client
  explicit http2(factory on_stream = {}) : on_stream_{std::move(on_stream)} {
    nghttp2_session_callbacks* made = nullptr;
    check(nghttp2_session_callbacks_new(&made));
    const std::unique_ptr<nghttp2_session_callbacks, closer> callbacks{made};
    nghttp2_session_callbacks_set_on_header_callback(made, take_line);
    nghttp2_session_callbacks_set_on_frame_recv_callback(made, take_frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, take_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(made, close_stream);
    nghttp2_option* how = nullptr;
    check(nghttp2_option_new(&how));
    const std::unique_ptr<nghttp2_option, closer> options{how};
    // DATA that is held back uses up the stream's window, which bounds it.
    nghttp2_option_set_no_auto_window_update(how, 1);
    nghttp2_session* session = nullptr;
    check(on_stream_ ? nghttp2_session_server_new2(&session, made, this, how)
                     : nghttp2_session_client_new2(&session, made, this, how));
    session_.reset(session);
    const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 10000},
                                               {NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1}};
    check(nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings, on_stream_ ? 2 : 1));
    check(nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, 1 << 24));
  }
  http2(const http2&) = delete;
  http2& operator=(const http2&) = delete;

  /// Takes octets that were read; false if they can't be HTTP/2.
  bool receive(std::string_view octets) {
    const auto* const from = reinterpret_cast<const std::uint8_t*>(octets.data());
    return nghttp2_session_mem_recv(session_.get(), from, octets.size()) >= 0;
  }

  /// The octets that are to be sent, as many as there are.
  std::string take_output() {
    std::string all;
    const std::uint8_t* octets = nullptr;
    for (;;) {
      const auto size = nghttp2_session_mem_send(session_.get(), &octets);
      if (size <= 0) return all;
      all.append(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
    }
  }

  /// Opens a stream with a request; returns its number.
  std::int32_t open(std::span<const turnout::field_line> list, std::shared_ptr<stream_user> user) {
    const auto lines = nghttp2_lines(list);
    const nghttp2_data_provider data{.source = {}, .read_callback = give_data};
    const auto id = check(nghttp2_submit_request(session_.get(), nullptr, lines.data(),
                                                 lines.size(), &data, nullptr));
    streams_[id].user = std::move(user);
    return id;
  }

  /// Sends the header list of a response.
  void respond(std::int32_t id, std::span<const turnout::field_line> list) {
    const auto lines = nghttp2_lines(list);
    const nghttp2_data_provider data{.source = {}, .read_callback = give_data};
    if (list.front().value.starts_with('1'))
      nghttp2_submit_headers(session_.get(), NGHTTP2_FLAG_NONE, id, nullptr, lines.data(),
                             lines.size(), nullptr);
    else
      nghttp2_submit_response(session_.get(), id, lines.data(), lines.size(), &data);
  }

  /// Sends DATA, or the end of the stream.
  void send(std::int32_t id, std::string_view octets, bool end) {
    const auto found = streams_.find(id);
    if (found == streams_.end()) return;
    found->second.unsent += octets;
    found->second.ends = found->second.ends || end;
    nghttp2_session_resume_data(session_.get(), id);
  }

  void reset(std::int32_t id, std::uint32_t code) {
    if (const auto found = streams_.find(id); found != streams_.end()) found->second.user = nullptr;
    nghttp2_submit_rst_stream(session_.get(), NGHTTP2_FLAG_NONE, id, code);
  }

  /// Says that DATA of a stream was used: as much more may come.
  void consume(std::int32_t id, std::size_t size) {
    if (streams_.contains(id)) nghttp2_session_consume_stream(session_.get(), id, size);
  }

  /// How much waits on a stream.
  std::size_t unsent(std::int32_t id) const {
    const auto found = streams_.find(id);
    return found == streams_.end() ? 0 : found->second.unsent.size();
  }

  /// Forgets all streams, whose connection is lost.
  void lose_streams() {
    for (auto& [id, one] : std::exchange(streams_, {}))
      if (one.user) one.user->stream_reset();
  }

  /// What the server has said about extended CONNECT, and whether it has said anything.
  turnout::extended_connect::enable_connect_protocol allowed;
  bool has_settings = false;

 private:
  struct stream {
    std::shared_ptr<stream_user> user{};
    owned_list list{};
    std::string unsent{};
    bool ends = false;
  };
  struct closer {
    void operator()(nghttp2_session* one) const { nghttp2_session_del(one); }
    void operator()(nghttp2_session_callbacks* one) const { nghttp2_session_callbacks_del(one); }
    void operator()(nghttp2_option* one) const { nghttp2_option_del(one); }
  };

  static int check(int status) {
    if (status < 0) throw std::runtime_error{nghttp2_strerror(status)};
    return status;
  }
  static http2& of(void* self) { return *static_cast<http2*>(self); }
  static std::string_view text(const std::uint8_t* octets, std::size_t size) {
    return {reinterpret_cast<const char*>(octets), size};
  }

  /// nghttp2 copies what the lines view.
  static std::vector<nghttp2_nv> nghttp2_lines(std::span<const turnout::field_line> list) {
    const auto octets = [](std::string_view view) {
      return reinterpret_cast<std::uint8_t*>(const_cast<char*>(view.data()));
    };
    std::vector<nghttp2_nv> lines;
    for (const auto& [name, value] : list)
      lines.push_back(
          {octets(name), octets(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    return lines;
  }

  static int take_line(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                       std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                       std::uint8_t, void* self) {
    of(self).streams_[frame->hd.stream_id].list.add(text(name, name_size), text(value, value_size));
    return 0;
  }

  static int take_frame(nghttp2_session*, const nghttp2_frame* frame, void* self) {
    http2& here = of(self);
    if (frame->hd.type == NGHTTP2_SETTINGS && (frame->hd.flags & NGHTTP2_FLAG_ACK) == 0) {
      here.has_settings = true;
      for (std::size_t i = 0; i < frame->settings.niv; ++i) {
        const nghttp2_settings_entry& one = frame->settings.iv[i];
        if (!here.allowed.see(static_cast<std::uint64_t>(one.settings_id), one.value))
          return NGHTTP2_ERR_CALLBACK_FAILURE;
      }
    }
    const auto found = here.streams_.find(frame->hd.stream_id);
    if (found == here.streams_.end()) return 0;
    const bool is_list = frame->hd.type == NGHTTP2_HEADERS;
    if (is_list && !found->second.user && here.on_stream_)
      found->second.user = here.on_stream_(frame->hd.stream_id);
    const std::shared_ptr<stream_user> user = found->second.user;
    if (!user) return 0;
    if (is_list) user->took_list(std::exchange(found->second.list, {}));
    const bool may_end = is_list || frame->hd.type == NGHTTP2_DATA;
    if (may_end && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) user->stream_ended();
    return 0;
  }

  static int take_data(nghttp2_session* session, std::uint8_t, std::int32_t id,
                       const std::uint8_t* octets, std::size_t size, void* self) {
    nghttp2_session_consume_connection(session, size);
    const auto found = of(self).streams_.find(id);
    if (found == of(self).streams_.end() || !found->second.user) return 0;
    const std::shared_ptr<stream_user> user = found->second.user;
    user->took_data(text(octets, size));
    return 0;
  }

  static int close_stream(nghttp2_session*, std::int32_t id, std::uint32_t code, void* self) {
    const auto found = of(self).streams_.find(id);
    if (found == of(self).streams_.end()) return 0;
    const std::shared_ptr<stream_user> user = found->second.user;
    of(self).streams_.erase(found);
    if (user && code != NGHTTP2_NO_ERROR) user->stream_reset();
    return 0;
  }

  static ssize_t give_data(nghttp2_session*, std::int32_t id, std::uint8_t* to, std::size_t room,
                           std::uint32_t* flags, nghttp2_data_source*, void* self) {
    stream& one = of(self).streams_[id];
    if (one.unsent.empty() && !one.ends) return NGHTTP2_ERR_DEFERRED;
    const std::size_t size = std::min(room, one.unsent.size());
    std::memcpy(to, one.unsent.data(), size);
    one.unsent.erase(0, size);
    if (!one.unsent.empty()) return static_cast<ssize_t>(size);
    if (one.ends) *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (const std::shared_ptr<stream_user> user = one.user) user->stream_drained();
    return static_cast<ssize_t>(size);
  }

  factory on_stream_;
  std::map<std::int32_t, stream> streams_;
  std::unique_ptr<nghttp2_session, closer> session_;
};
