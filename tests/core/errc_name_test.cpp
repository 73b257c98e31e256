// The name of each code.
#include "turnout/core/errc_name.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

#include "support/both.hpp"
#include "turnout/core/explain.hpp"

namespace {

#if defined(__GNUC__)
/// The name that the compiler has for a code: what follows the last "::" in that of a function.
template <turnout::errc code>
constexpr std::string_view spelled() {
  const std::string_view function = __PRETTY_FUNCTION__;
  const std::size_t end = function.find_first_of("];", function.find("code = "));
  const std::size_t begin = function.rfind("::", end) + 2;
  return function.substr(begin, end - begin);
}

template <std::size_t... codes>
constexpr bool all_spelled(std::index_sequence<codes...>) {
  return ((turnout::name_of(static_cast<turnout::errc>(codes)) ==
           spelled<static_cast<turnout::errc>(codes)>()) &&
          ...);
}
#endif

}  // namespace

TEST_CASE("each code has the name of its enumerator") {
#if defined(__GNUC__)
  CHECK_BOTH(
      all_spelled(std::make_index_sequence<std::size(turnout::detail::explanation_table::rows)>()));
#endif
  CHECK_BOTH(turnout::name_of(turnout::errc::none) == "none");
}
