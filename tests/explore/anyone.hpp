// Peers that keep to no rule: they send any of some texts in any order, and close at any time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "explore/party.hpp"

namespace explore {

struct named_text {
  std::string_view name;
  std::string_view octets;
};

static_assert(like_a_request.size() == 28 && like_a_response.size() == 38);

inline constexpr named_text any_requests[] = {
    {"a request", like_a_request},
    {"a request for foo",
     "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n"},
    {"a request for bar, with content",
     "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: bar\r\n"
     "Content-Length: 28\r\n\r\n"},
    {"a CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"},
    {"half a request", "GET / HTTP/1.1\r\nHo"},
    {"the other half", "st: a\r\n\r\n"},
    {"an empty line", "\r\n"},
    {"a request for what nobody speaks",
     "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: baz\r\n\r\n"},
    {"a request for foo or bar",
     "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo, bar\r\n"
     "Content-Length: 0\r\n\r\n"},
    {"a request for foo that closes",
     "GET / HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: foo\r\n\r\n"},
    {"a request for bar that waits for a 100",
     "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: bar\r\n"
     "Expect: 100-continue\r\nContent-Length: 28\r\n\r\n"},
    {"a POST", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 28\r\n\r\n"},
    {"a HEAD", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"an OPTIONS that goes no further", "OPTIONS / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n"},
    {"a request of HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n"},
    {"a request of HTTP/1.0 that stays",
     "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"},
    {"a CONNECT with content", "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nContent-Length: 28\r\n\r\n"},
    {"a CONNECT for foo",
     "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n"},
};

inline constexpr named_text any_responses[] = {
    {"a 101 to foo", "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n"},
    {"a 101 to bar", "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: bar\r\n\r\n"},
    {"a 200", like_a_response},
    {"a 200, with content", "HTTP/1.1 200 X\r\nContent-Length: 38\r\n\r\n"},
    {"a 200, with content up to the close", "HTTP/1.1 200 X\r\n\r\n"},
    {"a 403", "HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n"},
    {"a 100", "HTTP/1.1 100 X\r\n\r\n"},
    {"half a 101", "HTTP/1.1 101 X\r\nConn"},
    {"the other half", "ection: Upgrade\r\nUpgrade: foo\r\n\r\n"},
    {"a 101 to nothing", "HTTP/1.1 101 X\r\nConnection: Upgrade\r\n\r\n"},
    {"a 101 to foo and bar", "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: foo, bar\r\n\r\n"},
    {"a 101 without Connection", "HTTP/1.1 101 X\r\nUpgrade: foo\r\n\r\n"},
    {"a 101 of HTTP/1.0", "HTTP/1.0 101 X\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n"},
    {"a 101 with a length",
     "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: foo\r\nContent-Length: 38\r\n\r\n"},
    {"a 103 like a 101", "HTTP/1.1 103 X\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n"},
    {"a 200 that closes", "HTTP/1.1 200 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"},
    {"a 200 of HTTP/1.0", "HTTP/1.0 200 X\r\nContent-Length: 0\r\n\r\n"},
    {"a 204 for foo", "HTTP/1.1 204 X\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n"},
    {"a 304 with a length", "HTTP/1.1 304 X\r\nContent-Length: 38\r\n\r\n"},
    {"a 426", "HTTP/1.1 426 X\r\nConnection: Upgrade\r\nUpgrade: foo\r\nContent-Length: 0\r\n\r\n"},
    {"a 403, with content", "HTTP/1.1 403 X\r\nContent-Length: 38\r\n\r\n"},
};

/// On a stream: header lists, and DATA.
inline constexpr named_text any_stream_requests[] = {
    {"DATA", like_a_request},
    {"a request for foo",
     "HEADERS\n:method: CONNECT\n:protocol: foo\n:scheme: https\n:authority: a\n:path: /\n"},
    {"a CONNECT", "HEADERS\n:method: CONNECT\n:authority: a:1\n"},
    {"a request for what nobody speaks",
     "HEADERS\n:method: CONNECT\n:protocol: baz\n:scheme: https\n:authority: a\n:path: /\n"},
    {"a GET", "HEADERS\n:method: GET\n:scheme: https\n:authority: a\n:path: /\n"},
    {"trailers", "HEADERS\nx: y\n"},
    {"a CONNECT with a length", "HEADERS\n:method: CONNECT\n:authority: a:1\ncontent-length: 28\n"},
    {"a response", "HEADERS\n:status: 200\n"},
};

inline constexpr named_text any_stream_responses[] = {
    {"DATA", like_a_response},
    {"a 200", "HEADERS\n:status: 200\n"},
    {"a 403", "HEADERS\n:status: 403\n"},
    {"a 403 with a length", "HEADERS\n:status: 403\ncontent-length: 38\n"},
    {"a 103", "HEADERS\n:status: 103\n"},
    {"a 403 without content", "HEADERS\n:status: 403\ncontent-length: 0\n"},
    {"trailers", "HEADERS\nx: y\n"},
    {"a 101", "HEADERS\n:status: 101\n"},
    {"a 204", "HEADERS\n:status: 204\n"},
    {"a 200 with a length", "HEADERS\n:status: 200\ncontent-length: 38\n"},
    {"a request", "HEADERS\n:method: CONNECT\n:authority: a:1\n"},
};

/// One that sends any of `Texts` to one side.
template <side To, const auto& Texts>
class anyone {
 public:
  static constexpr std::string_view name = To == right ? "client" : "server";

  static anyone absent() {
    anyone none;
    none.closed_ = true;
    return none;
  }

  /// Tells each thing that it can do.
  template <class Tell>
  void moves(const scope& may, const inputs& shown, const Tell& tell) const {
    if (closed_) return;
    next ends{absent(), "closes", shown};
    ends.close(To);
    tell(ends);
    if (sent_ == may.anything) return;
    for (const named_text& one :
         std::span{Texts}.first(std::min<std::size_t>(may.texts, std::size(Texts))))
      tell(send(shown, one));
  }

  bool is_done() const { return closed_; }
  std::size_t hash() const { return sent_ * 32U + request_ * 2U + closed_; }
  friend bool operator==(const anyone&, const anyone&) = default;

 private:
  using next = move<anyone>;

  /// Sends a text, as an answer to what it was sent last, which it throws away.
  next send(const inputs& shown, const named_text& one) const {
    next then{*this, "sends " + std::string{one.name}, shown};
    for (const piece& came : shown[To].pieces)
      if (To == left && came.as == reading::head) then.party.request_ = came.request;
    then.in[To].pieces.clear();
    then.send(To,
              {number_of(one.octets), origin::anything, reading::open, then.party.request_, sent_});
    ++then.party.sent_;
    return then;
  }

  std::uint8_t sent_ = 0;
  std::uint8_t request_ = 0;
  bool closed_ = false;
};

using any_client = anyone<right, any_requests>;
using any_server = anyone<left, any_responses>;
using any_stream_client = anyone<right, any_stream_requests>;
using any_stream_server = anyone<left, any_stream_responses>;

/// The target of a tunnel: it knows nothing of HTTP, and may speak first.
class target {
 public:
  static constexpr std::string_view name = "target";

  static target absent() {
    target none;
    none.closed_ = true;
    return none;
  }

  /// Tells each thing that it can do.
  template <class Tell>
  void moves(const scope& may, const inputs& shown, const Tell& tell) const {
    if (closed_) return;
    next ends{absent(), "closes", shown};
    ends.close(left);
    tell(ends);
    next reads{*this, "reads", shown};
    if (read_.request == 0 && !shown[left].pieces.empty())
      reads.party.read_.request = shown[left].pieces.front().request;
    reads.party.read_.read_rest(shown[left].pieces, reading::tunnel, reads.broken);
    reads.in[left].pieces.clear();
    tell(reads);
    if (sent_ == may.tunnel) return;
    next sends{*this, "sends an octet through the tunnel", shown};
    sends.send(left, {number_of(like_a_response), origin::tunnel, reading::tunnel, 0, sent_});
    ++sends.party.sent_;
    tell(sends);
  }

  bool is_done() const { return closed_; }
  std::size_t hash() const { return mix(read_.hash(), sent_ * 2U + closed_); }
  friend bool operator==(const target&, const target&) = default;

 private:
  using next = move<target>;

  reader read_;
  std::uint8_t sent_ = 0;
  bool closed_ = false;
};

}  // namespace explore
