// What is to hold of every exploration, and what is known of HTTP to check it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "explore/octets.hpp"

namespace explore {

/// What is to hold, by the letters of docs/proof.md.
enum class theorem : char {
  waits = 'a',      ///< octets after a request are forwarded only after a checked 101 or 2xx
  one_way = 'b',    ///< no octet is read in two ways
  refused = 'c',    ///< after a refusal, no early octet enters a tunnel
  in_order = 'd',   ///< nothing is lost or reordered
  ends = 'e',       ///< every run ends
  unchanged = 'f',  ///< a call that is refused changes nothing
};

/// One way in which a theorem is broken.
struct breach {
  theorem of;
  std::string_view how;
};
using breaches = std::vector<breach>;

/// How much content a head says that comes after it.
inline std::size_t content_size(std::string_view head) {
  constexpr std::string_view name = "Content-Length: ";
  const std::size_t at = head.find(name);
  std::size_t size = 0;
  if (at == head.npos) return size;
  for (const char digit : head.substr(at + name.size())) {
    if (digit < '0' || digit > '9') break;
    size = 10 * size + static_cast<std::size_t>(digit - '0');
  }
  return size;
}

inline bool asks_for_tunnel(std::string_view request) {
  return request.starts_with("CONNECT ") || request.starts_with("\r\nCONNECT ");
}

/// True if a response is the one that opens a tunnel for a request: a 101 to what was offered, or a
/// 2xx to CONNECT; on a stream, a 2xx to either CONNECT. This and content_size() are all that the
/// theorems know of HTTP.
inline bool opens(std::string_view response, std::string_view request) {
  const auto both_have = [&](std::string_view line) {
    return response.find(line) != response.npos && request.find(line) != request.npos;
  };
  if (request.starts_with("HEADERS\n:method: CONNECT\n"))
    return response.starts_with("HEADERS\n:status: 2");
  if (asks_for_tunnel(request))
    return response.starts_with("HTTP/1.") && response.substr(8, 2) == " 2";
  if (!response.starts_with("HTTP/1.1 101 ") || !both_have("\r\nConnection: Upgrade\r\n"))
    return false;
  return both_have("\r\nUpgrade: foo\r\n") || both_have("\r\nUpgrade: bar\r\n");
}

/// True for an interim response.
inline bool is_interim(std::string_view response) {
  if (response.starts_with("HEADERS\n")) return response.starts_with("HEADERS\n:status: 1");
  return response.starts_with("HTTP/1.1 1") && !response.starts_with("HTTP/1.1 101 ");
}

/// What is wrong where octets are read as something else than they are, or were read as before.
constexpr std::string_view misreading(reading is, reading as) {
  if (as == reading::tunnel) return "HTTP is read as octets of the tunnel";
  if (is == reading::tunnel) return "octets of the tunnel are read as HTTP";
  return "content is read as a head, or a head as content";
}

/// Notes if pieces are read as something else than they are, or were read as before.
inline void check_reading(const std::vector<piece>& pieces, reading as, breaches& broken) {
  for (const piece& one : pieces)
    if (one.as != reading::open && one.as != as)
      broken.push_back({theorem::one_way, misreading(one.as, as)});
}

/// What an endpoint has read of its peer: each piece in one way, and all in order.
struct reader {
  std::uint8_t request = 0;  ///< which one the last head was of, or answered; 0: unknown
  std::uint8_t next = 0;     ///< the place of the next piece after it

  void read_head(const std::vector<piece>& pieces, breaches& broken) {
    check_reading(pieces, reading::head, broken);
    for (const piece& one : pieces) {
      request = one.request;
      next = one.from == origin::early ? static_cast<std::uint8_t>(one.number + 1) : 0;
    }
  }

  void read_rest(const std::vector<piece>& pieces, reading as, breaches& broken) {
    check_reading(pieces, as, broken);
    for (const piece& one : pieces) {
      if (one.from == origin::anything || one.request == 0 || request == 0) continue;
      if (as == reading::tunnel && one.from == origin::early && one.request != request)
        broken.push_back(
            {theorem::refused, "an octet is in the tunnel that came early to another request"});
      if (one.request != request || one.number != next)
        broken.push_back({theorem::in_order, "octets are missing, or in another order"});
      next = static_cast<std::uint8_t>(one.number + 1);
    }
  }

  std::size_t hash() const { return request * 16U + next; }
  friend bool operator==(const reader&, const reader&) = default;
};

}  // namespace explore
