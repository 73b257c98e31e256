// See network.hpp.
#include "network.hpp"

#include <fmt/core.h>

#include <array>
#include <asio.hpp>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "channel.hpp"
#include "recorded.hpp"
#include "wire.hpp"

namespace {

constexpr milliseconds patience{10'000};
constexpr std::size_t most_octets = std::size_t{1} << 20;  // of an answer, or of a request

turnout::method method_of(std::string_view request) {
  const inspected_request read{request};
  return read.is_complete() ? read.head.method : turnout::method::get;
}

using namespace std::string_view_literals;

/// A WebSocket's close frame: 1001, going away.
constexpr std::string_view going_away = "\x88\x82\0\0\0\0\x03\xe9"sv;

using tcp = asio::ip::tcp;

/// One connection that passes, and what each side has sent as long as it is HTTP that is kept.
class passage : public std::enable_shared_from_this<passage> {
 public:
  using seen = std::function<void(const recorded&)>;

  passage(tcp::socket client, seen see)
      : client_{std::move(client)}, server_{client_.get_executor()}, see_{std::move(see)} {}

  void begin(const tcp::resolver::results_type& to) {
    asio::async_connect(server_, to,
                        [me = shared_from_this()](asio::error_code error, const auto&) {
                          if (error) {
                            fmt::print(stderr, "turnout-inspect: {}\n", error.message());
                            return;
                          }
                          asio::error_code gone;
                          for (tcp::socket* const one : {&me->client_, &me->server_})
                            one->set_option(tcp::no_delay{true}, gone);
                          me->read(me->up_);
                          me->read(me->down_);
                        });
  }

 private:
  struct way {
    tcp::socket& from;
    tcp::socket& to;
    std::string octets{};  ///< since the last exchange
    std::array<char, 16384> piece{};
    bool ended = false;
  };

  void read(way& on) {
    on.from.async_read_some(asio::buffer(on.piece), [me = shared_from_this(), &on](
                                                        asio::error_code error, std::size_t size) {
      if (error) return me->end(on);
      if (!me->is_over_) on.octets.append(on.piece.data(), size);
      me->write(on, size);
    });
  }

  void write(way& on, std::size_t size) {
    asio::async_write(on.to, asio::buffer(on.piece, size),
                      [me = shared_from_this(), &on](asio::error_code error, std::size_t) {
                        me->look();
                        if (error) return me->end(on);
                        me->read(on);
                      });
  }

  void end(way& on) {
    asio::error_code gone;
    on.to.shutdown(tcp::socket::shutdown_send, gone);
    on.ended = true;
    look();
    if (!down_.ended || is_over_ || up_.octets.empty()) return;
    tell({up_.octets, down_.octets});  // Nothing more can come of it.
    up_.octets.clear();
  }

  /// Tells what has been exchanged, and forgets it. What is too large to keep is the last of it.
  void look() {
    for (;;) {
      const auto size = wire::size_of_request(up_.octets);
      const auto answered = wire::read_answer(down_.octets, method_of(up_.octets), down_.ended);
      if (is_over_) return;
      if (!size || !answered) return forget_large();
      tell({up_.octets.substr(0, *size), down_.octets.substr(0, answered->end)});
      is_over_ = answered->what != wire::answer::kind::refused;
      up_.octets.erase(0, *size);
      down_.octets.erase(0, answered->end);
    }
  }

  void forget_large() {
    if (up_.octets.size() <= most_octets && down_.octets.size() <= most_octets) return;
    tell({std::exchange(up_.octets, {}), std::exchange(down_.octets, {})});
    is_over_ = true;
  }

  void tell(const recorded& one) const {
    if (one.is_handshake()) see_(one);
  }

  tcp::socket client_;
  tcp::socket server_;
  way up_{client_, server_};
  way down_{server_, client_};
  seen see_;
  bool is_over_ = false;  ///< nothing more that passes is looked at
};

/// Accepts connections for as long as the context runs.
void accept_next(tcp::acceptor& at, const tcp::resolver::results_type& to,
                 const passage::seen& see) {
  at.async_accept([&at, &to, see](asio::error_code error, tcp::socket client) {
    if (!error) std::make_shared<passage>(std::move(client), see)->begin(to);
    accept_next(at, to, see);
  });
}

}  // namespace

recorded perform(const url& to, std::string_view request, bool trusts_any) {
  channel server;
  server.open(to, trusts_any, patience);
  (void)server.write(request, patience);
  const auto method = method_of(request);
  const countdown time{patience};  // The content of an answer may have no end.
  bool ended = false;
  std::optional<wire::answer> answered;
  while (!(answered = wire::read_answer(server.unread(), method, ended)) && !ended) {
    ended = server.unread().size() > most_octets ||
            server.read_more(time.left()) != channel::event::octets;
  }
  recorded seen{std::string{request}, std::string{server.unread()}};
  if (!answered) return seen;
  if (answered->what == wire::answer::kind::switched) (void)server.write(going_away, patience);
  return seen;
}

void pass_on(std::uint16_t port, const url& to, const std::function<bool(const recorded&)>& see) {
  asio::io_context context{1};
  tcp::acceptor at{context, {asio::ip::address_v4::loopback(), port}};
  tcp::resolver resolver{context};
  const auto found = resolver.resolve(to.host, to.port);
  fmt::print(stderr, "listening on http://127.0.0.1:{}/\n", at.local_endpoint().port());
  std::fflush(stderr);
  accept_next(at, found, [&](const recorded& one) {
    if (!see(one)) context.stop();
  });
  context.run();
}
