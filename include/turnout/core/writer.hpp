// Writing into the caller's span, all or nothing.
// What is written is described once, by a function that puts octets; it runs twice: first to learn
// the size and whether everything can be written, then to write.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "turnout/core/result.hpp"

namespace turnout::inline v0 {

/// Takes octets in order: counts them, and copies them if it was given a place.
class writer {
 public:
  /// Counts only.
  constexpr writer() = default;
  /// Copies to `out`, which must have room for all that will be put.
  constexpr explicit writer(char* out) noexcept : out_{out} {}

  /// Appends `octets`.
  constexpr void put(std::string_view octets) noexcept {
    if (out_ != nullptr) std::char_traits<char>::copy(out_ + size_, octets.data(), octets.size());
    size_ += octets.size();
  }

  /// Appends one octet.
  constexpr void put(char octet) noexcept {
    if (out_ != nullptr) out_[size_] = octet;
    ++size_;
  }

  /// Says that the value can't be written; the first reason stays.
  constexpr void fail(failure why) noexcept {
    if (why_.code == errc::none) why_ = why;
  }

  /// How many octets were put.
  constexpr std::size_t size() const noexcept { return size_; }
  /// Why the value can't be written; errc::none if it can.
  constexpr failure error() const noexcept { return why_; }

 private:
  char* out_ = nullptr;
  std::size_t size_ = 0;
  failure why_{};
};

/// Writes what `describe` puts into a writer, if all of it fits and can be written.
///
/// Takes     out: where to write; describe: a function of `writer&` that puts the same each time
/// Returns   how many octets were written at the front of `out`
/// Fails     no_space with the size needed; whatever `describe` reports by writer::fail
/// Changes   nothing when it fails
template <class Describe>
constexpr result<std::size_t> write_whole(std::span<char> out, const Describe& describe) noexcept {
  writer measure;
  describe(measure);
  if (measure.error().code != errc::none) return measure.error();
  if (measure.size() > out.size()) return failure{errc::no_space, measure.size()};
  writer copy{out.data()};
  describe(copy);
  return copy.size();
}

/// Writes one value in its canonical form: `value.put(writer&)` says what that is.
///
/// Returns   how many octets were written at the front of `out`
/// Fails     no_space with the size needed; whatever the value reports
/// Changes   nothing when it fails
template <class Value>
constexpr result<std::size_t> write(const Value& value, std::span<char> out) noexcept {
  return write_whole(out, [&value](writer& to) { value.put(to); });
}

}  // namespace turnout::inline v0
