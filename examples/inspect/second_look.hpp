// What else is wrong with a head that can't be read: its lines are looked at one by one, as if
// those before them were sound. It decides nothing.
#pragma once

#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "heads.hpp"
#include "report.hpp"

namespace second_look_detail {

/// A line without its end, and where it begins.
struct line {
  std::string_view octets;
  std::size_t at;
};

/// Lines behind this one are not looked at: nobody reads so many findings.
inline constexpr std::size_t lines_looked_at = 2000;

/// The lines up to the first empty one, whatever ends them; not the last one if it has no end.
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

/// The first octet that no field value may have.
inline std::size_t control_octet(std::string_view octets) {
  return turnout::find_not<turnout::octet_class::field>(octets);
}

}  // namespace second_look_detail

/// Adds what is wrong with single lines, and with what the sound ones say.
template <class StartLine>
void take_second_look(report& to, std::size_t where) {
  using namespace second_look_detail;
  using level = diagnostic::level;
  const auto lines = lines_of(to.inputs[where].octets);
  if (lines.empty()) return;
  const auto add = [&](turnout::failure why, std::size_t at) {
    if (why.code == turnout::errc::incomplete) return;
    say(to, {level::error, {why.code, at + why.at}, where, {}});
  };
  if (const auto start = StartLine::parse(lines.front().octets); !start)
    add(start.error(), lines.front().at);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto& [octets, at] = lines[i];
    const std::size_t control = control_octet(octets);
    if (control < octets.size()) {
      const bool bare = octets[control] == '\r';
      add({bare ? turnout::errc::bare_cr : turnout::errc::control_octet, control}, at);
    } else if (const auto field = turnout::field_line::parse(octets); !field) {
      add(field.error(), at);
    }
  }
}

/// The verdict "incomplete" on the first of the inputs.
template <class StartLine>
void say_unfinished(report& to) {
  to.machine["verdict"] = "incomplete";
  to.status = unfinished;
  to.summary = "incomplete: the empty line that ends the head is missing";
  const std::size_t size = to.inputs.front().octets.size();
  say(to, {diagnostic::level::note, {turnout::errc::incomplete, size}, 0, {}});
  take_second_look<StartLine>(to, 0);
}
