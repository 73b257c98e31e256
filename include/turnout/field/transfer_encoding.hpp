// Transfer-Encoding, the codings that frame the content: RFC 9112 sections 6.1 and 7.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/parameter.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// One transfer coding.
///
/// Borrows   the octets it was read from
struct transfer_coding {
  std::string_view name;           ///< a token; any case is the same coding
  grammar::parameters parameters;  ///< those after the name

  /// Reads the coding at the front of `octets`.
  ///
  /// Grammar   transfer-coding = token *( OWS ";" OWS transfer-parameter ), RFC 9112 section 7
  /// Fails     bad_token, bad_parameter or bad_quoted_string at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<grammar::parsed_prefix<transfer_coding>> parse_prefix(
      std::string_view octets) noexcept {
    const std::size_t size = grammar::token_size(octets);
    if (size == 0) return failure{errc::bad_token, 0};
    const auto rest = grammar::parameters::parse_prefix(turnout::detail::rest_of(octets, size),
                                                        grammar::transfer_parameters);
    if (!rest) return failure{rest.error().code, size + rest.error().at};
    return grammar::parsed_prefix<transfer_coding>{
        {turnout::detail::front_of(octets, size), rest->value}, size + rest->size};
  }

  /// True for the chunked coding, RFC 9112 section 7.1.
  constexpr bool is_chunked() const noexcept {
    return grammar::equal_ignoring_case(name, "chunked");
  }

  /// True for a coding that is registered, RFC 9112 section 7.3.
  constexpr bool is_registered() const noexcept {
    using namespace std::string_view_literals;  // sized: no strlen in constant evaluation
    constexpr std::string_view codings[] = {"chunked"sv, "compress"sv,   "deflate"sv,
                                            "gzip"sv,    "x-compress"sv, "x-gzip"sv};
    for (const std::string_view coding : codings)
      if (grammar::equal_ignoring_case(name, coding)) return true;
    return false;
  }

  /// Puts the name and the parameters; fails with unwritable if the name is not a token.
  constexpr void put(writer& to) const noexcept {
    grammar::put_token(to, name);
    parameters.put(to);
  }

  /// True if the names are the same in any case, and the parameters.
  friend constexpr bool operator==(const transfer_coding& one,
                                   const transfer_coding& other) noexcept {
    return grammar::equal_ignoring_case(one.name, other.name) && one.parameters == other.parameters;
  }
};

/// The value of Transfer-Encoding: codings in the order in which they were applied.
///
/// Grammar   Transfer-Encoding = #transfer-coding, RFC 9112 section 6.1
///
/// ```cpp
/// const auto codings = turnout::field::transfer_encoding::parse("gzip, Chunked");
/// assert(codings && codings->size() == 2 && (*codings->begin()).name == "gzip");
/// assert(turnout::field::check_request_codings("gzip, Chunked"));
/// ```
using transfer_encoding = grammar::list<transfer_coding, 0, errc::bad_transfer_encoding>;

/// Checks that the codings in `lines` frame a request: chunked comes last, once and without
/// parameters, and all are registered.
///
/// Rule      RFC 9112 sections 6.1, 6.3 item 4 and 7.1
/// Fails     as transfer_encoding::parse(); then, with `at` 0: chunked_not_final;
///           bad_transfer_encoding for chunked twice or with parameters; unknown_transfer_coding
constexpr result<void> check_request_codings(
    grammar::value_lines lines,
    std::size_t max_elements = grammar::default_list_elements) noexcept {
  bool chunked_last = false;
  bool chunked_before = false;
  bool all_registered = true;
  bool bare = true;
  grammar::detail::element_places places{lines, max_elements, errc::bad_transfer_encoding};
  for (auto rest = places.find(); !rest.empty(); rest = places.find()) {
    const auto coding = transfer_coding::parse_prefix(rest);
    if (!places.take(coding.error(), coding->size)) break;
    chunked_before = chunked_before || chunked_last;
    chunked_last = coding->value.is_chunked();
    bare = coding->value.parameters.empty();
    all_registered = all_registered && coding->value.is_registered();
  }
  const failure why = places.why();
  if (why) return why;
  if (!chunked_last) return failure{errc::chunked_not_final, 0};
  if (chunked_before || !bare) return failure{errc::bad_transfer_encoding, 0};
  if (!all_registered) return failure{errc::unknown_transfer_coding, 0};
  return {};
}

}  // namespace field
}  // namespace v0
}  // namespace turnout
