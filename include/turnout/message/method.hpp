// Request methods: RFC 9110 section 9, PATCH of RFC 5789 and QUERY of RFC 10008.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/writer.hpp"

namespace turnout {
inline namespace v0 {

/// A method that the library knows; any other token is method::other.
enum class method : std::uint8_t {
  other,
  connect,
  delete_,
  get,
  head,
  options,
  patch,
  post,
  put,
  query,
  trace
};

namespace detail {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

inline constexpr std::string_view method_names[] = {""sv,     "CONNECT"sv, "DELETE"sv, "GET"sv,
                                                    "HEAD"sv, "OPTIONS"sv, "PATCH"sv,  "POST"sv,
                                                    "PUT"sv,  "QUERY"sv,   "TRACE"sv};

}  // namespace detail

/// The method's name; empty for method::other.
constexpr std::string_view name_of(method which) noexcept {
  return detail::method_names[static_cast<std::size_t>(which)];
}

/// Which method `name` is.
///
/// Rule      methods are case-sensitive, RFC 9110 section 9.1
/// Returns   method::other for a name that is not in the list
///
/// ```cpp
/// assert(turnout::method_named("GET") == turnout::method::get);
/// assert(turnout::method_named("get") == turnout::method::other);
/// ```
constexpr method method_named(std::string_view name) noexcept {
  for (std::size_t i = 1; i < std::size(detail::method_names); ++i)
    if (name == detail::method_names[i]) return static_cast<method>(i);
  return method::other;
}

/// A set of methods that the library knows, or any method at all.
///
/// ```cpp
/// const turnout::method_set both = turnout::method::get | turnout::method::post;
/// assert(both.contains(turnout::method::get) && !both.contains(turnout::method::put));
/// ```
class method_set {
 public:
  /// No method.
  constexpr method_set() = default;
  /// Only `one`; none for method::other.
  constexpr method_set(method one) noexcept : bits_{one == method::other ? none : bit(one)} {}

  /// Any method, also those that the library does not know.
  static constexpr method_set any() noexcept {
    method_set all;
    all.bits_ = 0xFFFF;
    return all;
  }

  /// True if `one` is among them; method::other is only in any().
  constexpr bool contains(method one) const noexcept { return (bits_ & bit(one)) != 0; }

  /// The methods of either set.
  friend constexpr method_set operator|(method_set one, method_set other) noexcept {
    one.bits_ |= other.bits_;
    return one;
  }

  /// Puts the names, separated by a comma and a space: the value of Allow (RFC 9110
  /// section 10.2.1).
  constexpr void put(writer& to) const noexcept {
    detail::separated names{to};
    for (std::size_t i = 1; i < std::size(detail::method_names); ++i)
      if (contains(static_cast<method>(i))) names.next().put(detail::method_names[i]);
  }

  friend constexpr bool operator==(method_set, method_set) = default;

 private:
  static constexpr std::uint16_t none = 0;

  static constexpr std::uint16_t bit(method one) noexcept {
    return static_cast<std::uint16_t>(1u << static_cast<unsigned>(one));
  }

  std::uint16_t bits_ = none;
};

/// Both methods.
constexpr method_set operator|(method one, method other) noexcept {
  return method_set{one} | method_set{other};
}

}  // namespace v0
}  // namespace turnout
