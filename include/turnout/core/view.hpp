// Parts of a view, without the range check of std::string_view::substr().
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// `size` octets from `data` on. Given a `char*`, std::string_view would try its iterator
/// constructor first: that took GCC 12 5 % of its time for all headers of turnout, without the
/// standard ones.
constexpr std::string_view octets_at(const char* data, std::size_t size) noexcept {
  return {data, size};
}

/// The first `size` of `octets`, which has at least that many.
constexpr std::string_view front_of(std::string_view octets, std::size_t size) noexcept {
  octets.remove_suffix(octets.size() - size);
  return octets;
}

/// All of `octets` from `from` on, which is at most their size.
constexpr std::string_view rest_of(std::string_view octets, std::size_t from) noexcept {
  octets.remove_prefix(from);
  return octets;
}

/// The octets from `begin` to before `end`, which is at most their size.
constexpr std::string_view part_of(std::string_view octets, std::size_t begin,
                                   std::size_t end) noexcept {
  return rest_of(front_of(octets, end), begin);
}

/// The octets before the first `end`; all of them if there is none.
constexpr std::string_view before(std::string_view octets, char end) noexcept {
  const std::size_t size = octets.find(end);
  return size == octets.npos ? octets : front_of(octets, size);
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
