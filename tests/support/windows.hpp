// Where a handshake is shown the octets of a test.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace windows {

/// Where they are.
struct in_place {
  std::string_view operator()(std::string_view octets) { return octets; }
};

/// In a block of exactly their size, which the next window replaces: a sanitizer sees who reads one
/// octet too many, or a view of a window that is gone. Large ones are shown in place: to copy those
/// after each octet takes minutes.
class in_blocks {
 public:
  std::string_view operator()(std::string_view octets) {
    if (octets.size() > largest) return octets;
    block_.reset(new char[octets.size()]);
    octets.copy(block_.get(), octets.size());
    return {block_.get(), octets.size()};
  }

 private:
  static constexpr std::size_t largest = 4096;

  std::unique_ptr<char[]> block_;
};

}  // namespace windows
