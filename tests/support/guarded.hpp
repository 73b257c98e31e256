// Memory that detects reading or writing too much: octets next to pages that can't be read,
// and output that is looked at after its end.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <span>
#include <string_view>

#include "turnout/core/writer.hpp"

#if __has_include(<sys/mman.h>) && !defined(__wasi__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace guarded {

#if __has_include(<sys/mman.h>) && !defined(__wasi__)

inline std::size_t page_size() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

inline char* map(std::size_t size) {
  void* const memory = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  return static_cast<char*>(memory);
}

inline void unmap(char* memory, std::size_t size) { munmap(memory, size); }

inline void allow(char* from, std::size_t size, bool yes) {
  if (mprotect(from, size, yes ? PROT_READ | PROT_WRITE : PROT_NONE) != 0) std::abort();
}

#else  // no guard where pages can't be protected: what is read is tested all the same

inline std::size_t page_size() { return 4096; }
inline char* map(std::size_t size) { return new char[size]; }
inline void unmap(char* memory, std::size_t) { delete[] memory; }
inline void allow(char*, std::size_t, bool) {}

#endif

/// Pages between two that can't be read.
class pages {
 public:
  explicit pages(std::size_t size)
      : size_{(size / page_size() + 1) * page_size()}, memory_{map(size_ + 2 * page_size())} {
    allow(begin(), size_, true);
  }
  ~pages() { unmap(memory_, size_ + 2 * page_size()); }
  pages(const pages&) = delete;
  pages& operator=(const pages&) = delete;

  /// A copy of `octets` that begins right after a page that can't be read.
  std::string_view at_begin(std::string_view octets) { return copy(octets, begin()); }
  /// A copy of `octets` that ends right before a page that can't be read.
  std::string_view at_end(std::string_view octets) {
    return copy(octets, begin() + size_ - octets.size());
  }
  /// Makes those pages unreadable that lie in the first `size` octets, and all others readable.
  void forbid(std::size_t size) {
    const std::size_t forbidden = size / page_size() * page_size();
    if (forbidden > 0) allow(begin(), forbidden, false);
    allow(begin() + forbidden, size_ - forbidden, true);
  }

 private:
  char* begin() const { return memory_ + page_size(); }

  static std::string_view copy(std::string_view octets, char* to) {
    std::ranges::copy(octets, to);
    return {to, octets.size()};
  }

  std::size_t size_;
  char* memory_;
};

/// True if `value` is written as `text` into a span of just that size and more, and not at all into
/// a smaller one, for which the size needed is named.
template <class Value>
constexpr bool writes(const Value& value, std::string_view text) {
  std::array<char, 256> out{};
  const std::span<char> looked_at = std::span{out}.first(text.size() + 2);
  for (std::size_t size = 0; size < looked_at.size(); ++size) {
    std::ranges::fill(looked_at, '\1');
    const auto written = turnout::write(value, looked_at.first(size));
    const std::string_view begin = size < text.size() ? std::string_view{} : text;
    const turnout::failure small{turnout::errc::no_space, text.size()};
    if (written.error() != (size < text.size() ? small : turnout::failure{})) return false;
    if (*written != begin) return false;
    if (!std::ranges::equal(looked_at.first(begin.size()), begin)) return false;
    for (const char after : looked_at.subspan(begin.size()))
      if (after != '\1') return false;
  }
  return true;
}

/// Why `value` can't be written, whatever the room for it; errc::none if it can, or if some octet
/// was written.
template <class Value>
constexpr turnout::failure unwritable(const Value& value) {
  std::array<char, 256> out{};
  const auto written = turnout::write(value, out);
  return out == std::array<char, 256>{} ? written.error() : turnout::failure{};
}

}  // namespace guarded
