// A server that plays the parts of a Docker daemon that `docker attach` and `docker exec` need.
//
//   docker_attach_server [PORT]      listens on the loopback address; port 0 is a free one
//   docker -H tcp://127.0.0.1:PORT attach any-name
//
// The program in the container converts its input to upper case, and prints its size at the end.
// Everything else is plain HTTP/1.1: content in both directions, and many requests per connection.
#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "api.hpp"
#include "multiplexed.hpp"
#include "serving.hpp"
#include "stream.hpp"

namespace {

/// RFC 9110 section 7.8: the content of a request comes first, and then the new protocol.
constexpr turnout::profile supported[] = {
    {.token = {"tcp"}, .methods = turnout::method::post, .content = true}};

constexpr turnout::field_line of_a_terminal[] = {{"Content-Type", raw_stream}};
constexpr turnout::field_line of_two_outputs[] = {{"Content-Type", multiplexed_stream}};
constexpr turnout::field_line of_an_error[] = {{"Content-Type", "application/json"}};

constexpr std::size_t most_content = 4 << 20;

/// What the server keeps of a request until it is complete, since the octets of its head are
/// dropped.
struct request {
  const place* asked = nullptr;
  turnout::agreement agreed;  ///< on nothing, unless the request asks for a stream
  bool is_head = false;
  bool is_chunked = false;
  std::string content;

  /// True if the container gets a terminal, whose output is one stream without frames.
  bool wants_terminal() const { return content.find("\"Tty\":true") != content.npos; }
};

std::string in_capitals(std::string_view text) {
  std::string capitals{text};
  for (char& octet : capitals)
    if (octet >= 'a' && octet <= 'z') octet = static_cast<char>(octet - 'a' + 'A');
  return capitals;
}

/// The program in the container: it keeps writing after its input has ended.
task<> run_container(stream& connection, const turnout::switched& evidence, bool terminal) {
  const auto written = [terminal](output which, std::string_view text) {
    return terminal ? std::string{text} : frame_of(which, text);
  };
  connection.keep(evidence.octets());
  std::size_t total = 0;
  for (bool more = true; more;) {
    connection.set_deadline(patience::idle);
    const std::string input{connection.unread()};
    connection.drop(input.size());
    total += input.size();
    const std::string back = input.empty() ? "" : written(output::standard, in_capitals(input));
    co_await connection.write(back);
    more = co_await connection.read_more();
  }
  const std::string last = written(output::error, fmt::format("{} octets\n", total));
  co_await connection.write(last);
}

/// Content in the chunked transfer coding: one chunk, if there is any, and the last one.
std::string chunked(std::string_view content) {
  if (content.empty()) return "0\r\n\r\n";
  return fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", content.size(), content);
}

/// One connection, from its first request to its end.
class session {
 public:
  explicit session(stream& connection) : connection_{connection} {}

  task<> run() {
    for (;;) {
      const turnout::server_turn turn = co_await take_turn(connection_, server_, out_);
      connection_.set_deadline(patience::answer);
      switch (turn.need) {
        case turnout::server_need::request:
          co_await begin(turn);
          break;
        case turnout::server_need::decision:
          co_await decide(turn);
          break;
        case turnout::server_need::connect:  // answered with 405 instead of 501
          show_head(">", turn.request.octets);
          co_await refuse(405, "no tunnels here");
          break;
        case turnout::server_need::content:
          co_await take(turn.content);
          break;
        case turnout::server_need::response:
          co_await respond();
          connection_.set_deadline(patience::head);
          break;
        case turnout::server_need::switched:
          co_await run_container(connection_, *turn.switched(), request_.wants_terminal());
          co_return;
        case turnout::server_need::more:
          break;
        case turnout::server_need::close:
          co_return;
      }
      connection_.drop(turn.used);
    }
  }

 private:
  /// Examines a head. A request that is refused here is refused without its content.
  task<> begin(const turnout::server_turn& turn) {
    show_head(">", turn.request.octets);
    keep(turn);
    if (request_.asked == nullptr)
      co_await refuse(404, "page not found");
    else if (turn.framing.octets > most_content)
      co_await refuse_size();
    else if (request_.asked->what == resource::stream)
      co_await send(connection_, server_.require(out_));
  }

  /// The 101 depends on the content, so the content comes first. An offer of anything but a stream
  /// gets no answer, and comes again as a request.
  task<> decide(const turnout::server_turn& turn) {
    if (turn.deferred) {
      const std::span fields = request_.wants_terminal() ? of_a_terminal : of_two_outputs;
      co_return co_await send(connection_, server_.answer(request_.agreed, out_, fields));
    }
    keep(turn);
    if (request_.asked == nullptr || request_.asked->what != resource::stream) co_return;
    show_head(">", turn.request.octets);
    request_.agreed = *turn.offer().agree(supported[0].token);
    (void)server_.defer();
    if (turn.framing.octets > most_content) co_await refuse_size();
  }

  void keep(const turnout::server_turn& turn) {
    request_ = {.asked = find_place(turn.request.method, turn.request.target.path),
                .agreed = {},
                .is_head = turn.request.method == turnout::method::head,
                .is_chunked = turn.framing.kind == turnout::framing_kind::chunked,
                .content = {}};
  }

  task<> take(std::string_view octets) {
    if (request_.content.size() + octets.size() > most_content)
      co_await refuse_size();
    else
      request_.content += octets;
  }

  /// Serves an ordinary request: with chunked content if the request has it.
  task<> respond() {
    const bool echoes = request_.asked->what == resource::echo;
    const std::string_view content = echoes ? request_.content : request_.asked->content;
    std::string head =
        fmt::format("HTTP/1.1 {}\r\nApi-Version: 1.49\r\nOstype: linux\r\nContent-Type: {}\r\n{}",
                    request_.asked->status, request_.asked->media_type, server_.connection_line());
    if (request_.is_chunked)
      head += "Transfer-Encoding: chunked\r\n\r\n";
    else
      head += fmt::format("Content-Length: {}\r\n\r\n", content.size());
    co_await send(connection_, head);
    const std::string framed = request_.is_chunked ? chunked(content) : std::string{content};
    if (!request_.is_head) co_await connection_.write(framed);
    (void)server_.responded();
  }

  task<> refuse(std::uint16_t status, std::string_view why, bool close = false) {
    const std::string content = fmt::format("{{\"message\":\"{}\"}}\n", why);
    constexpr auto all = turnout::method::get | turnout::method::head | turnout::method::post;
    const turnout::refusal answer{.status = status,
                                  .allow = status == 405 ? all : turnout::method_set{},
                                  .fields = of_an_error,
                                  .content = content,
                                  .close = close};
    co_await send(connection_, server_.refuse(answer, out_));
  }

  task<> refuse_size() { return refuse(413, "too much content", true); }

  stream& connection_;
  turnout::server_connection server_{supported, {.allow_connect = true, .refusal_text = nullptr}};
  request request_;
  std::array<char, 1024> out_;
};

task<> talk(stream& connection) {
  session here{connection};
  co_await here.run();
}

}  // namespace

int main(int argc, char** argv) { return serve_on_port("docker_attach_server", argc, argv, talk); }
