// A TCP connection: its octets that were read but not used, and how long it waits for more.
// Only waiting suspends a coroutine; reading and writing never block.
//
// GCC 12 compiles `co_await` wrongly in a condition and between braces, so the examples give its
// value a name first.
#pragma once

#include <array>
#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

/// The return type of a coroutine that waits for sockets.
template <class T = void>
using task = asio::awaitable<T>;

/// How long a connection waits for its other side, in each of its phases.
namespace patience {
inline constexpr std::chrono::seconds head{10};       ///< for the whole head of a request
inline constexpr std::chrono::seconds permission{1};  ///< for a 100 (Continue)
inline constexpr std::chrono::seconds answer{30};  ///< for any octet of a response, or of content
inline constexpr std::chrono::seconds idle{300};   ///< for any octet of the new protocol
inline constexpr std::chrono::seconds end{5};      ///< for the end of input, after that of output
}  // namespace patience

class stream {
 public:
  /// Takes over a connection. Small frames are sent at once, without waiting for an
  /// acknowledgement.
  explicit stream(asio::ip::tcp::socket socket)
      : socket_{std::move(socket)}, deadline_{socket_.get_executor()} {
    socket_.set_option(asio::ip::tcp::no_delay{true});
    socket_.non_blocking(true);
    set_deadline(patience::head);
  }

  /// The octets that were read but not used. Views of them are valid until drop(), keep() or
  /// read_more().
  std::string_view unread() const { return unread_; }

  /// Drops used octets from the front.
  void drop(std::size_t size) { unread_.erase(0, size); }

  /// Drops all octets before `rest`, which is the end of unread().
  void keep(std::string_view rest) { drop(unread_.size() - rest.size()); }

  /// After this time, reading ends and writing fails, even if they already wait.
  void set_deadline(std::chrono::steady_clock::duration time) { deadline_.expires_after(time); }

  /// True if the deadline has passed.
  bool is_late() const { return deadline_.expiry() <= std::chrono::steady_clock::now(); }

  /// Waits for more octets; false at the end of input, for a broken connection, and after the
  /// deadline.
  task<bool> read_more() {
    const bool more = co_await ready(socket_.wait_read);
    if (!more) co_return false;
    co_return read_some();
  }

  /// True if nothing more has come, and the input has not ended.
  bool is_silent() {
    char octet;
    asio::error_code error;
    socket_.receive(asio::buffer(&octet, 1), socket_.message_peek, error);
    return unread_.empty() && error == asio::error::would_block;
  }

  /// Sends all octets. Throws if the connection is gone or the deadline passes before; then nothing
  /// more can be sent.
  task<> write(std::string_view octets) {
    while (!octets.empty()) {
      asio::error_code error;
      octets.remove_prefix(socket_.write_some(asio::buffer(octets), error));
      if (error == asio::error::would_block) {
        const bool writable = co_await ready(socket_.wait_write);
        error = writable ? asio::error_code{} : asio::error::timed_out;
      }
      if (!error) continue;
      end_output();
      throw asio::system_error{error};
    }
  }

  /// Ends the output, but still reads.
  void end_output() {
    asio::error_code gone;
    socket_.shutdown(socket_.shutdown_send, gone);
  }

  /// Ends the connection in stages, so that what was sent arrives (RFC 9112 section 9.6).
  task<> end() {
    end_output();
    set_deadline(patience::end);
    for (bool more = true; more;) {
      unread_.clear();
      more = co_await read_more();
    }
  }

 private:
  bool read_some() {
    std::array<char, 16384> octets;
    asio::error_code error;
    const std::size_t size = socket_.read_some(asio::buffer(octets), error);
    unread_.append(octets.data(), size);
    return !error || error == asio::error::would_block;
  }

  /// Waits until the socket is ready; false at the deadline.
  task<bool> ready(asio::ip::tcp::socket::wait_type what) {
    using namespace asio::experimental::awaitable_operators;
    asio::error_code broken;  // Reading or writing finds the error again.
    const auto first =
        co_await (socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, broken)) ||
                  deadline_passed());
    co_return first.index() == 0;
  }

  /// Waits for the deadline, even if it is set again meanwhile.
  task<> deadline_passed() {
    asio::error_code set_again;
    while (!is_late())
      co_await deadline_.async_wait(asio::redirect_error(asio::use_awaitable, set_again));
  }

  asio::ip::tcp::socket socket_;
  asio::steady_timer deadline_;
  std::string unread_;
};

/// A connection to a port of this machine; throws if nobody listens there, or accepts in time.
inline task<stream> connect(asio::ip::port_type port) {
  using namespace asio::experimental::awaitable_operators;
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::socket socket{executor};
  asio::steady_timer late{executor, patience::answer};
  const asio::ip::tcp::endpoint there{asio::ip::address_v4::loopback(), port};
  asio::error_code error;
  const auto first =
      co_await (socket.async_connect(there, asio::redirect_error(asio::use_awaitable, error)) ||
                late.async_wait(asio::use_awaitable));
  if (first.index() == 1) error = asio::error::timed_out;
  if (error) throw asio::system_error{error};
  co_return stream{std::move(socket)};
}
