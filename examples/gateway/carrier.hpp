// HTTP/2 over a socket of Asio, perhaps one of TLS.
#pragma once

#include <array>
#include <asio.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "http2.hpp"

/// What tunnels need of the connection that carries their streams.
class carrier {
 public:
  explicit carrier(http2::factory on_stream = {}) : session{std::move(on_stream)} {}
  virtual ~carrier() = default;
  carrier(const carrier&) = delete;
  carrier& operator=(const carrier&) = delete;

  /// Sends soon what the session has to send.
  virtual void flush() = 0;

  http2 session;
};

/// The same, over a stream of Asio.
template <class Stream>
class carrier_of : public carrier, public std::enable_shared_from_this<carrier_of<Stream>> {
 public:
  explicit carrier_of(Stream stream, http2::factory on_stream = {})
      : carrier{std::move(on_stream)}, stream_{std::move(stream)} {}

  /// Reads until the connection ends.
  ///
  /// Takes     on_settings: is called once the other side has sent its settings
  void start(std::function<void()> on_settings = {}) {
    on_settings_ = std::move(on_settings);
    flush();
    read();
  }

  void flush() override {
    if (flushing_) return;
    flushing_ = true;
    asio::post(stream_.get_executor(), [self = this->shared_from_this()] { self->write(); });
  }

 private:
  void read() {
    stream_.async_read_some(asio::buffer(input_), [self = this->shared_from_this()](
                                                      asio::error_code why, std::size_t size) {
      if (why || !self->session.receive({self->input_.data(), size})) return self->lose();
      if (self->session.has_settings)
        if (const auto call = std::exchange(self->on_settings_, {})) call();
      self->flush();
      self->read();
    });
  }

  void write() {
    output_ = session.take_output();
    flushing_ = !output_.empty();
    if (!flushing_) return;
    asio::async_write(stream_, asio::buffer(output_),
                      [self = this->shared_from_this()](asio::error_code why, std::size_t) {
                        if (why) return self->lose();
                        self->write();
                      });
  }

  void lose() {
    asio::error_code ignored;
    stream_.lowest_layer().close(ignored);
    session.lose_streams();
  }

  Stream stream_;
  std::array<char, 16384> input_{};
  std::string output_;
  std::function<void()> on_settings_;
  bool flushing_ = false;
};
