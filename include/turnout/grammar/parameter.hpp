// Parameters, a name and perhaps a value behind a semicolon: RFC 9110 section 5.6.6, and the
// grammars that differ from it in whitespace and in what may be left out.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/quoted_string.hpp"
#include "turnout/grammar/token.hpp"

namespace turnout::inline v0 {

/// In what the grammars of parameters differ.
struct parameter_rules {
  bool whitespace_around_equals;  ///< may SP and HTAB stand around "="
  bool value_optional;            ///< may "=" and the value be left out
  bool may_be_empty;              ///< may nothing stand between two semicolons
  bool token_values;              ///< does a quoted value have to be a token once unquoted
};

/// parameters, RFC 9110 section 5.6.6.
inline constexpr parameter_rules http_parameters{false, false, true, false};
/// transfer-parameter, RFC 9112 section 7.
inline constexpr parameter_rules transfer_parameters{true, false, false, false};
/// chunk-ext, RFC 9112 section 7.1.1.
inline constexpr parameter_rules chunk_extensions{true, true, false, false};
/// extension-param, RFC 6455 section 9.1, with the whitespace that the ABNF of RFC 2616 implies.
inline constexpr parameter_rules extension_parameters{true, true, false, true};

/// A name and perhaps a value.
///
/// Borrows   the octets it was read from
struct parameter {
  std::string_view name;   ///< a token
  word value;              ///< a token or a quoted-string
  bool has_value = false;  ///< whether there is a value

  /// Puts the name, and the value after an "="; fails with unwritable if the name is no token.
  constexpr void put(writer& to) const noexcept {
    put_token(to, name);
    if (!has_value) return;
    to.put('=');
    value.put(to);
  }

  /// True if name (octet for octet), and value if any, are the same.
  friend constexpr bool operator==(const parameter&, const parameter&) = default;
};

/// The parameters behind a list element, checked whole and then read without failing.
///
/// Borrows   the octets they were read from
template <parameter_rules Rules>
class parameter_list {
 public:
  /// Goes through the parameters in order; a forward iterator.
  class iterator {
   public:
    using value_type = parameter;
    using difference_type = std::ptrdiff_t;

    /// Behind the last parameter.
    constexpr iterator() = default;
    /// At the first parameter in octets that were checked.
    constexpr explicit iterator(std::string_view octets) noexcept : rest_{octets} { find(); }

    /// The parameter here.
    constexpr const parameter& operator*() const noexcept { return here_; }
    /// A member of the parameter here.
    constexpr const parameter* operator->() const noexcept { return &here_; }
    /// To the next parameter.
    constexpr iterator& operator++() noexcept {
      find();
      return *this;
    }
    /// To the next parameter; returns where it was.
    constexpr iterator operator++(int) noexcept {
      const iterator before = *this;
      find();
      return before;
    }
    /// True if both stand at the same parameter, or at the end.
    friend constexpr bool operator==(const iterator& one, const iterator& other) noexcept {
      return one.here_.name.data() == other.here_.name.data();
    }

   private:
    constexpr void find() noexcept {
      here_ = {};
      while (!rest_.empty() && here_.name.empty()) {
        const auto one = read_one(rest_);
        here_ = one->value;
        rest_.remove_prefix(one->size);
      }
    }

    std::string_view rest_;
    parameter here_{};
  };

  /// No parameter.
  constexpr parameter_list() = default;

  /// Reads the parameters at the front of `octets`, each behind a semicolon; there may be none.
  ///
  /// Grammar   *( OWS ";" OWS [ parameter ] ), RFC 9110 section 5.6.6, as `Rules` has it
  /// Returns   the parameters and how many octets they took
  /// Fails     bad_token, bad_parameter or bad_quoted_string at the octet at fault
  /// Borrows   from `octets`
  static constexpr result<front<parameter_list>> read(std::string_view octets) noexcept {
    std::size_t size = 0;
    while (begins_parameter(octets, size)) {
      const auto one = read_one(detail::rest_of(octets, size));
      if (!one) return failure{one.error().code, size + one.error().at};
      size += one->size;
    }
    parameter_list checked;
    checked.octets_ = detail::front_of(octets, size);
    return front<parameter_list>{checked, size};
  }

  /// At the first parameter.
  constexpr iterator begin() const noexcept { return iterator{octets_}; }
  /// Behind the last parameter.
  constexpr iterator end() const noexcept { return iterator{}; }

  /// Puts each parameter behind a semicolon and a space.
  constexpr void put(writer& to) const noexcept {
    for (const parameter& one : *this) {
      to.put("; ");
      one.put(to);
    }
  }

  /// True if both have equal parameters in the same order.
  friend constexpr bool operator==(const parameter_list& one,
                                   const parameter_list& other) noexcept {
    auto there = other.begin();
    for (const parameter& here : one) {
      if (there == other.end() || !(here == *there)) return false;
      ++there;
    }
    return there == other.end();
  }

 private:
  static constexpr bool begins_parameter(std::string_view octets, std::size_t from) noexcept {
    const std::size_t at = from + ows_size(detail::rest_of(octets, from));
    return at < octets.size() && octets[at] == ';';
  }

  /// Reads `OWS ";" OWS [ parameter ]`.
  static constexpr result<front<parameter>> read_one(std::string_view octets) noexcept {
    std::size_t at = ows_size(octets) + 1;
    at += ows_size(detail::rest_of(octets, at));
    const bool empty = at == octets.size() || octets[at] == ';' || octets[at] == ',';
    if (empty && Rules.may_be_empty) return front<parameter>{{}, at};
    if (empty) return failure{errc::bad_parameter, at};

    const std::size_t name_size = token_size(detail::rest_of(octets, at));
    if (name_size == 0) return failure{errc::bad_token, at};
    const std::string_view name = detail::front_of(detail::rest_of(octets, at), name_size);
    at += name_size;
    const std::size_t equals = at + space_size(detail::rest_of(octets, at));
    if (equals == octets.size() || octets[equals] != '=') {
      if (!Rules.value_optional) return failure{errc::bad_parameter, at};
      return front<parameter>{{name, {}, false}, at};
    }

    at = equals + 1;
    at += space_size(detail::rest_of(octets, at));
    const auto value = word::read(detail::rest_of(octets, at));
    if (!value) return failure{value.error().code, at + value.error().at};
    if (Rules.token_values && !value->value.is_token()) return failure{errc::bad_parameter, at};
    return front<parameter>{{name, value->value, true}, at + value->size};
  }

  static constexpr std::size_t space_size(std::string_view octets) noexcept {
    return Rules.whitespace_around_equals ? ows_size(octets) : 0;
  }

  std::string_view octets_;
};

}  // namespace turnout::inline v0
