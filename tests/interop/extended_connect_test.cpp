// A WebSocket from HTTP/1.1 through HTTP/2 to HTTP/1.1 and back, all in memory: two intermediaries
// map with turnout, and nghttp2 carries the header lists between them.
#include <doctest/doctest.h>
#include <nghttp2/nghttp2.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

namespace {

using namespace turnout;
namespace xc = extended_connect;

using output = std::array<char, 2048>;
/// One side of HTTP/2, which keeps the header list that came and the setting of the other side.
class peer {
 public:
  explicit peer(bool server) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
    nghttp2_session* session = nullptr;
    (server ? nghttp2_session_server_new : nghttp2_session_client_new)(&session, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    session_.reset(session);
    const nghttp2_settings_entry entry{NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1};
    CHECK(nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, &entry, server ? 1 : 0) == 0);
  }

  void send_request(std::span<const field_line> list) {
    const auto fields = converted(list);
    const nghttp2_data_provider later{{}, defer};  // the stream stays open for the protocol
    CHECK(nghttp2_submit_request(session_.get(), nullptr, fields.data(), fields.size(), &later,
                                 nullptr) == 1);
  }
  void send_response(std::span<const field_line> list, bool open) {
    const auto fields = converted(list);
    const nghttp2_data_provider later{{}, defer};
    CHECK(nghttp2_submit_response(session_.get(), 1, fields.data(), fields.size(),
                                  open ? &later : nullptr) == 0);
  }

  /// Takes all that the other side has to send.
  void receive_from(peer& other) {
    const std::uint8_t* octets = nullptr;
    for (;;) {
      const auto size = nghttp2_session_mem_send(other.session_.get(), &octets);
      if (size <= 0) return;
      CHECK(nghttp2_session_mem_recv(session_.get(), octets, static_cast<std::size_t>(size)) ==
            size);
    }
  }

  /// The header list that came last; it views this object.
  std::vector<field_line> list() const {
    std::vector<field_line> lines;
    for (const auto& [name, value] : headers_) lines.push_back({name, value});
    return lines;
  }
  const xc::enable_connect_protocol& allowed() const { return allowed_; }

 private:
  static std::vector<nghttp2_nv> converted(std::span<const field_line> list) {
    const auto octets = [](std::string_view view) {
      return reinterpret_cast<std::uint8_t*>(const_cast<char*>(view.data()));
    };
    std::vector<nghttp2_nv> fields;
    for (const field_line& line : list)
      fields.push_back({octets(line.name), octets(line.value), line.name.size(), line.value.size(),
                        NGHTTP2_NV_FLAG_NONE});
    return fields;
  }

  static ssize_t defer(nghttp2_session*, std::int32_t, std::uint8_t*, std::size_t, std::uint32_t*,
                       nghttp2_data_source*, void*) {
    return NGHTTP2_ERR_DEFERRED;
  }

  static int on_header(nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name,
                       std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                       std::uint8_t, void* self) {
    const auto view = [](const std::uint8_t* octets, std::size_t size) {
      return std::string{reinterpret_cast<const char*>(octets), size};
    };
    static_cast<peer*>(self)->headers_.emplace_back(view(name, name_size), view(value, value_size));
    return 0;
  }

  static int on_frame(nghttp2_session*, const nghttp2_frame* frame, void* self) {
    if (frame->hd.type != NGHTTP2_SETTINGS) return 0;
    for (std::size_t i = 0; i < frame->settings.niv; ++i) {
      const auto& entry = frame->settings.iv[i];
      CHECK(static_cast<peer*>(self)->allowed_.see(static_cast<std::uint64_t>(entry.settings_id),
                                                   entry.value));
    }
    return 0;
  }

  struct deleter {
    void operator()(nghttp2_session* session) const { nghttp2_session_del(session); }
  };
  std::unique_ptr<nghttp2_session, deleter> session_;
  std::vector<std::pair<std::string, std::string>> headers_;
  xc::enable_connect_protocol allowed_;
};

/// Two intermediaries, the front one with HTTP/1.1 before it, the back one with HTTP/1.1 after it.
struct chain {
  peer front{false};
  peer back{true};

  chain() {
    front.receive_from(back);
    back.receive_from(front);
    CHECK(front.allowed().is_enabled());
  }
};

constexpr profile spoken[] = {websocket::profile, connect_udp::profile};
constexpr std::array<std::uint8_t, 16> client_nonce{1, 2, 3};
constexpr std::array<std::uint8_t, 16> hop_nonce{4, 5, 6};

/// Room for a header list.
struct list_room {
  std::array<field_line, 32> lines;
  std::array<char, 1024> octets;
  xc::list_space space() { return {lines, octets}; }
};

/// What the front one forwards for a request of HTTP/1.1.
void forward(chain& hops, const server_received& asked, const protocol& token) {
  list_room room;
  const auto size = xc::write_request(
      {asked.request, asked.offer(), token, "https", hops.front.allowed()}, room.space());
  REQUIRE(size);
  hops.front.send_request(std::span{room.lines}.first(size.lines));
  hops.back.receive_from(hops.front);
}

/// What the back one makes of the answer that `backend` gives to the HTTP/1.1 request it writes.
template <class Backend>
void answer(chain& hops, const Backend& backend) {
  const auto list = hops.back.list();
  const auto asked = xc::request::read(list);
  REQUIRE(asked);
  const facts seen = xc::facts_of(*asked);
  const verdict judged = xc::examine_request(*asked, seen, spoken);
  REQUIRE(judged.what == verdict::kind::offer);
  const profile& wanted = *judged.offer.choose(preference::client);
  const xc::proposal proposed{*asked, wanted, hop_nonce};
  client_handshake client{proposed};
  output out{};
  const std::string answered = backend(std::string{*client.write_request(out)});
  const auto now = client.receive(answered);
  const bool open = now.switched() != nullptr;
  list_room room;
  const auto size =
      xc::write_response(now.response, open ? &now.switched()->protocol() : nullptr, room.space());
  REQUIRE(size);
  hops.back.send_response(std::span{room.lines}.first(size.lines), open);
  hops.front.receive_from(hops.back);
}

/// A server of HTTP/1.1 after the chain.
std::string serve(const std::string& request) {
  server_handshake server{spoken};
  const auto now = server.receive(request);
  const auto asked = websocket::offer::read(now.offer());
  REQUIRE(asked);
  CHECK(asked->origin() == "https://example.com");
  output out{};
  const auto agreed = asked->agree({.subprotocol = "chat"});
  return std::string{*server.accept(*agreed, out)};
}

}  // namespace

TEST_CASE("[XC-01] [XC-18] [XC-19] a WebSocket is forwarded through HTTP/2, and switches") {
  chain hops;
  const websocket::proposal wanted{
      client_nonce,
      {.target = "/chat?x=1",
       .host = "example.com",
       .origin = "https://example.com",
       .subprotocols = *field::sec_websocket_protocol::parse("superchat, chat")}};
  client_handshake client{wanted};
  output out{};
  const std::string request{*client.write_request(out)};

  server_handshake front{spoken};
  const auto asked = front.receive(request);
  forward(hops, asked, websocket::profile.token);
  answer(hops, serve);

  const auto list = hops.front.list();
  const auto answered = xc::response::read(list);
  REQUIRE(answered);
  CHECK(answered->status == 200);
  const auto agreed = xc::agreement::read(asked.offer(), websocket::profile.token, *answered);
  REQUIRE(agreed);
  const std::string switching{*front.accept(*agreed, out)};
  const auto now = client.receive(switching);
  CHECK(now.switched() != nullptr);
  CHECK(wanted.terms_of(now.facts)->subprotocol == "chat");
}

TEST_CASE("[XC-20] [XC-22] a refusal is forwarded unchanged") {
  chain hops;
  const websocket::proposal wanted{client_nonce, {.host = "example.com"}};
  output out{};
  const std::string request{*write_request(wanted, out)};
  server_handshake front{spoken};
  const auto asked = front.receive(request);
  forward(hops, asked, websocket::profile.token);
  answer(hops, [](const std::string&) {
    return std::string{"HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"};
  });
  const auto list = hops.front.list();
  const auto answered = xc::response::read(list);
  REQUIRE(answered);
  CHECK(answered->status == 403);
  CHECK(*xc::opens(*answered, websocket::profile) == false);
}
