// The result of an inspection: JSON for scripts, and text for people.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

using json = nlohmann::ordered_json;

/// Octets as the text of a JSON string: one character for each, U+0000 to U+00FF.
inline std::string json_text(std::string_view octets) {
  std::string text;
  for (const char octet : octets) {
    const auto number = static_cast<unsigned char>(octet);
    if (number < 0x80) {
      text += octet;
    } else {
      text += static_cast<char>(0xC0 | number >> 6);
      text += static_cast<char>(0x80 | (number & 0x3F));
    }
  }
  return text;
}

/// Octets in lower case.
inline std::string lowered(std::string_view octets) {
  std::string text{octets};
  for (char& octet : text) octet = turnout::grammar::to_lower(octet);
  return text;
}

/// Octets as JSON, in lower case.
inline json json_lowered(std::string_view octets) { return json_text(lowered(octets)); }

/// A failure as JSON.
inline json json_reason(turnout::failure why) {
  const turnout::explanation& rule = turnout::explain(why.code);
  return {{"code", turnout::name_of(why.code)},
          {"section", rule.section},
          {"text", rule.text},
          {"at", why.at}};
}

/// The octets that were inspected.
struct inspected {
  enum class kind { request, response, field };

  kind what = kind::request;  ///< what they are read as
  std::string name;           ///< the file, or the field
  std::string_view octets;    ///< all of them
  std::size_t last_head = 0;  ///< where the last printed head begins
};

/// One finding.
struct diagnostic {
  enum class level { error, warning, note };

  level how = level::error;
  turnout::failure why;   ///< which rule and octet; errc::none for a finding of the inspector
  std::size_t where = 0;  ///< in which input
  std::string about{};    ///< the protocol of the finding; empty for the message
  std::string code{};     ///< empty until finish() has filled it in, as are the next ones
  std::string text{};     ///< one sentence
  std::string section{};  ///< the rule
  std::string help{};     ///< what to do; empty if the text is clear enough

  /// True if both are the same finding, possibly at different octets.
  bool says_the_same(const diagnostic& other) const {
    return why.code == other.why.code && code == other.code && about == other.about &&
           where == other.where;
  }
};

/// A level in one word.
constexpr std::string_view name_of(diagnostic::level how) {
  switch (how) {
    case diagnostic::level::error:
      return "error";
    case diagnostic::level::warning:
      return "warning";
    case diagnostic::level::note:
      return "note";
  }
  return {};
}

/// One of the checks of a 101.
struct check {
  turnout::failure why;  ///< errc::none if it passed
  std::string_view text;
  std::string_view section;
};

/// What an inspection found.
struct report {
  json machine = json::object();        ///< the stable output
  int status = 0;                       ///< the exit status
  std::string summary;                  ///< the verdict in a sentence
  std::vector<std::string> hints;       ///< what the verdict means, and what to do
  std::vector<inspected> inputs;        ///< what was inspected
  std::vector<diagnostic> diagnostics;  ///< the deciding one first
  std::vector<check> checks;            ///< of a 101
  std::string octets_title;             ///< the title of the octets below
  std::string octets;                   ///< a head that would be sent
  std::vector<std::string> peers;       ///< which implementations would disagree, and how
};

/// The exit statuses.
enum exit_status { positive = 0, negative = 1, usage_error = 2, unfinished = 3, no_switch = 4 };

/// Adds a diagnostic, unless it is already there.
inline void say(report& to, diagnostic one) {
  for (const diagnostic& before : to.diagnostics)
    if (before.why == one.why && before.code == one.code && before.where == one.where) return;
  to.diagnostics.push_back(std::move(one));
}
