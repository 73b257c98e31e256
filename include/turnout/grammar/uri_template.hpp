// URI templates with simple variables and form-style queries: RFC 6570, up to level 3. Other
// operators and the modifiers of level 4 are refused, as RFC 9298 section 2 requires.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/uri_variable.hpp"

namespace turnout {
inline namespace v0 {
namespace grammar {

/// A variable of a template.
///
/// Borrows   both views
struct template_variable {
  std::string_view name{};   ///< as the template spells it: the case counts
  std::string_view value{};  ///< to expand: not encoded; found by match(): encoded
  bool defined = true;       ///< an undefined variable is left out
};

namespace detail {

/// True for the octets of a variable's name. Dots may only be between them.
constexpr bool is_template_name(char octet) noexcept {
  return is_alpha(octet) || is_digit(octet) || octet == '_';
}

/// One part of a template: text, or the variables between braces.
struct template_part {
  std::string_view text{};  ///< the text, or the names with commas
  char operation = 0;       ///< 0 for text, '{' for simple variables, '?' or '&' for a form

  /// The part at the front of a checked template, which is not empty.
  static constexpr template_part first_of(std::string_view rest) noexcept {
    if (rest.front() != '{') return {turnout::detail::before(rest, '{'), 0};
    const bool form = rest[1] == '?' || rest[1] == '&';
    return {turnout::detail::part_of(rest, form ? 2 : 1, rest.find('}')), form ? rest[1] : '{'};
  }

  /// How many octets it takes in the template.
  constexpr std::size_t size() const noexcept {
    if (operation == 0) return text.size();
    return text.size() + (operation == '{' ? 2 : 3);
  }

  /// What an expansion begins with; 0 if it may be an octet of a value.
  constexpr char begin() const noexcept {
    if (operation == '?' || operation == '&') return operation;
    const bool clear = operation == 0 && !is_unreserved(text.front()) && text.front() != '%';
    return clear ? text.front() : '\0';
  }
};

/// Checks the names between the braces at the front of `rest`.
///
/// Returns   how many octets the expression takes
constexpr result<std::size_t> expression_size(std::string_view rest) noexcept {
  const std::size_t end = rest.find('}');
  std::size_t at = rest.size() > 1 && (rest[1] == '?' || rest[1] == '&') ? 2 : 1;
  if (end == rest.npos) return failure{errc::bad_target, rest.size()};
  for (char before = ','; at <= end; before = rest[at++]) {
    const bool between = at == end || rest[at] == ',' || rest[at] == '.';
    if (between && (before == ',' || before == '.')) return failure{errc::bad_target, at};
    if (!between && !is_template_name(rest[at])) return failure{errc::bad_target, at};
  }
  return end + 1;
}

}  // namespace detail

/// The path and the query of a URI template, known to be well-formed.
///
/// Borrows   the octets it was read from
///
/// ```cpp
/// const auto proxy = turnout::grammar::uri_template::parse("/udp{?host,port}");
/// const turnout::grammar::template_variable values[] = {{"host", "2001:db8::1"}, {"port", "53"}};
/// std::array<char, 64> out;
/// turnout::writer to{out};
/// proxy->put(to, values);
/// const std::string_view path{out.data(), to.size()};
/// assert(path == "/udp?host=2001%3Adb8%3A%3A1&port=53");
/// turnout::grammar::template_variable found[] = {{"port"}};
/// assert(proxy->match(path, found) && found[0].value == "53");
/// ```
class uri_template {
  // These come first: Clang rejects constants that are made with a member template that is defined
  // further down.

  /// Calls `take(part, rest)` for each part, with the template after it, until it returns false.
  template <class Take>
  constexpr bool for_each_part(const Take& take) const noexcept {
    for (std::string_view rest = text_; !rest.empty();) {
      const auto part = detail::template_part::first_of(rest);
      rest.remove_prefix(part.size());
      if (!take(part, rest)) return false;
    }
    return true;
  }

  template <class Take>
  static constexpr void for_each_name(const detail::template_part& part,
                                      const Take& take) noexcept {
    for (std::string_view rest = part.text; !rest.empty();) {
      const std::string_view name = turnout::detail::before(rest, ',');
      rest.remove_prefix(name.size() < rest.size() ? name.size() + 1 : name.size());
      take(name);
    }
  }

 public:
  /// An empty template, which matches nothing.
  constexpr uri_template() = default;

  /// Reads a path and an optional query.
  ///
  /// Grammar   RFC 6570 section 2, with the operators `?` and `&` alone; octets from "!" to "~"
  /// Fails     bad_target at the octet at fault: a first one that is not "/", one that a URI can't
  ///           have, another operator, a modifier, or an incomplete expression
  /// Borrows   from `octets`
  static constexpr result<uri_template> parse(std::string_view octets) noexcept {
    if (!octets.starts_with('/')) return failure{errc::bad_target, 0};
    for (std::size_t at = 0; at < octets.size();) {
      constexpr std::string_view never = "\"'<>\\^`|}#";
      const char octet = octets[at];
      if (octet <= ' ' || octet > '~' || never.find(octet) != never.npos)
        return failure{errc::bad_target, at};
      if (octet != '{') {
        ++at;
        continue;
      }
      const auto size = detail::expression_size(turnout::detail::rest_of(octets, at));
      if (!size) return failure{errc::bad_target, at + size.error().at};
      at += *size;
    }
    uri_template checked;
    checked.text_ = octets;
    return checked;
  }

  /// The template as it was written.
  constexpr std::string_view text() const noexcept { return text_; }

  /// True if the template has the variable.
  constexpr bool has(std::string_view name) const noexcept {
    bool found = false;
    for_each_part([&](const detail::template_part& part, std::string_view) {
      if (part.operation != 0)
        for_each_name(part, [&](std::string_view one) { found = found || one == name; });
      return true;
    });
    return found;
  }

  /// Puts the expansion.
  ///
  /// Grammar   RFC 6570 sections 3.2.2, 3.2.8 and 3.2.9: octets of values that are not unreserved
  ///           are percent-encoded
  /// Takes     values: the variables; one that is missing is undefined
  constexpr void put(writer& to, span<const template_variable> values) const noexcept {
    for_each_part([&](const detail::template_part& part, std::string_view) {
      part.operation == 0 ? to.put(part.text) : put_expression(to, part, values);
      return true;
    });
  }

  /// Finds the values of the variables in an expansion. A template matches nothing if what follows
  /// one of its expressions can be a part of a value, as in `{a}{b}` and `{a}x`.
  ///
  /// Rule      RFC 6570 section 1.4; the variables of a form come in the template's order, and each
  ///           may be missing; a variable that comes twice has the same value in both places
  /// Takes     found: the names of the wanted variables; the values and `defined` are set
  /// Fails     bad_target at the first octet that differs from the template, or at the size of
  ///           `target` if some are missing
  /// Borrows   from `target`, in the values
  constexpr result<void> match(std::string_view target,
                               span<template_variable> found) const noexcept {
    for (template_variable& one : found) one.defined = false;
    std::size_t at = text_.empty() ? target.size() : 0;
    const bool whole = for_each_part([&](const detail::template_part& part, std::string_view rest) {
      if (part.operation == 0) return skip_text(part.text, target, at);
      const char end = rest.empty() ? '\0' : detail::template_part::first_of(rest).begin();
      return (rest.empty() || end != '\0') && read_expression(part, end, target, at, found);
    });
    if (whole && at == target.size() && !text_.empty()) return {};
    return failure{errc::bad_target, at};
  }

  friend constexpr bool operator==(const uri_template&, const uri_template&) = default;

 private:
  static constexpr void put_expression(writer& to, const detail::template_part& part,
                                       span<const template_variable> values) noexcept {
    char before = part.operation == '{' ? '\0' : part.operation;
    for_each_name(part, [&](std::string_view name) {
      for (const template_variable& one : values) {
        if (one.name != name || !one.defined) continue;
        if (before != '\0') to.put(before);
        if (part.operation != '{') {
          to.put(name);
          to.put('=');
        }
        put_uri_variable(to, one.value);
        before = part.operation == '{' ? ',' : '&';
        break;
      }
    });
  }

  static constexpr bool skip_text(std::string_view text, std::string_view target,
                                  std::size_t& at) noexcept {
    for (const char octet : text) {
      if (at == target.size() || target[at] != octet) return false;
      ++at;
    }
    return true;
  }

  /// Reads the values of one expression, which `end` follows.
  static constexpr bool read_expression(const detail::template_part& part, char end,
                                        std::string_view target, std::size_t& at,
                                        span<template_variable> found) noexcept {
    const bool simple = part.operation == '{';
    char before = simple ? '\0' : part.operation;
    bool whole = true;
    for_each_name(part, [&](std::string_view name) {
      if (!whole) return;
      const std::size_t begin = at;
      const bool defined = (before == '\0' || skip(before, target, at)) &&
                           (simple || (skip_text(name, target, at) && skip('=', target, at)));
      if (!defined && !simple) {
        at = begin;
        return;
      }
      const std::size_t value = at;
      while (at < target.size() && target[at] != end && target[at] != (simple ? ',' : '&')) ++at;
      whole = defined && set(found, name, turnout::detail::part_of(target, value, at));
      before = simple ? ',' : '&';
    });
    return whole;
  }

  static constexpr bool skip(char octet, std::string_view target, std::size_t& at) noexcept {
    if (at == target.size() || target[at] != octet) return false;
    ++at;
    return true;
  }

  /// Sets a variable.
  ///
  /// Returns   false if it has another value elsewhere in the target
  static constexpr bool set(span<template_variable> found, std::string_view name,
                            std::string_view value) noexcept {
    for (template_variable& one : found) {
      if (one.name != name) continue;
      if (one.defined && one.value != value) return false;
      one = {one.name, value, true};
    }
    return true;
  }

  std::string_view text_;
};

}  // namespace grammar
}  // namespace v0
}  // namespace turnout
