// A mix of requests: about as long as a2_chrome.req, no two alike, so that no branch predictor
// learns them. They are the same on every machine.
#pragma once

#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <turnout/grammar/ascii.hpp>
#include <utility>
#include <vector>

#include "heads.hpp"

namespace mix_detail {

/// A field line that a request may have. In a value, `#` means letters and digits of any
/// number from 4 to 24, and `@` for one of them.
struct line {
  std::string_view name;
  unsigned in_eight;  ///< how many requests of eight have it
  std::vector<std::string_view> values;
};

inline const std::vector<std::string_view> targets{"/",
                                                   "/ws",
                                                   "/live/ws?room=#&v=3",
                                                   "/socket.io/?EIO=4&transport=websocket&sid=#",
                                                   "/api/v2/stream/#?token=##",
                                                   "/#/#/#"};

inline const std::vector<line> lines{
    {"Host", 8, {"chat.example.com", "#.example.org", "localhost:8080", "[2001:db8::1]:443"}},
    {"Connection", 8, {"Upgrade", "Upgrade", "upgrade", "keep-alive, Upgrade"}},
    {"Upgrade", 8, {"websocket", "websocket", "WebSocket"}},
    {"Sec-WebSocket-Version", 8, {"13"}},
    {"Sec-WebSocket-Key", 8, {"@@@@@@@@@@@@@@@@@@@@@@=="}},
    {"User-Agent",
     8,
     {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/126.0.0.0 Safari/537.36",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
      "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
      "okhttp/4.12.0"}},
    {"Origin", 7, {"https://chat.example.com", "https://#.example.org", "null"}},
    {"Pragma", 5, {"no-cache"}},
    {"Cache-Control", 5, {"no-cache", "max-age=0"}},
    {"Accept", 2, {"*/*"}},
    {"Accept-Encoding", 6, {"gzip, deflate, br, zstd", "gzip, deflate, br"}},
    {"Accept-Language", 6, {"en-US,en;q=0.9,de;q=0.8", "fr", "pt-BR,pt;q=0.8,en;q=0.5"}},
    {"Cookie", 6, {"_ga=GA1.2.#.#; sid=s%3A##.##; theme=dark", "session=####", "id=#; lang=de"}},
    {"Authorization", 2, {"Bearer ######", "Basic #=="}},
    {"Sec-WebSocket-Extensions",
     6,
     {"permessage-deflate; client_max_window_bits", "permessage-deflate"}},
    {"Sec-WebSocket-Protocol", 2, {"chat", "mqtt", "graphql-transport-ws, graphql-ws"}},
    {"Sec-Fetch-Dest", 3, {"empty", "websocket"}},
    {"Sec-Fetch-Mode", 3, {"websocket"}},
    {"Sec-Fetch-Site", 3, {"same-origin", "same-site", "cross-site"}},
    {"X-Forwarded-For", 3, {"203.0.113.7", "2001:db8::17, 198.51.100.2"}},
    {"X-Forwarded-Proto", 3, {"https"}},
    {"X-Request-Id", 2, {"#-#-#"}},
    {"DNT", 1, {"1"}},
};

class maker {
 public:
  std::string request() {
    std::vector<std::string> chosen;
    const bool lower_case = below(4) == 0;  // as behind a proxy that speaks HTTP/2 to the client
    for (const line& one : lines)
      if (below(8) < one.in_eight)
        chosen.push_back(spelled(one.name, lower_case) + ": " + filled(one_of(one.values)));
    for (std::size_t left = chosen.size(); left > 1; --left)
      std::swap(chosen[left - 1], chosen[below(left)]);

    std::string request = "GET " + filled(one_of(targets)) + " HTTP/1.1\r\n";
    for (const std::string& one : chosen) request += one + "\r\n";
    return request + "\r\n";
  }

 private:
  // The distributions of <random> differ from one standard library to the next.
  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string_view one_of(std::span<const std::string_view> choices) {
    return choices[below(choices.size())];
  }

  std::string filled(std::string_view pattern) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::string text;
    for (const char octet : pattern) {
      if (octet != '#' && octet != '@') {
        text += octet;
        continue;
      }
      for (std::size_t left = octet == '@' ? 1 : 4 + below(21); left > 0; --left)
        text += letters[below(letters.size())];
    }
    return text;
  }

  static std::string spelled(std::string_view name, bool lower_case) {
    std::string text{name};
    if (lower_case)
      for (char& octet : text) octet = turnout::grammar::to_lower(octet);
    return text;
  }

  std::mt19937 random_;
};

}  // namespace mix_detail

/// 256 requests to switch to `websocket`.
inline sample mix() {
  mix_detail::maker maker;
  sample made{"mix", {}};
  while (made.inputs.size() < 256) made.inputs.push_back(maker.request());
  return made;
}
