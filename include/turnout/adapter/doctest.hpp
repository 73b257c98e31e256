// Prints failures, results, and the members of all public enumerations in a failing CHECK of
// doctest.
#pragma once

#include <doctest/doctest.h>

#include <string_view>
#include <type_traits>

#include "turnout/adapter/named.hpp"

namespace doctest {

/// Prints a failure as one line of text.
template <>
struct StringMaker<turnout::failure> {
  /// The text.
  static String convert(const turnout::failure& why) {
    const turnout::detail::printed_failure line{why};
    return {line.text.data(), static_cast<unsigned>(line.text.size())};
  }
};

/// Prints the value of a result, or why there is none.
template <class T>
struct StringMaker<turnout::result<T>> {
  /// The text.
  static String convert(const turnout::result<T>& one) {
    if (!one) return toString(one.error());
    if constexpr (std::is_void_v<T>)
      return "success";
    else
      return toString(*one);
  }
};

}  // namespace doctest

namespace turnout {
inline namespace v0 {

namespace detail {

inline doctest::String doctest_text(std::string_view name) {
  return {name.data(), static_cast<unsigned>(name.size())};
}

}  // namespace detail

// These are not templates, since doctest has a template for all enumerations, which prints numbers.

/// The name of a member.
inline doctest::String toString(errc one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(fault one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(method one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(preference one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(framing_kind one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(target_form one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(content_step one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(head_step one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(server_step one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(client_step one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(relay_step one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(relay_side one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(server_need one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(client_need one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(relay_need one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(server_state one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(client_state one) { return detail::doctest_text(name_of(one)); }
/// The name of a member.
inline doctest::String toString(relay_state one) { return detail::doctest_text(name_of(one)); }

}  // namespace v0
}  // namespace turnout
