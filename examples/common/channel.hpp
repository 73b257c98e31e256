// A TCP or TLS connection for programs that wait for one thing after the other. Each call has a
// time limit.
#pragma once

#include <array>
#include <asio.hpp>
#include <asio/ssl.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "url.hpp"

using milliseconds = std::chrono::milliseconds;

/// What is left of a time; less than nothing when it is over.
class countdown {
 public:
  explicit countdown(milliseconds time) : end_{std::chrono::steady_clock::now() + time} {}
  milliseconds left() const {
    return std::chrono::duration_cast<milliseconds>(end_ - std::chrono::steady_clock::now());
  }

 private:
  std::chrono::steady_clock::time_point end_;
};

class channel {
 public:
  /// The result of a read.
  enum class event { octets, end, late };

  channel() = default;
  ~channel() {
    close();
    context_.restart();
    context_.poll();
  }
  channel(const channel&) = delete;
  channel& operator=(const channel&) = delete;

  /// Connects to a server, with TLS if its URL says so.
  ///
  /// Throws asio::system_error if that fails or takes longer.
  ///
  /// Takes     trusts_any: whether to accept untrusted certificates
  void open(const url& to, bool trusts_any, milliseconds time) {
    asio::error_code error;
    asio::ip::tcp::resolver resolver{context_};
    const auto found = resolver.resolve(to.host, to.port, error);
    if (!error) error = connect(found, time);
    if (!error) become_prompt();
    if (!error && to.is_secure) error = secure(to.host, trusts_any, time);
    if (error) throw asio::system_error{error};
  }

  /// Accepts a connection; false if none comes in time.
  bool accept_from(asio::ip::tcp::acceptor& listener, milliseconds time) {
    const auto deadline = clock::now() + time;
    listener.non_blocking(true);
    for (asio::error_code error = asio::error::would_block; error;) {
      listener.accept(socket_, error);
      if (error && clock::now() > deadline) return false;
      if (error) wait(milliseconds{1});
    }
    become_prompt();
    return true;
  }

  std::string_view unread() const { return unread_; }
  void drop(std::size_t size) { unread_.erase(0, size); }
  std::string take_unread() { return std::exchange(unread_, {}); }

  /// True if a broken connection ended the input.
  bool is_broken() const { return ended_ && read_error_ != asio::error::eof; }

  /// Waits for more octets.
  event read_more(milliseconds time) {
    if (ended_) return event::end;
    if (!reading_) start_reading();
    run_until([this] { return !reading_; }, time);
    if (reading_) return event::late;
    return ended_ ? event::end : event::octets;
  }

  /// Sends all octets; false if the other side accepts no more.
  bool write(std::string_view octets, milliseconds time) {
    std::optional<asio::error_code> sent;
    const auto done = [&sent](asio::error_code error, std::size_t) { sent = error; };
    const auto all = asio::buffer(octets.data(), octets.size());
    tls_ ? asio::async_write(*tls_, all, done) : asio::async_write(socket_, all, done);
    run_until([&sent] { return sent.has_value(); }, time);
    if (sent) return !*sent;
    close();
    run_until([&sent] { return sent.has_value(); }, milliseconds{1000});
    return false;
  }

  /// Ends the output.
  void end_output() {
    asio::error_code gone;
    if (tls_) {
      tls_->async_shutdown([](asio::error_code) {});
      run_until([] { return false; }, milliseconds{20});
    }
    socket_.shutdown(socket_.shutdown_send, gone);
  }

  void close() {
    asio::error_code gone;
    socket_.close(gone);
  }

  /// Waits for some time.
  void wait(milliseconds time) {
    run_until([] { return false; }, time);
  }

 private:
  using clock = std::chrono::steady_clock;

  /// Runs the started operations until they are done, or the time is over.
  template <class Done>
  void run_until(const Done& done, milliseconds time) {
    const auto deadline = clock::now() + time;
    asio::steady_timer alarm{context_, deadline};
    alarm.async_wait([](asio::error_code) {});
    while (!done() && clock::now() < deadline) {
      context_.restart();
      context_.run_one();
    }
  }

  template <class Endpoints>
  asio::error_code connect(const Endpoints& found, milliseconds time) {
    std::optional<asio::error_code> connected;
    asio::async_connect(socket_, found,
                        [&connected](asio::error_code error, const auto&) { connected = error; });
    run_until([&connected] { return connected.has_value(); }, time);
    if (connected) return *connected;
    close();
    run_until([&connected] { return connected.has_value(); }, milliseconds{1000});
    return asio::error::timed_out;
  }

  asio::error_code secure(const std::string& host, bool trusts_any, milliseconds time) {
    settings_.emplace(asio::ssl::context::tls_client);
    settings_->set_default_verify_paths();
    tls_ = std::make_unique<tls_stream>(socket_, *settings_);
    if (trusts_any) {
      tls_->set_verify_mode(asio::ssl::verify_none);
    } else {
      tls_->set_verify_mode(asio::ssl::verify_peer);
      tls_->set_verify_callback(asio::ssl::host_name_verification{host});
    }
    SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str());
    std::optional<asio::error_code> shaken;
    tls_->async_handshake(asio::ssl::stream_base::client,
                          [&shaken](asio::error_code error) { shaken = error; });
    run_until([&shaken] { return shaken.has_value(); }, time);
    if (shaken) return *shaken;
    close();
    run_until([&shaken] { return shaken.has_value(); }, milliseconds{1000});
    return asio::error::timed_out;
  }

  void become_prompt() {
    asio::error_code gone;
    socket_.set_option(asio::ip::tcp::no_delay{true}, gone);
  }

  /// Keeps reading even if nobody waits, so that no octet is lost between two calls.
  void start_reading() {
    reading_ = true;
    const auto done = [this](asio::error_code error, std::size_t size) {
      reading_ = false;
      unread_.append(octets_.data(), size);
      ended_ = static_cast<bool>(error);
      read_error_ = error;
    };
    tls_ ? tls_->async_read_some(asio::buffer(octets_), done)
         : socket_.async_read_some(asio::buffer(octets_), done);
  }

  using tls_stream = asio::ssl::stream<asio::ip::tcp::socket&>;

  asio::io_context context_{1};
  asio::ip::tcp::socket socket_{context_};
  std::optional<asio::ssl::context> settings_;
  std::unique_ptr<tls_stream> tls_;
  std::array<char, 16384> octets_;
  std::string unread_;
  asio::error_code read_error_;
  bool reading_ = false;
  bool ended_ = false;
};
