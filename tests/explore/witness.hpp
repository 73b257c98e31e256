// What an intermediary has done, noted apart from the library: the theorems are checked against
// this, and not against what the library says of itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "explore/party.hpp"

namespace explore {

/// The forwarded parts of one side's octets.
using parts = std::vector<std::string_view>;

/// What matters of an intermediary's past.
class witness {
 public:
  /// Notes the head of a request, of which `stays` octets are still in the input.
  void reads_request(const std::vector<piece>& head, std::size_t stays, breaches& broken) {
    if (refused_tunnel_) broken.push_back({theorem::refused, after_connect});
    check_reading(head, reading::head, broken);
    held_ = static_cast<std::uint16_t>(stays);
    request_ = head.front();
    request_.text = number_of(text_of(head));
    due_ = static_cast<std::uint16_t>(content_size(text_of(request_.text)));
  }

  /// Notes that the request is forwarded as `head`, and returns the piece for that.
  piece forwards(std::string_view head, breaches& broken) {
    if (asks_) broken.push_back({theorem::waits, "a request goes on before the last answer"});
    asks_ = true;
    opened_ = false;
    forwarded_ = number_of(head);
    piece sent = request_;
    sent.text = forwarded_;
    sent.as = reading::head;
    if (sent.from == origin::anything) sent.from = origin::head;
    return sent;
  }

  /// What goes to the client in answer is like this.
  piece answer() const {
    return {0, origin::head, reading::head, is_expected() ? request_.request : std::uint8_t{0}, 0};
  }

  /// Notes how much of the client's octets was used, and which parts of them are forwarded.
  std::vector<piece> to_server(const window& unread, const parts& passed, std::size_t used,
                               bool as_tunnel, breaches& broken) {
    std::size_t begin = held_ < used ? held_ : used;
    held_ = used < held_ ? held_ : std::uint16_t{0};
    if (refused_tunnel_ && used > begin) broken.push_back({theorem::refused, after_connect});
    if (passed.empty() && !asks_ && !opened_) begin += drop_content(unread, begin, used, broken);
    for (const std::string_view part : passed) check_due(part.size(), as_tunnel, broken);
    return pass(unread, passed, begin, used, as_tunnel, broken);
  }

  /// Notes the head of a forwarded response.
  void answers(const std::vector<piece>& head, std::string_view octets, breaches& broken) {
    check_reading(head, reading::head, broken);
    for (const piece& one : head)
      if (is_expected() && one.request != 0 && one.request != request_.request)
        broken.push_back({theorem::in_order, "a response to another request is forwarded"});
    if (!asks_) broken.push_back({theorem::in_order, "an answer goes on to what was not asked"});
    if (!is_interim(octets)) end_request(opens(octets, text_of(forwarded_)));
  }

  /// Notes how much of the server's octets was used after `head` octets, and which parts of them go
  /// on. Where the connection `closes`, others may be thrown away.
  std::vector<piece> to_client(const window& unread, const parts& passed, std::size_t head,
                               std::size_t used, bool as_tunnel, bool closes,
                               breaches& broken) const {
    if (!closes) return pass(unread, passed, head, used, as_tunnel, broken);
    std::size_t end = head;
    for (const std::string_view part : passed) end = unread.place(part) + part.size();
    for (const piece& one : unread.between(end, used))
      if (one.from == origin::content || one.from == origin::tunnel)
        broken.push_back({theorem::in_order, "a part of an answer is thrown away"});
    return pass(unread, passed, head, end, as_tunnel, broken);
  }

  /// Checks that the server has sent no response if the relay answers in its place.
  void check_unanswered(const std::vector<piece>& unread, breaches& broken) const {
    for (const piece& one : unread)
      if (one.from == origin::head)
        broken.push_back({theorem::in_order, "a complete response is replaced"});
  }

  /// Notes that the intermediary opens the tunnel, or answers itself.
  void opens_tunnel() { end_request(true); }
  void refuses() { end_request(false); }

  /// Checks that a tunnel may be.
  void check_tunnel(breaches& broken) const {
    if (!opened_)
      broken.push_back({theorem::waits, "a tunnel opens without a 101 or 2xx to what was asked"});
  }

  std::size_t hash() const {
    const std::size_t hash = mix(request_.text + request_.request * 65536U, forwarded_);
    return mix(hash, due_ * 65536U + held_ * 16U + refused_ * 8U + asks_ * 4U + opened_ * 2U +
                         refused_tunnel_);
  }
  friend bool operator==(const witness&, const witness&) = default;

 private:
  static constexpr std::string_view after_connect =
      "a relay reads what follows a CONNECT that was refused";

  /// True if the client waits for the answer: not to what it sent early.
  bool is_expected() const { return request_.from == origin::head && request_.request != 0; }

  /// Notes that content of a request that was answered is thrown away. Returns its size.
  std::size_t drop_content(const window& unread, std::size_t begin, std::size_t used,
                           breaches& broken) {
    const std::size_t size = due_ < used - begin ? due_ : used - begin;
    check_reading(unread.between(begin, begin + size), reading::content, broken);
    due_ = static_cast<std::uint16_t>(due_ - size);
    return size;
  }

  /// The content of the request is forwarded first; more only after a tunnel is open.
  void check_due(std::size_t size, bool as_tunnel, breaches& broken) {
    const std::size_t content = due_ < size ? due_ : size;
    due_ = static_cast<std::uint16_t>(due_ - content);
    if (content > 0 && as_tunnel)
      broken.push_back({theorem::one_way, "content is forwarded as octets of the tunnel"});
    if (content < size && !opened_)
      broken.push_back(
          {theorem::waits, "octets after a request are forwarded before its response"});
  }

  /// Checks forwarded parts from `begin` to the end of what was `used`.
  std::vector<piece> pass(const window& unread, const parts& passed, std::size_t begin,
                          std::size_t used, bool as_tunnel, breaches& broken) const {
    std::vector<piece> all;
    for (const std::string_view part : passed) {
      if (unread.place(part) < begin)
        broken.push_back({theorem::one_way, "the head of a request is forwarded again"});
      if (unread.place(part) > begin) broken.push_back({theorem::in_order, "octets are left out"});
      begin = unread.place(part) + part.size();
      for (piece one : unread.pieces(part)) {
        check_passed(one, as_tunnel, broken);
        one.as = as_tunnel ? reading::tunnel : reading::content;
        all.push_back(one);
      }
    }
    if (begin < used && as_tunnel)
      broken.push_back({theorem::in_order, "octets of the tunnel are lost"});
    if (begin < used && !as_tunnel)
      check_reading(unread.between(begin, used), reading::head, broken);
    return all;
  }

  void check_passed(const piece& one, bool as_tunnel, breaches& broken) const {
    check_reading({one}, as_tunnel ? reading::tunnel : reading::content, broken);
    if (as_tunnel && one.from == origin::early && (refused_ >> one.request & 1) != 0)
      broken.push_back({theorem::refused, "an early octet of a refused request is forwarded"});
  }

  void end_request(bool opened) {
    asks_ = false;
    opened_ = opened;
    if (opened) return;
    if (request_.request != 0)
      refused_ = static_cast<std::uint8_t>(refused_ | 1U << request_.request);
    refused_tunnel_ = asks_for_tunnel(text_of(request_.text));
  }

  piece request_{};              // the head of the last request
  std::uint16_t forwarded_ = 0;  // as what it went on
  std::uint16_t due_ = 0;        // octets of its content that have not gone on
  std::uint16_t held_ = 0;       // octets of its head that are still in the input
  std::uint8_t refused_ = 0;     // which requests were refused, a bit for each
  bool asks_ = false;            // it was forwarded and has no response
  bool opened_ = false;          // a 101 or 2xx that answers it has gone to the client
  bool refused_tunnel_ = false;  // it was a CONNECT, and has another answer
};

}  // namespace explore
