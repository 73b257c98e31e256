// The inspector over damaged and random octets, in one process: for each the command, the exit
// status and the JSON on a line. What is shown to people has to be visible ASCII.
//
//   mutate COUNT SEED
#include <fmt/core.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "support/corpus.hpp"
#include "support/inspected.hpp"

namespace {

void print(std::string_view command, const report& found) {
  fmt::print("{} {} {}\n", command, found.status, found.machine.dump(-1, ' ', true));
  if (!inspections::can_be_shown(found).empty()) std::abort();
}

void inspect_value(std::string_view octets) { inspections::for_each_value_report(octets, print); }

void inspect_head(std::string_view octets, std::string_view other) {
  inspections::for_each_head_report(octets, other, print);
}

/// Makes inputs of others.
class mutator {
 public:
  explicit mutator(unsigned seed) : random_{seed} {}

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>{0, bound - 1}(random_);
  }

  const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  std::string noise() {
    std::string octets(below(200), '\0');
    for (char& octet : octets) octet = static_cast<char>(below(256));
    return octets;
  }

  std::string damaged(std::string octets) {
    for (std::size_t times = below(3) + 1; times > 0; --times) damage(octets);
    return octets;
  }

 private:
  void damage(std::string& octets) {
    const std::size_t at = below(octets.size() + 1);
    switch (below(5)) {
      case 0:
        octets.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 1:
        octets.erase(at, below(20));
        break;
      case 2:
        octets.insert(at, pick(tokens_));
        break;
      case 3:
        octets.insert(at, octets.substr(below(octets.size() + 1), below(80)));
        break;
      default:
        if (at < octets.size()) octets[at] = static_cast<char>(below(256));
    }
  }

  std::vector<std::string> tokens_{"\r\n",
                                   "\r\n\r\n",
                                   "\n",
                                   "\r\n ",
                                   ",",
                                   ";",
                                   "=",
                                   "\"",
                                   "\\",
                                   "/",
                                   ":",
                                   " ",
                                   "%2F",
                                   "*",
                                   "websocket",
                                   "h2c, ",
                                   "TLS/1.2",
                                   "SPDY/3.1",
                                   "connect-udp",
                                   "Upgrade: ",
                                   "Connection: close",
                                   "HTTP/1.0",
                                   "CONNECT ",
                                   "HTTP/1.1 101 X\r\n",
                                   "HTTP/1.1 103 X\r\n\r\n",
                                   "\xff",
                                   "\x1b[31m",
                                   "Content-Length: 5\r\n",
                                   "Max-Forwards: 0\r\n",
                                   "Host: a\r\n",
                                   "permessage-deflate; "};
  std::mt19937 random_;
};

const std::vector<std::string> values{"websocket, h2c",
                                      "keep-alive, Upgrade",
                                      "permessage-deflate; client_max_window_bits=\"10\"",
                                      "dGhlIHNhbXBsZSBub25jZQ==",
                                      "13, 8, 7",
                                      "h2, http%2F1.1",
                                      "AAMAAABkAAQAAP__",
                                      "?1;foo=bar"};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  mutator mutate{static_cast<unsigned>(std::atoi(argv[2]))};
  for (int i = 0; i < std::atoi(argv[1]); ++i) {
    const std::string noise = mutate.noise();
    inspect_head(mutate.damaged(mutate.pick(corpus::inputs)), mutate.pick(corpus::inputs));
    inspect_value(mutate.damaged(mutate.pick(values)));
    inspect_head(mutate.damaged(corpus::edited::websocket_agrees), corpus::edited::websocket_asks);
    if (i % 4 != 0) continue;
    inspect_head(noise, mutate.pick(corpus::inputs));
    inspect_value(noise);
  }
}
