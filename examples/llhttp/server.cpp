// llhttp, the parser of Node.js, parses HTTP; turnout decides about upgrades and writes the 101: a
// page at / and a WebSocket at /ws that echoes.
//
//   llhttp_server [PORT]     listens on the loopback address; 0, or no PORT, is a free one
#include <llhttp.h>

#include <array>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "echo_frame.hpp"
#include "polled.hpp"

namespace {

constexpr std::size_t max_head = 32768;

/// One request after another. llhttp passes names and values in pieces, so they are copied.
struct request_parser : llhttp_t {
  std::string target{};
  std::vector<std::pair<std::string, std::string>> fields{};
  std::size_t head_size = 0;

  request_parser() : llhttp_t{} {
    static const llhttp_settings_t callbacks = [] {
      llhttp_settings_t set;
      llhttp_settings_init(&set);
      set.on_message_begin = [](llhttp_t* self) { return at(self).begin(); };
      set.on_url = [](llhttp_t* self, const char* octets, std::size_t size) {
        return at(self).add(at(self).target, octets, size);
      };
      set.on_header_field = [](llhttp_t* self, const char* octets, std::size_t size) {
        return at(self).add(at(self).fields.back().first, octets, size);
      };
      set.on_header_value = [](llhttp_t* self, const char* octets, std::size_t size) {
        return at(self).add(at(self).fields.back().second, octets, size);
      };
      set.on_header_value_complete = [](llhttp_t* self) {
        at(self).fields.emplace_back();
        return 0;
      };
      // llhttp stops at an upgrade by itself.
      set.on_message_complete = [](llhttp_t* self) { return self->upgrade ? 0 : int{HPE_PAUSED}; };
      return set;
    }();
    llhttp_init(this, HTTP_REQUEST, &callbacks);
  }

 private:
  static request_parser& at(llhttp_t* self) { return *static_cast<request_parser*>(self); }

  int begin() {
    target.clear();
    fields.assign(1, {});
    head_size = 0;
    return 0;
  }
  int add(std::string& to, const char* octets, std::size_t size) {
    head_size += size;
    if (head_size > max_head || fields.size() > 100) return HPE_USER;
    to.append(octets, size);
    return 0;
  }
};

class session : public polled_connection {
 public:
  using polled_connection::polled_connection;

 private:
  bool step() override { return is_websocket_ ? echo() : serve_http(); }

  bool serve_http() {
    const llhttp_errno_t stopped = llhttp_execute(&parser_, unread_.data(), unread_.size());
    const char* const end = llhttp_get_error_pos(&parser_);
    unread_.erase(
        0, stopped == HPE_OK ? unread_.npos : static_cast<std::size_t>(end - unread_.data()));
    if (stopped == HPE_OK) return false;
    if (stopped != HPE_PAUSED && stopped != HPE_PAUSED_UPGRADE) return refuse({.status = 400});
    stopped == HPE_PAUSED ? llhttp_resume(&parser_) : llhttp_resume_after_upgrade(&parser_);
    if (!answer_upgrade()) send_page();
    return true;
  }

  // turnout begins
  static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
  std::array<char, 512> out_{};

  /// Returns false for an ordinary request. After a 101, unread_ begins with the WebSocket's
  /// octets.
  bool answer_upgrade() {
    const auto method = static_cast<llhttp_method_t>(parser_.method);
    turnout::facts facts{turnout::method_named(llhttp_method_name(method)),
                         {parser_.http_major, parser_.http_minor}};
    for (const auto& [name, value] : parser_.fields) facts.see(name, value);
    const turnout::verdict verdict = turnout::examine_request(facts, spoken);
    if (verdict.what == turnout::verdict::kind::connect) return refuse({.status = 501});
    if (verdict.what == turnout::verdict::kind::refuse)
      return refuse(turnout::refusal_for(verdict.found.why.code, spoken));
    if (verdict.what == turnout::verdict::kind::ignore || parser_.target != "/ws") return false;

    const auto agreed = turnout::websocket::agree(verdict.offer);
    if (!agreed)
      return refuse(turnout::websocket::agreement::refusal_for(agreed.error().code, spoken));
    unsent_ += *turnout::write_switch(*agreed, false, {}, out_);
    is_websocket_ = true;
    return true;
  }

  bool refuse(turnout::refusal answer) {
    answer.close = true;
    unsent_ += *turnout::write(answer, out_);
    close();
    return true;
  }
  // turnout ends

  void send_page() {
    const bool found = parser_.target == "/";
    const bool keeps_alive = llhttp_should_keep_alive(&parser_) != 0;
    const std::string text = found ? "The WebSocket is at /ws.\n" : "There is nothing here.\n";
    unsent_ += std::string{"HTTP/1.1 "} + (found ? "200 OK" : "404 Not Found") +
               "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(text.size()) +
               (keeps_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n") +
               (parser_.method == HTTP_HEAD ? "" : text);
    if (!keeps_alive) close();
  }

  bool echo() {
    const frame_answer answer = answer_frame(unread_, 65536);
    unsent_ += answer.output;
    unread_.erase(0, answer.used);
    if (answer.closes) close();
    return answer.used != 0;
  }

  request_parser parser_;
  bool is_websocket_ = false;
};

}  // namespace

int main(int argc, char** argv) { serve_polled<session>(argc > 1 ? argv[1] : "0"); }
