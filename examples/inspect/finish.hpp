// The last step of an inspection: adds text and help to each finding, and writes them into the
// JSON.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "advice.hpp"
#include "heads.hpp"
#include "recognise.hpp"
#include "report.hpp"

namespace finish_detail {

/// A text that fits better than that of the code.
struct words {
  std::string_view text;
  std::string_view section;  ///< empty for the section of the code
  std::string_view help;     ///< empty for the usual advice
};

/// True if a space in the target makes a request line wrong: there is more than one space before
/// the version.
inline bool has_space_in_target(std::string_view octets) {
  const std::string_view line = octets.substr(0, octets.find_first_of("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(" HTTP/");
  return last != line.npos && first < last && line.find(' ', first + 1) < last;
}

inline bool is_repeated_switch(const turnout::facts& response) {
  const auto named = turnout::field::upgrade::parse(response.lines(turnout::field_name::upgrade));
  return named && named->size() == 2 && *named->begin() == *++named->begin();
}

inline words words_of_request(turnout::errc code, std::string_view octets) {
  using enum turnout::errc;
  if ((code == bad_http_version || code == bad_request_line) && has_space_in_target(octets))
    return {"the request target has a space", "RFC 9112 section 3.2",
            "write each space in the target as %20"};
  return {};
}

inline words words_of_response(turnout::errc code, const messages& known) {
  using enum turnout::errc;
  if (code == content_not_allowed)
    return {"a 101 ends with its head: it has no content, and no fields about content",
            "RFC 9110 section 15.2", "leave the field out of the 101"};
  if (code == missing_subprotocol)
    return {
        "subprotocols were offered and the 101 chooses none: RFC 6455 allows that, but browsers "
        "and ws close the connection",
        "RFC 6455 section 4.2.2",
        {}};
  if (code == ambiguous_switch && known.response != nullptr &&
      is_repeated_switch(known.response->facts))
    return {"a 101 names its protocol twice", {}, "send Upgrade once"};
  return {};
}

/// True if the responses end although another one is due.
inline bool lacks_answer(const diagnostic& one, const inspected& input, const messages& known) {
  return one.why.code == turnout::errc::incomplete && input.what == inspected::kind::response &&
         input.octets.size() == known.begin;
}

inline words words_of(const diagnostic& one, const inspected& input, const messages& known) {
  using kind = inspected::kind;
  const turnout::errc code = one.why.code;
  if (lacks_answer(one, input, known))
    return {"the server closed the connection without an answer",
            {},
            "look into the server's log: it crashed, it expects TLS, or a firewall interfered"};
  if (code == turnout::errc::incomplete) return {"the octets end before the head does", {}, {}};
  if (code == turnout::errc::control_octet && input.what == kind::field)
    return {"the value has a control octet", {}, {}};
  if (input.what == kind::request) return words_of_request(code, input.octets);
  if (input.what == kind::response) return words_of_response(code, known);
  return {};
}

inline void complete(diagnostic& one, const inspected& input, const messages& known) {
  if (one.code.empty()) one.code = turnout::name_of(one.why.code);
  const turnout::explanation& rule = turnout::explain(one.why.code);
  const words better = words_of(one, input, known);
  if (one.text.empty()) one.text = better.text.empty() ? rule.text : better.text;
  if (one.section.empty()) one.section = better.section.empty() ? rule.section : better.section;
  if (one.help.empty()) one.help = better.help;
  if (one.help.empty()) one.help = advice(one, input, known);
}

inline json json_finding(const diagnostic& one, const report& all) {
  json made{{"code", one.code}, {"section", one.section}, {"text", one.text}, {"at", one.why.at}};
  if (!one.help.empty()) made["help"] = json_text(one.help);
  made["level"] = name_of(one.how);
  if (!one.about.empty()) made["about"] = one.about;
  if (all.inputs.size() > 1) made["in"] = one.where == 0 ? "request" : "response";
  return made;
}

}  // namespace finish_detail

/// Completes a report: the words of its findings, which protocol in the wild it is about, and
/// `reason`, `help` and `findings` in the JSON.
///
/// Takes     known: the messages that were read completely
inline void finish(report& to, const messages& known) {
  using namespace finish_detail;
  json findings = json::array();
  std::string help;
  if (to.inputs.front().what == inspected::kind::request) recognise(to, to.inputs.front().octets);
  for (diagnostic& one : to.diagnostics) {
    complete(one, to.inputs[one.where], known);
    findings.push_back(json_finding(one, to));
    if (help.empty()) help = one.help;
  }
  if (help.empty() && !to.hints.empty()) help = to.hints.front();
  if (to.machine.contains("reason")) {
    const diagnostic& first = to.diagnostics.front();
    to.machine["reason"] = {{"code", first.code},
                            {"section", first.section},
                            {"text", first.text},
                            {"at", first.why.at}};
  }
  if (!help.empty()) to.machine["help"] = json_text(help);
  to.machine["findings"] = std::move(findings);
}
