// Finds what else is wrong with a malformed head: it checks each line on its own, and the facts of
// the valid lines. It does not change the verdict.
#pragma once

#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "checks.hpp"
#include "heads.hpp"
#include "mistaken.hpp"
#include "report.hpp"
#include "websocket_flaws.hpp"

namespace second_look_detail {

/// A line without its end, and where it begins.
struct line {
  std::string_view octets;
  std::size_t at;
};

/// Lines after this one are not checked: nobody reads so many findings.
inline constexpr std::size_t lines_looked_at = 2000;

/// The lines up to the first empty one, with any line ends; without the last one if it has no end.
inline std::vector<line> lines_of(std::string_view octets) {
  std::vector<line> lines;
  for (std::size_t at = 0; lines.size() < lines_looked_at;) {
    const std::size_t end = octets.find('\n', at);
    if (end == octets.npos) break;
    std::string_view one = octets.substr(at, end - at);
    if (one.ends_with('\r')) one.remove_suffix(1);
    if (one.empty() && !lines.empty()) break;
    if (!one.empty()) lines.push_back({one, at});
    at = end + 1;
  }
  return lines;
}

/// What is wrong with a field line; notes its facts if it is valid.
inline turnout::failure read_line(std::string_view octets, turnout::facts& seen) {
  const std::size_t control =
      turnout::grammar::find_not<turnout::grammar::octet_class::field>(octets);
  if (control < octets.size()) {
    const bool bare = octets[control] == '\r';
    return {bare ? turnout::errc::bare_cr : turnout::errc::control_octet, control};
  }
  const auto field = turnout::field_line::parse(octets);
  if (!field) return field.error();
  seen.see(field->name, field->value);
  return {};
}

/// What is wrong with the facts of the valid lines of a request.
inline std::vector<turnout::finding> flaws_of(const turnout::request_line& start,
                                              turnout::facts& seen) {
  constexpr auto bound = turnout::grammar::default_list_elements;
  seen.set_start(start.method, start.version);
  std::vector<turnout::finding> all{turnout::rules::check_host(seen),
                                    turnout::rules::check_framing(seen, bound),
                                    turnout::rules::check_expect(seen, bound)};
  if (names_protocol(seen, "websocket"))
    for (const turnout::finding& one : websocket_flaws(seen)) all.push_back(one);
  return all;
}

/// What is wrong with the facts of the valid lines of a response.
inline std::vector<turnout::finding> flaws_of(const turnout::status_line& start,
                                              turnout::facts& seen) {
  seen.set_start(start.status, start.version);
  if (start.status != 101) return {};
  return {checks_detail::check_connection(seen), checks_detail::check_upgrade(seen)};
}

}  // namespace second_look_detail

/// Adds what is wrong with single lines, and with the facts of the valid ones.
///
/// Takes     where: the input; begin: where the head begins there
template <class StartLine>
void take_second_look(report& to, std::size_t where, std::size_t begin = 0) {
  using namespace second_look_detail;
  using level = diagnostic::level;
  const std::string_view octets = to.inputs[where].octets.substr(begin);
  const auto lines = lines_of(octets);
  if (lines.empty() || !mistaken_for(to.inputs[where], begin, begin).empty()) return;
  const auto add = [&](turnout::failure why, std::size_t at) {
    if (why.code == turnout::errc::none || why.code == turnout::errc::incomplete) return;
    say(to, {level::error, {why.code, begin + at + why.at}, where});
  };
  const auto start = StartLine::parse(lines.front().octets);
  if (!start) add(start.error(), lines.front().at);
  turnout::facts seen;
  for (std::size_t i = 1; i < lines.size(); ++i) add(read_line(lines[i].octets, seen), lines[i].at);
  // A missing field may be on an invalid line.
  for (const turnout::finding& found : flaws_of(start ? *start : StartLine{}, seen))
    if (found && seen.has(found.field)) add(turnout::rules::located(found, seen, octets), 0);
}

/// The verdict "incomplete" on the first of the inputs.
template <class StartLine>
void say_unfinished(report& to) {
  to.machine["verdict"] = "incomplete";
  to.status = unfinished;
  to.summary = "incomplete: the empty line that ends the head is missing";
  say(to, {diagnostic::level::note, {turnout::errc::incomplete, to.inputs.front().octets.size()}});
  take_second_look<StartLine>(to, 0);
}
