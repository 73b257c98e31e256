// What is unusual in a request, valid or not: the points on which implementations differ.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <vector>

#include "heads.hpp"
#include "profiles.hpp"
#include "second_look.hpp"
#include "websocket_flaws.hpp"

/// How many octets of content an implementation reads after the head.
struct content_end {
  enum class kind { known, incomplete, malformed };

  kind what = kind::known;
  std::size_t size = 0;
};

/// A request, read as leniently as any implementation does.
struct odd_request {
  std::size_t size = 0;           ///< of all its octets
  std::size_t head_size = 0;      ///< 0 if the head does not end
  std::string start;              ///< the start line
  std::deque<std::string> lines;  ///< the field lines, folded ones as one
  turnout::facts facts;           ///< of the valid lines
  content_end by_length;          ///< if Content-Length counts
  content_end by_chunks;          ///< if Transfer-Encoding counts
  /// The names of what is unusual: error codes for broken rules, after "chunks/" if they are about
  /// chunked content, and words of our own for valid forms.
  std::vector<std::string> oddities;

  odd_request() = default;
  odd_request(const odd_request&) = delete;
  odd_request& operator=(const odd_request&) = delete;

  /// Notes what is unusual, once.
  void add(std::string_view name, bool is_so = true) {
    if (is_so && !has(name)) oddities.emplace_back(name);
  }

  void add(turnout::errc code) { add(turnout::name_of(code), code != turnout::errc::none); }

  bool has(std::string_view oddity) const {
    return std::find(oddities.begin(), oddities.end(), oddity) != oddities.end();
  }
};

namespace oddities_detail {

using turnout::errc;
using turnout::facts;
using turnout::field_name;

inline constexpr auto bound = turnout::grammar::default_list_elements;

/// Heads larger than this are refused by somebody.
inline constexpr std::size_t usual_head = 8000;

/// Where the empty line ends that ends the head; 0 if there is none.
inline std::size_t head_size(std::string_view octets) {
  bool begun = false;
  for (std::size_t at = 0;;) {
    const std::size_t end = octets.find('\n', at);
    if (end == octets.npos) return 0;
    const bool empty = end == at || (end == at + 1 && octets[at] == '\r');
    if (empty && begun) return end + 1;
    begun = begun || !empty;
    at = end + 1;
  }
}

/// The start line, even if it is malformed: the first and the last word count.
inline turnout::request_line lenient_start(std::string_view line) {
  turnout::request_line start;
  const std::string_view method = line.substr(0, line.find(' '));
  start.method_name = method;
  start.method = method == "GET"    ? turnout::method::get
                 : method == "POST" ? turnout::method::post
                                    : turnout::method::other;
  start.version = line.ends_with("HTTP/1.0") ? turnout::http_version{1, 0} : turnout::http_1_1;
  return start;
}

inline void read_start(odd_request& to) {
  const auto start = turnout::request_line::parse(to.start);
  if (!start) to.add(start.error().code);
  const turnout::request_line line = start ? *start : lenient_start(to.start);
  to.facts.set_start(line.method, line.version);
  to.add("http_1_0", line.version < turnout::http_1_1);
  to.add("later_version", line.version > turnout::http_1_1);
  if (start) to.add("absolute_form", to.start.find("://") != to.start.npos);
  using enum turnout::method;
  to.add("unusual_method", line.method != get && line.method != post && line.method != options);
}

/// Takes the lines apart, and joins folded ones.
inline void read_lines(odd_request& to, std::string_view head) {
  const auto lines = second_look_detail::lines_of(head);
  if (lines.empty()) return;
  to.add("leading_empty_line", lines.front().at > 0);
  to.add("large_head", head.size() > usual_head);
  for (const auto& [line, at] : lines) {
    to.add("bare_lf", head[at + line.size()] == '\n');
    const bool folded = at > lines.front().at && (line[0] == ' ' || line[0] == '\t');
    if (folded) to.add(to.lines.empty() ? errc::leading_whitespace : errc::folded_field_line);
    if (at == lines.front().at)
      to.start = line;
    else if (folded && !to.lines.empty())
      to.lines.back().append(line);
    else
      to.lines.emplace_back(line);
  }
  read_start(to);
  for (const std::string& line : to.lines)
    to.add(second_look_detail::read_line(line, to.facts).code);
}

/// Where content of that framing ends in the octets after the head.
inline content_end read_content(odd_request& to, turnout::framing how, std::string_view rest) {
  using kind = content_end::kind;
  turnout::content_reader reader{how, turnout::detail::message_kind::request};
  turnout::resume_mark mark;
  for (std::string_view unread = rest;;) {
    const turnout::content_piece piece = reader.next(unread, inspected_limits, mark);
    unread = piece.rest;
    switch (piece.what) {
      case turnout::content_step::octets:
        continue;
      case turnout::content_step::ended:
        return {kind::known, rest.size() - unread.size()};
      case turnout::content_step::need_more:
        to.add("content_incomplete");
        return {kind::incomplete, 0};
      case turnout::content_step::failed:
        to.add(fmt::format("chunks/{}", turnout::name_of(piece.why.code)));
        return {kind::malformed, 0};
    }
  }
}

inline void read_framing(odd_request& to, std::string_view rest) {
  const auto length =
      turnout::field::content_length::parse(to.facts.lines(field_name::content_length));
  to.add(turnout::rules::check_framing(to.facts, bound).why.code);
  to.add("content_length", length && length->octets > 0);
  to.add("chunked", to.facts.has(field_name::transfer_encoding));
  if (length)
    to.by_length = read_content(to, {turnout::framing_kind::length, length->octets}, rest);
  if (to.has("chunked")) to.by_chunks = read_content(to, {turnout::framing_kind::chunked, 0}, rest);
}

/// What is unusual about Upgrade and Connection.
inline void read_offer(odd_request& to, const turnout::protocol& wanted) {
  const facts& seen = to.facts;
  const auto upgrades = seen.lines(field_name::upgrade);
  const auto connections = seen.lines(field_name::connection);
  const auto listed = turnout::field::upgrade::parse(upgrades, bound);
  const auto options = turnout::field::connection::parse(connections, bound);
  if (upgrades.empty()) to.add(errc::no_upgrade);
  if (!options) to.add(options.error().code);
  if (options) to.add("upgrade_not_nominated", !options->contains({"upgrade"}));
  to.add("close_with_upgrade", options && options->contains({"close"}));
  to.add("several_options", options && options->size() > 1);
  to.add("several_connection_lines", connections.count() > 1);
  if (upgrades.empty()) return;
  if (!listed) return to.add(listed.error().code);
  to.add("no_common_protocol", !listed->contains(wanted));
  to.add("several_protocols", listed->size() > 1);
  to.add("several_upgrade_lines", upgrades.count() > 1);
}

/// What the protocol does not allow.
inline void read_terms(odd_request& to, const turnout::protocol& wanted) {
  const turnout::profile profile = known_profile(wanted).value_or(open_profile(wanted));
  if (!to.has("bad_connection") && !to.has("bad_transfer_encoding") &&
      !to.has("bad_content_length"))
    to.add(turnout::rules::check_profile(to.facts, profile).why.code);
  if (wanted == turnout::websocket::profile.token)
    for (const turnout::finding& one : websocket_flaws(to.facts)) to.add(one.why.code);
}

}  // namespace oddities_detail

/// Reads a request as leniently as any implementation does.
///
/// Takes     wanted: the protocol that the implementations speak
/// Changes   to: new; without a head if it does not end
inline void read_leniently(odd_request& to, std::string_view octets,
                           const turnout::protocol& wanted) {
  using namespace oddities_detail;
  to.size = octets.size();
  to.head_size = head_size(octets);
  if (to.head_size == 0) return;
  read_lines(to, octets.substr(0, to.head_size));
  to.add(turnout::rules::check_host(to.facts).why.code);
  read_framing(to, octets.substr(to.head_size));
  to.add(turnout::rules::check_expect(to.facts, bound).why.code);
  to.add("expect", to.facts.has(field_name::expect));
  read_offer(to, wanted);
  read_terms(to, wanted);
}
