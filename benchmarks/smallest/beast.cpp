// A whole WebSocket handshake of a server, from standard input to standard output.
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/websocket.hpp>
#include <cerrno>
#include <cstddef>

namespace {

/// What Beast takes for a stream, without a socket.
struct standard_streams {
  using executor_type = boost::asio::io_context::executor_type;
  using error_code = boost::beast::error_code;

  boost::asio::io_context& context;

  executor_type get_executor() noexcept { return context.get_executor(); }

  template <class Buffers>
  std::size_t read_some(const Buffers& buffers, error_code& failed) {
    const boost::asio::mutable_buffer first = *boost::asio::buffer_sequence_begin(buffers);
    const ssize_t size = read(STDIN_FILENO, first.data(), first.size());
    if (size == 0) failed = boost::asio::error::eof;
    return checked(size, failed);
  }

  template <class Buffers>
  std::size_t write_some(const Buffers& buffers, error_code& failed) {
    const boost::asio::const_buffer first = *boost::asio::buffer_sequence_begin(buffers);
    return checked(write(STDOUT_FILENO, first.data(), first.size()), failed);
  }

  // Beast asks that these are there, and calls those above.
  template <class Buffers>
  std::size_t read_some(const Buffers& buffers);
  template <class Buffers>
  std::size_t write_some(const Buffers& buffers);

 private:
  static std::size_t checked(ssize_t size, error_code& failed) {
    if (size >= 0) return static_cast<std::size_t>(size);
    failed.assign(errno, boost::beast::system_category());
    return 0;
  }
};

}  // namespace

int main() {
  boost::asio::io_context context;
  boost::beast::websocket::stream<standard_streams, false> stream{standard_streams{context}};
  boost::beast::error_code failed;
  stream.accept(failed);
  return failed ? 1 : 0;
}
