// How to call picohttpparser. Debian ships it inside the library of the server h2o, and not its
// header.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

extern "C" {

struct phr_header {
  const char* name;
  std::size_t name_len;
  const char* value;
  std::size_t value_len;
};

int phr_parse_request(const char* octets, std::size_t size, const char** method,
                      std::size_t* method_size, const char** target, std::size_t* target_size,
                      int* minor_version, phr_header* lines, std::size_t* line_count,
                      std::size_t size_before);

int phr_parse_response(const char* octets, std::size_t size, int* minor_version, int* status,
                       const char** reason, std::size_t* reason_size, phr_header* lines,
                       std::size_t* line_count, std::size_t size_before);
}

/// A request as picohttpparser hands it out. It does less than turnout: a target may have any octet
/// but control ones, a line may end in a bare LF or be folded, and values keep the whitespace at
/// their end.
struct pico_request {
  std::string_view method;
  int minor_version = 0;
  std::array<phr_header, 100> lines;
  std::size_t line_count = 0;

  /// Whether the head is there whole; all of it but the last piece was seen before.
  bool read(std::string_view head, std::size_t size_before = 0) {
    const char* method_at = nullptr;
    const char* target_at = nullptr;
    std::size_t method_size = 0;
    std::size_t target_size = 0;
    line_count = lines.size();
    const int size =
        phr_parse_request(head.data(), head.size(), &method_at, &method_size, &target_at,
                          &target_size, &minor_version, lines.data(), &line_count, size_before);
    if (size <= 0) return false;
    method = {method_at, method_size};
    return true;
  }
};
