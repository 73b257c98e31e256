// One stream of HTTP/2 and one connection of HTTP/1.1 with a gateway between them: the same for
// both directions.
#pragma once

#include <array>
#include <asio.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <turnout/protocol.hpp>
#include <utility>

#include "carrier.hpp"

inline constexpr turnout::profile spoken[] = {turnout::websocket::profile,
                                              turnout::connect_udp::profile};

/// Sends, does and drops what the turns of a gateway say.
template <class Gateway>
class tunnel : public stream_user, public std::enable_shared_from_this<tunnel<Gateway>> {
 public:
  tunnel(std::shared_ptr<carrier> carries, std::int32_t stream, asio::ip::tcp::socket socket)
      : carries_{std::move(carries)}, stream_{stream}, socket_{std::move(socket)} {}

  void took_data(std::string_view octets) override {
    input_[0] += octets;
    pump_soon();
  }
  void stream_ended() override {
    ended_[0] = true;
    pump_soon();
  }
  void stream_reset() override {
    stream_ = 0;
    take(gateway_.reset(side::stream, space()));
    pump_soon();
  }
  void stream_drained() override { pump_soon(); }

 protected:
  using side = turnout::gateway::side;
  using need = turnout::gateway::need;

  /// Room for what one turn writes. It is sent at once, so that all tunnels share it.
  static turnout::extended_connect::list_space space() {
    static std::array<turnout::field_line, 102> lines;
    static std::array<char, 33000> octets;
    return {lines, octets};
  }

  /// What only one direction has to do.
  virtual void act(const turnout::gateway::turn& now) = 0;
  virtual void send_list(std::span<const turnout::field_line> list) = 0;

  const std::string& unread(side from) const { return input_[static_cast<std::size_t>(from)]; }

  /// Prepares for the next stream.
  void begin_stream() {
    input_[0].clear();
    ended_[0] = false;
  }

  /// Goes on once nghttp2 has returned from what it does.
  void pump_soon() {
    if (std::exchange(pumping_, true)) return;
    asio::post(socket_.get_executor(), [self = this->shared_from_this()] {
      self->pumping_ = false;
      self->pump();
    });
  }

  void pump() {
    for (bool moved = true; moved && !closed_;) {
      moved = step(side::stream);
      moved = step(side::connection) || moved;
    }
    read();
    write();
    carries_->flush();
  }

  bool step(side from) {
    if (closed_) return false;
    // Until the connection takes more, the stream's window bounds what comes.
    if (from == side::stream && output_.size() >= most) return false;
    std::string& unread = input_[static_cast<std::size_t>(from)];
    const auto turn = ended_[static_cast<std::size_t>(from)]
                          ? gateway_.end_of_input(from, unread, space())
                          : gateway_.advance(from, unread, space());
    take(turn);
    unread.erase(0, turn.used);
    if (from == side::stream && turn.used > 0) carries_->session.consume(stream_, turn.used);
    act(turn);
    return !turn.is_idle();
  }

  /// Sends what a turn has to send.
  void take(const turnout::gateway::turn& turn) {
    if (!turn.list.empty()) send_list(turn.list);
    if (!turn.data.empty() || turn.end_stream)
      carries_->session.send(stream_, turn.data, turn.end_stream);
    if (turn.reset_stream != turnout::gateway::stream_error::none)
      carries_->session.reset(stream_, http_2_code(turn.reset_stream));
    for (const std::string_view part : turn.octets) output_ += part;
    ends_output_ = ends_output_ || turn.end_connection;
    resets_ = resets_ || turn.reset_connection;
    closed_ = turn.need == need::close;
    write();
  }

  /// Reads from the connection, as long as the stream takes it.
  void read() {
    if (!reads_ || reading_ || ended_[1] || closed_ || input_[1].size() >= most ||
        carries_->session.unsent(stream_) >= most)
      return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(piece_), [self = this->shared_from_this()](
                                                      asio::error_code why, std::size_t size) {
      self->reading_ = false;
      self->input_[1].append(self->piece_.data(), size);
      if (why == asio::error::eof) self->ended_[1] = true;
      if (why && why != asio::error::eof) self->lost();
      self->pump();
    });
  }

  void write() {
    if (writing_) return;
    if (resets_) return close();
    if (output_.empty()) {
      asio::error_code ignored;
      if (std::exchange(ends_output_, false))
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
      if (closed_) close();
      return;
    }
    writing_ = true;
    sent_ = std::exchange(output_, {});
    asio::async_write(socket_, asio::buffer(sent_),
                      [self = this->shared_from_this()](asio::error_code why, std::size_t) {
                        self->writing_ = false;
                        if (why) self->lost();
                        self->pump();
                      });
  }

  void lost() {
    ended_[1] = true;
    if (!closed_) take(gateway_.reset(side::connection, space()));
  }

  void close() {
    asio::error_code ignored;
    if (resets_) socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
    socket_.close(ignored);
  }

  std::shared_ptr<carrier> carries_;
  std::int32_t stream_;
  asio::ip::tcp::socket socket_;
  Gateway gateway_{spoken};
  bool reads_ = false;  // whether there is a connection

 private:
  static constexpr std::size_t most = 65536;  // how much may wait for either side

  std::string input_[2];  // of the stream and the connection: what was not used
  bool ended_[2]{};
  std::string output_;  // for the connection
  std::string sent_;
  std::array<char, 16384> piece_{};
  bool pumping_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool ends_output_ = false;
  bool resets_ = false;
  bool closed_ = false;
};
