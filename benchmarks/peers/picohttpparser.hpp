// How to call picohttpparser. Several builds of it are measured, and each has its own names.
#pragma once

#include <picohttpparser.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace {

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

}  // namespace
