// The result of a case, for the table, JSON and JUnit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "case.hpp"
#include "report.hpp"

namespace probe {

/// How the octets of a case are sent.
enum class way { whole, halves, octets };

constexpr std::string_view name_of(way one) {
  constexpr std::string_view names[] = {"whole", "in two pieces", "octet by octet"};
  return names[static_cast<std::size_t>(one)];
}

/// What a judge says.
struct verdict {
  enum class kind { passed, failed, skipped };

  kind what = kind::passed;
  std::string said;       ///< one sentence: what the other side did, or why the case does not apply
  std::string level{};    ///< of a failure, where it is not that of the case
  std::string section{};  ///< the same
  bool is_unreachable = false;  ///< whether there was nobody to try the case with
};

/// The verdict if the other side can't be reached.
inline verdict unreachable(const std::exception& why) {
  verdict made{verdict::kind::failed, std::string{"no connection: "} + why.what()};
  made.is_unreachable = true;
  return made;
}

constexpr std::string_view name_of(verdict::kind what) {
  constexpr std::string_view names[] = {"passed", "failed", "skipped"};
  return names[static_cast<std::size_t>(what)];
}

/// A case and its result.
struct result {
  const scenario* of = nullptr;
  way how = way::whole;
  verdict judged{};
  json saw = json::object();  ///< what the other side did, for programs
  std::string sent{};
  std::string received{};
  std::string explanation{};  ///< of a failure, as the inspector prints it

  const std::string& level() const { return judged.level.empty() ? of->level : judged.level; }
  const std::string& section() const {
    return judged.section.empty() ? of->section : judged.section;
  }
  bool has_failed() const { return judged.what == verdict::kind::failed; }
  bool breaks_a_must() const { return has_failed() && level() == "must"; }
};

/// True if all musts hold, and there are some.
inline bool hold_all_musts(const std::vector<result>& all) {
  const auto is_bad = [](const result& one) { return one.breaks_a_must(); };
  const auto is_tried = [](const result& one) { return one.judged.what != verdict::kind::skipped; };
  return std::none_of(all.begin(), all.end(), is_bad) &&
         std::any_of(all.begin(), all.end(), is_tried);
}

}  // namespace probe
