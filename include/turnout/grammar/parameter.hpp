// Parameters, a semicolon, a name and an optional value: RFC 9110 section 5.6.6, and the grammars
// that differ from it in whitespace and in optional parts.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/quoted_string.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/kernel/compiler.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// How the grammars of parameters differ.
struct parameter_rules {
  bool whitespace_around_equals;  ///< SP and HTAB may be around "="
  bool value_optional;            ///< "=" and the value may be left out
  bool may_be_empty;              ///< nothing may be between two semicolons
  bool token_values;              ///< a quoted value must be a token when unquoted
};

/// parameters, RFC 9110 section 5.6.6.
inline constexpr parameter_rules http_parameters{false, false, true, false};
/// transfer-parameter, RFC 9112 section 7.
inline constexpr parameter_rules transfer_parameters{true, false, false, false};
/// chunk-ext, RFC 9112 section 7.1.1.
inline constexpr parameter_rules chunk_extensions{true, true, false, false};
/// extension-param, RFC 6455 section 9.1, with the whitespace that the ABNF of RFC 2616 implies.
inline constexpr parameter_rules extension_parameters{true, true, false, true};

/// A name and an optional value.
///
/// Borrows   the octets it was read from
struct parameter {
  std::string_view name;         ///< a token
  token_or_quoted_string value;  ///< a token or a quoted-string
  bool has_value = false;        ///< whether there is a value

  /// Puts the name, and the value after an "="; fails with unwritable if the name is not a token.
  constexpr void put(writer& to) const noexcept {
    put_token(to, name);
    if (!has_value) return;
    to.put('=');
    value.put(to);
  }

  /// True if name (octet for octet), and value if any, are the same.
  friend constexpr bool operator==(const parameter&, const parameter&) = default;
};

namespace detail {

constexpr bool begins_parameter(std::string_view octets, std::size_t from) noexcept {
  const std::size_t at = from + ows_size(turnout::detail::rest_of(octets, from));
  return at < octets.size() && octets[at] == ';';
}

/// Reads `OWS ";" OWS [ parameter ]`.
///
/// Changes   one: the parameter, if there is one; at: where it begins, and then where it ends
constexpr failure take_parameter(std::string_view octets, const parameter_rules& rules,
                                 parameter& one, std::size_t& at) noexcept {
  at += ows_size(turnout::detail::rest_of(octets, at)) + 1;
  at += ows_size(turnout::detail::rest_of(octets, at));
  const bool empty = at == octets.size() || octets[at] == ';' || octets[at] == ',';
  if (empty) return {rules.may_be_empty ? errc::none : errc::bad_parameter, at};

  const std::string_view begin = turnout::detail::rest_of(octets, at);
  one.name = turnout::detail::front_of(begin, token_size(begin));
  if (one.name.empty()) return {errc::bad_token, at};
  at += one.name.size();
  const std::size_t equals =
      at + (rules.whitespace_around_equals ? ows_size(turnout::detail::rest_of(octets, at)) : 0);
  if (equals == octets.size() || octets[equals] != '=')
    return {rules.value_optional ? errc::none : errc::bad_parameter, at};

  at = equals + 1;
  at += rules.whitespace_around_equals ? ows_size(turnout::detail::rest_of(octets, at)) : 0;
  const auto value = token_or_quoted_string::parse_prefix(turnout::detail::rest_of(octets, at));
  if (!value) return {value.error().code, at + value.error().at};
  if (rules.token_values && !value->value.is_token()) return {errc::bad_parameter, at};
  one.value = value->value;
  one.has_value = true;
  at += value->size;
  return {};
}

/// Finds parameters in order, for any grammar: octets that any of the rules accepted read the same
/// with the most permissive rules.
class parameter_reader {
 public:
  using value_type = parameter;

  /// After the last parameter.
  constexpr parameter_reader() = default;
  /// Before the first parameter in checked octets.
  constexpr explicit parameter_reader(std::string_view octets) noexcept : rest_{octets} {}

  /// The current parameter.
  constexpr const parameter& here() const noexcept { return here_; }

  /// Goes to the next parameter.
  constexpr void next() noexcept {
    here_ = {};
    while (!rest_.empty() && here_.name.empty()) {
      std::size_t size = 0;
      take_parameter(rest_, all, here_, size);
      rest_.remove_prefix(size);
    }
  }

  /// True if both are at the same parameter, or at the end.
  friend constexpr bool operator==(const parameter_reader& one,
                                   const parameter_reader& other) noexcept {
    return one.here_.name.data() == other.here_.name.data();
  }

 private:
  static constexpr parameter_rules all{true, true, true, false};

  std::string_view rest_;
  parameter here_{};
};

}  // namespace detail

/// Parameters that were checked, read without failures: those of any grammar in the same way.
///
/// Borrows   the octets they were read from
class parameters {
 public:
  /// Iterates over the parameters in order; a forward iterator.
  using iterator = turnout::detail::walk<detail::parameter_reader>;

  /// No parameters.
  constexpr parameters() = default;

  /// Reads the parameters at the front of `octets`, each after a semicolon; there may be none.
  ///
  /// Grammar   *( OWS ";" OWS [ parameter ] ), RFC 9110 section 5.6.6, as `rules` says
  /// Returns   the parameters and how many octets they took
  /// Fails     bad_token, bad_parameter or bad_quoted_string at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<parsed_prefix<parameters>> parse_prefix(
      std::string_view octets, const parameter_rules& rules) noexcept {
    std::size_t size = 0;
    while (detail::begins_parameter(octets, size)) {
      parameter one;
      if (const failure why = detail::take_parameter(octets, rules, one, size)) return why;
    }
    return parsed_prefix<parameters>{parameters{turnout::detail::front_of(octets, size)}, size};
  }

  /// At the first parameter.
  constexpr iterator begin() const noexcept { return iterator{detail::parameter_reader{octets_}}; }
  /// After the last parameter.
  constexpr iterator end() const noexcept { return iterator{}; }
  /// True if there is no parameter.
  constexpr bool empty() const noexcept { return begin() == end(); }

  /// Puts each parameter after a semicolon and a space.
  constexpr void put(writer& to) const noexcept {
    for (const parameter& one : *this) {
      to.put("; ");
      one.put(to);
    }
  }

  /// True if both have equal parameters in the same order.
  friend constexpr bool operator==(const parameters& one, const parameters& other) noexcept {
    auto there = other.begin();
    for (const parameter& here : one) {
      if (there == other.end() || !(here == *there)) return false;
      ++there;
    }
    return there == other.end();
  }

 private:
  constexpr explicit parameters(std::string_view octets) noexcept : octets_{octets} {}

  std::string_view octets_;
};

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
