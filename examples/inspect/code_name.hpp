// The names of the codes, as <turnout/core/errc.hpp> spells them. The compiler knows them already,
// so they are not written down a second time.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <turnout/core/errc.hpp>
#include <turnout/core/explanations.hpp>
#include <utility>

namespace code_name_detail {

/// What the compiler calls the function, which has the code in full.
template <turnout::errc code>
constexpr std::string_view spelled() {
  return __PRETTY_FUNCTION__;
}

/// The code's own name: what follows the last "::" before the end of the template arguments.
constexpr std::string_view cut(std::string_view function) {
  const std::size_t end = function.find_first_of("];", function.find("code = "));
  const std::size_t begin = function.rfind("::", end) + 2;
  return function.substr(begin, end - begin);
}

template <std::size_t... codes>
constexpr auto all(std::index_sequence<codes...>) {
  return std::array{cut(spelled<static_cast<turnout::errc>(codes)>())...};
}

inline constexpr auto names =
    all(std::make_index_sequence<std::size(turnout::detail::explanation_table::rows)>());
static_assert(names.front() == "none");

}  // namespace code_name_detail

/// The name of a code, such as "bad_upgrade".
constexpr std::string_view code_name(turnout::errc code) {
  return code_name_detail::names[static_cast<std::size_t>(code)];
}
