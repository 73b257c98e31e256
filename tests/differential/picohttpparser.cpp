// picohttpparser, the parser of H2O. It reads heads alone.
extern "C" {
#include <picohttpparser.h>
}

#include <array>

#include "reading.hpp"

namespace differential {
namespace {

/// What came of it, given what the parser returns: how many octets the head has.
reading finish(int size, std::string start, int minor_version, const phr_header* lines,
               std::size_t count) {
  reading seen;
  seen.what = size > 0     ? reading::outcome::accepted
              : size == -2 ? reading::outcome::waits
                           : reading::outcome::refused;
  if (size == -1) seen.why = "-1";
  if (size <= 0) return seen;
  seen.size = static_cast<std::size_t>(size);
  seen.start = std::move(start);
  seen.minor_version = minor_version;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view value{lines[i].value, lines[i].value_len};
    // A line without a name continues the value of the previous line.
    if (lines[i].name == nullptr && !seen.fields.empty())
      seen.fields.back().second += value;
    else
      seen.add({lines[i].name, lines[i].name_len}, value);
  }
  return seen;
}

reading read_request(std::string_view octets) {
  std::array<phr_header, 100> lines;
  std::size_t count = lines.size();
  const char* method = nullptr;
  const char* target = nullptr;
  std::size_t method_size = 0;
  std::size_t target_size = 0;
  int minor_version = 0;
  const int size = phr_parse_request(octets.data(), octets.size(), &method, &method_size, &target,
                                     &target_size, &minor_version, lines.data(), &count, 0);
  const std::string start =
      size > 0 ? std::string{method, method_size} + " " + std::string{target, target_size} : "";
  return finish(size, start, minor_version, lines.data(), count);
}

reading read_response(std::string_view octets) {
  std::array<phr_header, 100> lines;
  std::size_t count = lines.size();
  const char* reason = nullptr;
  std::size_t reason_size = 0;
  int minor_version = 0;
  int status = 0;
  const int size = phr_parse_response(octets.data(), octets.size(), &minor_version, &status,
                                      &reason, &reason_size, lines.data(), &count, 0);
  return finish(size, std::to_string(status), minor_version, lines.data(), count);
}

}  // namespace

const parser picohttpparser{"picohttpparser", ORIGIN, read_request, read_response};

}  // namespace differential
