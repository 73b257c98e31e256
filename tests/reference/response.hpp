// What a client makes of a response head: RFC 9112 sections 4 and 6.3, RFC 9110 sections 7.8, 9.3.6
// and 15.2.
#pragma once

#include <optional>

#include "reference/request.hpp"
#include "reference/websocket.hpp"

namespace reference {

/// What a client asked for.
struct wish {
  text method = "GET";
  std::vector<protocol> protocols;  // none with CONNECT
  std::optional<websocket_wish> websocket;
  bool awaits_continue = false;  // whether its content waits for a 100 (Continue), or the answer

  bool operator==(const wish&) const = default;
};

/// RFC 9112 section 4: status-line = HTTP-version SP status-code SP [ reason-phrase ]. The last SP
/// may be missing where there is no reason-phrase.
inline bool read_status_line(const text& octets, head& response) {
  if (octets.size() < 12 || !is_version(octets.substr(0, 8)) || octets[5] != '1') return false;
  if (octets[8] != ' ' || !consists_of(digits, octets.substr(9, 3))) return false;
  if (octets.size() > 12 && octets[12] != ' ') return false;
  response.minor = octets[7] - '0';
  response.start = {octets.substr(0, 8), octets.substr(9, 3)};
  return true;
}

inline head read_response_head(const text& octets) {
  head response = read_head(octets, behind_the_first, read_status_line);
  // RFC 9112 section 2.2: only a request may come after an empty line.
  if (response.what == found::whole && response.start.empty()) response.what = found::broken;
  return response;
}

/// RFC 9110 section 15: three digits; 1xx are interim, and those outside 100 to 599 are treated as
/// 5xx.
inline int status_of(const head& response) { return std::stoi(response.start[1]); }
inline bool is_interim(int status) { return status / 100 == 1; }

/// RFC 9110 section 2.5: all minor versions are HTTP/1.
inline bool is_http_1(const text& token) {
  return lower(token) == "http/1" || lower(token).starts_with("http/1.");
}

/// RFC 9110 section 7.8: which protocol a 101 switches to, if it is right.
inline std::optional<protocol> judge_switch(const head& response, const wish& asked) {
  // Section 15.2: HTTP/1.0 has no 1xx.
  if (response.minor == 0) return std::nullopt;
  // Section 7.6.1. `close` is about the final response (RFC 9112 section 9.6).
  const list options = connection(response);
  if (!options.sound()) return std::nullopt;
  const list named = read_list(values(response.header, "upgrade"), is_protocol);
  if (!named.sound() || named.elements.empty()) return std::nullopt;
  for (const protocol& one : asked.protocols) {
    if (!same_protocol(one.token, named.elements[0])) continue;
    // RFC 7540 section 3.2: h2 is never negotiated with Upgrade.
    if (lower(one.token) == "h2") return std::nullopt;
    texts others{named.elements.begin() + 1, named.elements.end()};
    // RFC 2817 section 3.3: the layer above it, HTTP as it was, may be named last.
    if (one.under_http && !others.empty() && is_http_1(others.back())) others.pop_back();
    // The protocol's own handshake may settle which of the versions offered it is.
    const auto may_be_named = [&](const text& token) {
      for (const protocol& other : asked.protocols)
        if (same_protocol(other.token, token)) return one.self_confirming && other.self_confirming;
      return false;
    };
    if (!std::all_of(others.begin(), others.end(), may_be_named)) return std::nullopt;
    if (!options.has("upgrade") && !one.self_confirming) return std::nullopt;
    if (one.websocket && !is_websocket_agreement(response, *asked.websocket)) return std::nullopt;
    return one;
  }
  return std::nullopt;
}

/// RFC 9112 section 6.3: where the content of a final response ends. Nothing if that can't be
/// known.
inline std::optional<framing> response_framing(const head& response, const wish& asked) {
  const int status = status_of(response);
  if (asked.method == "HEAD" || status == 204 || status == 304) return framing{};  // item 1
  const texts lengths = values(response.header, "content-length");
  const texts lines = values(response.header, "transfer-encoding");
  if (lines.empty()) {
    if (lengths.empty()) return framing{framing::kind::until_close};  // item 8
    const auto length = read_length(lengths);
    if (!length) return std::nullopt;  // item 5
    return framing{framing::kind::length, *length};
  }
  if (!lengths.empty() || response.minor == 0) return std::nullopt;  // item 3, section 6.1
  const list codings = read_list(lines, is_transfer_coding);
  if (!codings.sound()) return std::nullopt;
  if (codings.elements.empty() || !is_chunked(codings.elements.back()))
    return framing{framing::kind::until_close};  // item 4
  if (misuses_chunked(codings.elements)) return std::nullopt;
  return framing{framing::kind::chunked};
}

}  // namespace reference
