// httparse, the parser of Rust's hyper, as cargo builds it: with AVX2 where the processor has it.
#include <algorithm>
#include <cstddef>
#include <string_view>

#include "peer.hpp"

extern "C" {
// See crates/httparse.rs.
void turnout_httparse_request(const char* octets, std::size_t size, tally* fields);
void turnout_httparse_response(const char* octets, std::size_t size, tally* fields);
}

namespace {

// Does less: a target may have any octet above 0x20 but DEL, and a line may end in a bare LF.
tally read_request(std::string_view head) {
  tally fields;
  turnout_httparse_request(head.data(), head.size(), &fields);
  return fields;
}

tally read_response(std::string_view head) {
  tally fields;
  turnout_httparse_response(head.data(), head.size(), &fields);
  return fields;
}

// Reads the head from the beginning each time, as it has to.
tally feed(std::string_view head, std::size_t piece) {
  for (std::size_t shown = 0; shown < head.size();) {
    shown = std::min(shown + piece, head.size());
    const tally fields = read_request(head.substr(0, shown));
    if (fields.lines > 0) return fields;
  }
  return {};
}

const added httparse{{.name = "httparse",
                      .version = "httparse 1.10.1",
                      .read_request = read_request,
                      .read_response = read_response,
                      .feed_request = feed}};

}  // namespace
