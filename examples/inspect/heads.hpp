// Reads a complete head with its facts; shared by all commands.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <vector>

#include "report.hpp"

/// The limits are larger than those of servers, so that the inspector can show what is in a large
/// head.
inline constexpr turnout::limits inspected_limits{
    .head = 128 * 1024, .field_line = 64 * 1024, .field_lines = 1024};

/// A head and its facts.
template <class StartLine>
struct inspected_head {
  turnout::head<StartLine> head;
  turnout::facts facts;
  turnout::head_outcome reading;

  explicit inspected_head(std::string_view octets) {
    turnout::resume_mark mark;
    reading = turnout::read_facts(head, facts, octets, inspected_limits, mark);
  }

  inspected_head(const inspected_head&) = delete;
  inspected_head& operator=(const inspected_head&) = delete;

  bool is_complete() const { return reading.what == turnout::head_step::complete; }

  /// Where a finding is in the octets.
  turnout::failure located(const turnout::finding& found) const {
    return turnout::rules::located(found, facts, head.octets);
  }
};

using inspected_request = inspected_head<turnout::request_line>;
using inspected_response = inspected_head<turnout::status_line>;

/// True if a head has a line with that name.
template <class StartLine>
bool has_line(const turnout::head<StartLine>& head, std::string_view name) {
  return head.fields.find(name) != head.fields.end();
}

/// Where a part of some octets begins in them.
inline std::size_t offset_in(std::string_view octets, std::string_view part) {
  return static_cast<std::size_t>(part.data() - octets.data());
}

/// True if Connection is well-formed and lists an option.
inline bool nominates(const turnout::facts& facts, std::string_view option) {
  const auto options =
      turnout::field::connection::parse(facts.lines(turnout::field_name::connection));
  return options && options->contains({option});
}

/// True if Upgrade is well-formed and lists a protocol without a version.
inline bool names_protocol(const turnout::facts& facts, std::string_view name) {
  const auto listed = turnout::field::upgrade::parse(facts.lines(turnout::field_name::upgrade));
  return listed && listed->contains({name});
}

/// What `put` puts into a writer.
template <class Put>
std::string written(const Put& put) {
  turnout::writer measure;
  put(measure);
  std::string octets(measure.size(), '\0');
  turnout::writer copy{octets};
  put(copy);
  return octets;
}

/// The stream protocols of a request: on several lines, or in one list if a proxy joined them.
inline std::vector<std::string_view> stream_protocols(const turnout::facts& request) {
  std::vector<std::string_view> all;
  auto lines = request.lines(turnout::field_name::x_stream_protocol_version);
  for (; !lines.empty(); lines.next())
    for (std::string_view rest = lines.first(); !rest.empty();) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      const std::string_view one = turnout::grammar::trim(rest.substr(0, end));
      if (!one.empty()) all.push_back(one);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  return all;
}

/// "1.1"
inline std::string version_text(turnout::http_version version) {
  return fmt::format("{}.{}", version.major, version.minor);
}

/// A protocol as its name and its version.
inline json json_protocol(const turnout::protocol& one) {
  return json::array(
      {json_text(one.name), one.version.empty() ? json() : json(json_text(one.version))});
}

/// The protocols of Upgrade; none if it is malformed.
inline json json_protocols(const turnout::facts& facts) {
  json all = json::array();
  const auto listed = turnout::field::upgrade::parse(facts.lines(turnout::field_name::upgrade));
  if (!listed) return all;
  for (const turnout::protocol& one : *listed) all.push_back(json_protocol(one));
  return all;
}

/// The options of Connection; none if it is malformed.
inline json json_options(const turnout::facts& facts) {
  json all = json::array();
  const auto listed =
      turnout::field::connection::parse(facts.lines(turnout::field_name::connection));
  if (!listed) return all;
  for (const turnout::field::connection_option& one : *listed)
    all.push_back(json_lowered(one.text));
  return all;
}

/// Extensions with their parameters, without quotes.
inline json json_extensions(const turnout::field::sec_websocket_extensions& extensions) {
  json all = json::array();
  for (const turnout::field::extension& one : extensions) {
    json parameters = json::array();
    for (const turnout::grammar::parameter& parameter : one.parameters) {
      const std::string value =
          written([&parameter](turnout::writer& to) { parameter.value.put_text(to); });
      parameters.push_back(json::array(
          {json_text(parameter.name), parameter.has_value ? json(json_text(value)) : json()}));
    }
    all.push_back(json::array({json_text(one.name), parameters}));
  }
  return all;
}
