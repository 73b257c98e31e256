// The results: as a table with what failed, as JSON, and as JUnit's XML.
#pragma once

#include <fmt/color.h>
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report.hpp"
#include "result.hpp"

namespace probe {

namespace output_detail {

/// How many cases of a level passed.
struct tally {
  std::size_t passed = 0;
  std::size_t tried = 0;

  void add(const result& one) {
    if (one.judged.what == verdict::kind::skipped) return;
    ++tried;
    if (!one.has_failed()) ++passed;
  }
  std::string text() const { return tried == 0 ? "" : fmt::format("{}/{}", passed, tried); }
};

/// The tallies of one section.
struct row {
  tally must;
  tally should;
  tally other;

  void add(const result& one) {
    (one.level() == "must" ? must : one.level() == "should" ? should : other).add(one);
  }
};

/// A text as the content of an XML attribute or element; what XML can't have is shown as \x1f.
inline std::string xml_text(std::string_view octets) {
  std::string text;
  for (const char octet : octets) {
    const auto number = static_cast<unsigned char>(octet);
    if (octet == '&')
      text += "&amp;";
    else if (octet == '<')
      text += "&lt;";
    else if (octet == '"')
      text += "&quot;";
    else if (octet == '\n' || (number >= 0x20 && number < 0x7f))
      text += octet;
    else
      text += fmt::format("\\x{:02x}", number);
  }
  return text;
}

inline std::string full_name(const result& one) {
  return fmt::format("{} ({})", one.of->id, name_of(one.how));
}

}  // namespace output_detail

/// How often each section's rules held.
inline std::string table_of(const std::vector<result>& all) {
  using namespace output_detail;
  std::map<std::string, row> rows;
  row total;
  for (const result& one : all) {
    rows[one.section()].add(one);
    total.add(one);
  }
  std::string text =
      fmt::format("{:<34} {:>11} {:>11} {:>11}\n", "section", "must", "should", "other");
  const auto put = [&text](std::string_view name, const row& one) {
    fmt::format_to(std::back_inserter(text), "{:<34} {:>11} {:>11} {:>11}\n", name, one.must.text(),
                   one.should.text(), one.other.text());
  };
  for (const auto& [section, one] : rows) put(section, one);
  put("all", total);
  return text;
}

/// Each case that failed, once, and what the inspector says of it.
inline std::string failures_of(const std::vector<result>& all, bool colored) {
  std::string text;
  std::map<std::string, std::size_t> shown;
  for (const result& one : all) {
    if (!one.has_failed() || shown[one.of->id]++ > 0) continue;
    const auto color = one.breaks_a_must() ? fmt::color::red : fmt::color::orange;
    const std::string name = output_detail::full_name(one);
    const std::string title =
        colored ? fmt::format(fmt::emphasis::bold | fmt::fg(color), "{}", name) : name;
    fmt::format_to(std::back_inserter(text), "{}\n  {} ({}): {}.\n  {}\n\n", title, one.level(),
                   one.section(), one.judged.said, one.of->why);
    if (one.explanation.empty()) continue;
    fmt::format_to(std::back_inserter(text), "{}\n", one.explanation);
  }
  return text;
}

/// Everything, as one JSON object.
inline std::string json_of(const std::vector<result>& all) {
  json cases = json::array();
  for (const result& one : all) {
    json made{{"id", json_text(one.of->id)},
              {"way", name_of(one.how)},
              {"level", json_text(one.level())},
              {"section", json_text(one.section())},
              {"result", name_of(one.judged.what)},
              {"said", json_text(one.judged.said)},
              {"saw", one.saw}};
    if (one.has_failed()) {
      made["why"] = json_text(one.of->why);
      made["sent"] = json_text(one.sent);
      made["received"] = json_text(one.received);
    }
    cases.push_back(made);
  }
  return json{{"musts_hold", hold_all_musts(all)}, {"cases", cases}}.dump(-1, ' ', true);
}

/// Everything, as the XML that build servers read. A failure is one of a must.
inline std::string junit_of(const std::vector<result>& all) {
  using namespace output_detail;
  const auto failed =
      std::count_if(all.begin(), all.end(), [](const result& one) { return one.breaks_a_must(); });
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuite name=\"turnout-probe\" tests=\"{}\" failures=\"{}\">\n",
      all.size(), failed);
  for (const result& one : all) {
    fmt::format_to(std::back_inserter(text), "<testcase classname=\"{}\" name=\"{}\">",
                   xml_text(one.section()), xml_text(full_name(one)));
    if (one.judged.what == verdict::kind::skipped) text += "<skipped/>";
    if (one.breaks_a_must())
      fmt::format_to(std::back_inserter(text), "<failure message=\"{}\">{}</failure>",
                     xml_text(one.judged.said), xml_text(one.of->why));
    text += "</testcase>\n";
  }
  return text + "</testsuite>\n";
}

/// The cases, one on a line.
inline std::string list_of(const std::vector<scenario>& cases) {
  std::string text;
  for (const scenario& one : cases)
    fmt::format_to(std::back_inserter(text), "{}  {}, {}: {}\n", one.id, one.level, one.section,
                   one.why);
  return text;
}

}  // namespace probe
