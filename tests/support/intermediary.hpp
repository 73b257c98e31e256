// An intermediary as a program has one: octets of both sides come, some at a time, and are
// forwarded.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "turnout/handshake/relay.hpp"

namespace intermediaries {

using namespace turnout;

/// What a program does where it may choose.
struct choices {
  bool last_proxy = false;  ///< whether it opens a tunnel itself
  bool start_over = true;   ///< whether it continues with the next request by itself
};

/// A program that relays one client's connection.
class intermediary {
 public:
  explicit intermediary(const relay_policy& policy, choices does = {}, const limits& bounds = {})
      : relay{policy, bounds}, does_{does} {}
  intermediary(const relay_policy& policy, const limits& bounds)
      : intermediary{policy, choices{}, bounds} {}

  /// Takes octets of a side, and forwards what can be forwarded.
  void from_client(std::string_view octets) {
    client_ += octets;
    run();
  }
  void from_server(std::string_view octets) {
    server_ += octets;
    run();
  }
  /// Tells it that a side has ended, and forwards what can be forwarded.
  void end_client() {
    if (!relay.client_ended(client_)) ++refused;
    run();
  }
  void end_server() {
    if (!relay.server_ended(server_)) ++refused;
    run();
  }

  /// What was sent since it was asked last.
  std::string to_client() { return take(to_client_); }
  std::string to_server() { return take(to_server_); }
  /// What waits with the program.
  std::string_view held_of_client() const { return client_; }
  std::string_view held_of_server() const { return server_; }

  relay_handshake relay;
  bool closed = false;      ///< both connections, or the client's where `reusable`
  bool reusable = false;    ///< whether the server's connection could have been used again
  std::size_t answers = 0;  ///< how many final responses went to the client whole
  std::size_t refused = 0;  ///< how many calls failed
  const profile* protocol = nullptr;  ///< of the tunnel
  /// All that went to either side, but content without its framing, which depends on the pieces in
  /// which it came.
  std::string said_to_client;
  std::string said_to_server;

 private:
  void run() {
    while (step_request() || step_response()) continue;
  }

  static std::string take(std::string& from) {
    std::string taken;
    taken.swap(from);
    return taken;
  }

  bool send(std::string& to, const result<std::string_view>& written) {
    note(to) += *written;
    to += *written;
    if (!written) ++refused;
    return bool{written};
  }

  bool send(std::string& to, const forwarding::forwarded_content& content) {
    content.for_each_part([&to](std::string_view part) { to += part; });
    note(to) += content.octets();
    if (content.octets().empty()) note(to) += "<end>";
    return true;
  }

  std::string& note(const std::string& to) {
    return &to == &to_client_ ? said_to_client : said_to_server;
  }

  bool step_request() {
    const auto now = relay.receive_request(client_);
    const bool moved = send_request(now);
    client_.erase(0, client_.size() - now.rest.size());
    if (now.switched() != nullptr) client_.clear();
    return moved;
  }

  bool send_request(const relayed_request& now) {
    switch (now.what) {
      case relay_step::tunnel_requested:
        if (does_.last_proxy) return send(to_client_, relay.open_tunnel(out_));
        [[fallthrough]];
      case relay_step::request:
        return send(to_server_, relay.forward(now, out_));
      case relay_step::last_recipient:
        return send(to_client_, relay.refuse(relay.refusal_due(), out_));
      case relay_step::content:
      case relay_step::content_ended:
        return send(to_server_, now.content);
      default:
        return keep_waiting(now, to_server_);
    }
  }

  bool step_response() {
    const auto now = relay.receive_response(server_);
    const bool moved = send_response(now);
    server_.erase(0, server_.size() - now.rest.size());
    if (now.switched() != nullptr) server_.clear();
    return moved;
  }

  bool send_response(const relayed_response& now) {
    switch (now.what) {
      case relay_step::response:
        return send(to_client_, relay.forward(now, out_));
      case relay_step::content:
        return send(to_client_, now.content);
      case relay_step::content_ended:
        ++answers;
        send(to_client_, now.content);
        reusable = relay.is_reusable();
        if (does_.start_over) (void)relay.start_over();
        return true;
      default:
        return keep_waiting(now, to_client_);
    }
  }

  bool keep_waiting(const relay_received& now, std::string& other_side) {
    if (now.what == relay_step::close) closed = true;
    if (now.what == relay_step::failed)
      return send(to_client_, relay.refuse(relay.refusal_due(), out_));
    if (now.switched() == nullptr) return false;
    protocol = &now.switched()->protocol();
    other_side += now.switched()->octets();
    note(other_side) += now.switched()->octets();
    return !now.switched()->octets().empty();
  }

  choices does_;
  std::string client_;
  std::string server_;
  std::string to_client_;
  std::string to_server_;
  std::array<char, 4096> out_{};
};

}  // namespace intermediaries
