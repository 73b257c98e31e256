// Which rule decides each difference between turnout and its peers.
#pragma once

#include <string_view>

#include "compare.hpp"
#include "reading.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/name.hpp"
#include "turnout/field/upgrade.hpp"

namespace differential {

/// Why turnout takes what a peer refuses, or reads it otherwise.
struct rule {
  difference::kind what;
  std::string_view how;       ///< the peer's word for what is wrong, or what is read differently
  std::string_view sentence;  ///< what turnout does, and by which section
  /// True of the messages that the sentence is about.
  bool (*is_about)(std::string_view octets, const reading& ours);
};

namespace about {

inline bool has(std::string_view octets, std::string_view part) {
  return octets.find(part) != std::string_view::npos;
}

inline bool unknown_method(std::string_view octets, const reading&) {
  const std::size_t begin = octets.find_first_not_of("\r\n");
  const std::string_view method = octets.substr(begin, octets.find(' ') - begin);
  for (const std::string_view known : {"GET", "POST", "OPTIONS", "CONNECT"})
    if (method == known) return false;
  return true;
}
inline bool empty_line_first(std::string_view octets, const reading&) {
  return octets.starts_with("\r\n");
}
inline bool later_version(std::string_view, const reading& ours) { return ours.minor_version > 1; }
inline bool bad_list(std::string_view, const reading& ours) {
  using namespace turnout;
  for (const auto& [name, value] : ours.fields) {
    const field_name known = field::known_field(name);
    if (known == field_name::upgrade && !field::upgrade::parse(value)) return true;
    if (known == field_name::connection && !field::connection::parse(value)) return true;
  }
  return false;
}
inline bool proxy_connection(std::string_view octets, const reading&) {
  return has(octets, "Proxy-Connection:");
}
inline bool scheme_with_digit(std::string_view octets, const reading&) {
  return has(octets.substr(0, octets.find("://")), "0");
}
inline bool no_reason(std::string_view octets, const reading&) {
  return octets.find('\r') == std::string_view{"HTTP/1.1 101"}.size();
}
inline bool empty_element(std::string_view octets, const reading&) {
  return has(octets, "Transfer-Encoding:,") || has(octets, "Transfer-Encoding: ,");
}
inline bool longer_name(std::string_view octets, const reading&) {
  return has(octets, "Transfer-Encodingg");
}
inline bool never_content(std::string_view, const reading& ours) {
  return ours.start.starts_with('1') || ours.start == "204" || ours.start == "304";
}
inline bool tab_after_length(std::string_view octets, const reading&) {
  return has(octets, "Content-Length: 1\t") || has(octets, "Content-Length: 2\t");
}
inline bool extension(std::string_view octets, const reading&) { return has(octets, ";"); }
inline bool quoted(std::string_view octets, const reading&) {
  return has(octets, "=\"") || has(octets, "= \"");
}
inline bool space_after_size(std::string_view octets, const reading&) { return has(octets, "5 "); }
inline bool folded(std::string_view octets, const reading&) {
  return has(octets, "\r\n ") || has(octets, "\r\n\t");
}
inline bool trailers(std::string_view octets, const reading&) {
  return has(octets, "Transfer-Encoding") && has(octets, "0\r\n");
}

}  // namespace about

inline constexpr std::string_view any_method =
    "A method is any token, and case matters: RFC 9110 section 9.1.";
inline constexpr std::string_view any_minor_version =
    "A later minor version of HTTP/1 is read like HTTP/1.1: RFC 9110 section 2.5.";
inline constexpr std::string_view any_scheme =
    "A scheme may have digits after its first letter: RFC 3986 section 3.1.";
inline constexpr std::string_view without_content =
    "A 1xx, a 204 and a 304 have no content, whatever their fields say: RFC 9112 section 6.3.";
inline constexpr std::string_view empty_elements =
    "Empty elements of a list are ignored: RFC 9110 section 5.6.1.2.";
inline constexpr std::string_view whole_names =
    "A field name is compared as a whole: RFC 9110 section 5.1.";
inline constexpr std::string_view no_reason_needed =
    "A status line may end after the status code, as some servers send it: RFC 9112 section 4.";
inline constexpr std::string_view trailers_apart =
    "Trailer fields are no fields of the head: RFC 9110 section 6.5.1.";
inline constexpr std::string_view spaces_around =
    "A value may have spaces and tabs around it: RFC 9110 section 5.5.";
inline constexpr std::string_view space_in_extensions =
    "Whitespace may surround the parts of a chunk extension: RFC 9112 section 7.1.1.";

using enum difference::kind;

/// All of them.
inline constexpr rule rules[] = {
    {refuses, "invalid HTTP method", any_method, about::unknown_method},
    {refuses, "Invalid method encountered", any_method, about::unknown_method},
    {refuses, "Expected space after method", any_method, about::unknown_method},
    {refuses, "bad method", "An empty line before a request is skipped: RFC 9112 section 2.2.",
     about::empty_line_first},
    {refuses, "bad version", any_minor_version, about::later_version},
    {refuses, "Invalid HTTP version", any_minor_version, about::later_version},
    {refuses, "bad value",
     "A malformed Connection or Upgrade offers nothing; the message is read as if it did not ask "
     "for an upgrade: RFC 9110 section 7.8.",
     about::bad_list},
    {refuses, "bad value", "Proxy-Connection means nothing: RFC 9112 appendix C.2.2.",
     about::proxy_connection},
    {refuses, "bad value", trailers_apart, about::trailers},
    {refuses, "invalid URL", any_scheme, about::scheme_with_digit},
    {refuses, "Unexpected char in url schema", any_scheme, about::scheme_with_digit},
    {refuses, "bad status", no_reason_needed, about::no_reason},
    {refuses, "-1", no_reason_needed, about::no_reason},
    {refuses, "request has invalid transfer-encoding", empty_elements, about::empty_element},
    {refuses, "request has invalid transfer-encoding", whole_names, about::longer_name},
    {refuses, "unexpected content-length header", whole_names, about::longer_name},
    {refuses, "bad Content-Length", without_content, about::never_content},
    {refuses, "Empty Content-Length", without_content, about::never_content},
    {refuses, "invalid character in content-length header", without_content, about::never_content},
    {refuses, "Invalid character in Content-Length", without_content, about::never_content},
    {refuses, "Invalid character in Content-Length", spaces_around, about::tab_after_length},
    {refuses, "invalid character in content-length header", spaces_around, about::tab_after_length},
    {refuses, "Invalid character in chunk extensions", space_in_extensions, about::extension},
    {refuses, "Invalid character in chunk extensions name", space_in_extensions, about::extension},
    {refuses, "Invalid character in chunk extensions value", space_in_extensions, about::extension},
    {refuses, "Invalid character in chunk size",
     "Whitespace may be between the size of a chunk and what follows: RFC 9112 section 7.1.1.",
     about::space_after_size},
    {refuses, "Invalid character in chunk size",
     "The value of a chunk extension may be a quoted string: RFC 9112 section 7.1.1.",
     about::quoted},
    {reads, "content", without_content, about::never_content},
    {reads, "content", empty_elements, about::empty_element},
    {reads, "fields",
     "A folded line goes on with the value of the line before, after a space: RFC 9112 section "
     "5.2.",
     about::folded},
    {reads, "fields", trailers_apart, about::trailers},
};

/// The rule for a difference; nullptr if there is none, which is a find.
inline const rule* rule_for(const difference& found, std::string_view octets, const reading& ours) {
  for (const rule& one : rules)
    if (one.what == found.what && one.how == found.how && one.is_about(octets, ours)) return &one;
  return nullptr;
}

}  // namespace differential
