// picohttpparser, in one of the builds that CMakeLists.txt makes.
#include "picohttpparser.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "peer.hpp"

namespace {

tally tally_of(const phr_header* lines, std::size_t count) {
  tally fields;
  for (std::size_t at = 0; at < count; ++at) fields.add(lines[at].name_len, lines[at].value_len);
  return fields;
}

tally read_request(std::string_view head) {
  pico_request request;
  if (!request.read(head)) return {};
  return tally_of(request.lines.data(), request.line_count);
}

tally read_response(std::string_view head) {
  std::array<phr_header, 100> lines;
  std::size_t count = lines.size();
  const char* reason = nullptr;
  std::size_t reason_size = 0;
  int minor_version = 0;
  int status = 0;
  const int size = phr_parse_response(head.data(), head.size(), &minor_version, &status, &reason,
                                      &reason_size, lines.data(), &count, 0);
  return size > 0 ? tally_of(lines.data(), count) : tally{};
}

// Only looks for the end of the head until it is there, and then reads it from the beginning.
tally feed(std::string_view head, std::size_t piece) {
  pico_request request;
  for (std::size_t shown = 0; shown < head.size();) {
    const std::size_t before = shown;
    shown = std::min(shown + piece, head.size());
    if (request.read(head.substr(0, shown), before))
      return tally_of(request.lines.data(), request.line_count);
  }
  return {};
}

const added picohttpparser{{.name = "picohttpparser" END,
                            .version = sizeof(END) > 1 ? "" : "picohttpparser of " ORIGIN,
                            .read_request = read_request,
                            .read_response = read_response,
                            .feed_request = feed}};

}  // namespace
