// A head as its lines and its fields: RFC 9112 sections 2.2 and 5, RFC 9110 section 5.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "reference/grammar.hpp"

namespace reference {

/// How far a message, or a part of it, was found.
enum class found { incomplete, broken, whole };

/// A line without its CRLF; with incomplete, what there is of it.
struct line {
  found what = found::incomplete;
  text octets;
  std::size_t end = 0;  // after the CRLF
};

inline bool is_bad_control(char octet) {
  const auto number = static_cast<unsigned char>(octet);
  return (number < 0x20 && octet != '\t') || number == 0x7f;
}

/// RFC 9112 section 2.2: a line ends in CRLF and nothing else; a bare CR, a bare LF, and
/// (RFC 9110 section 5.5) another control octet but HTAB break the message.
inline line next_line(const text& octets, std::size_t at) {
  line read;
  for (std::size_t i = at; i < octets.size(); ++i) {
    if (octets[i] == '\r') {
      if (i + 1 == octets.size()) return read;
      read.what = octets[i + 1] == '\n' ? found::whole : found::broken;
      read.end = i + 2;
      return read;
    }
    if (is_bad_control(octets[i])) {
      read.what = found::broken;
      return read;
    }
    read.octets += octets[i];
  }
  return read;
}

/// The lines at the front of some octets, up to the empty one.
struct lines {
  found what = found::incomplete;
  texts whole;           // the lines that are complete, without their CRLF
  std::size_t size = 0;  // octets of all lines, with the empty one
};

/// Which lines of a message may be folded: the first that may, if any.
enum folding : std::size_t { all_lines = 0, behind_the_first = 1, no_line = text::npos };

/// Cuts lines up to the empty one.
///
/// RFC 9112 section 5.2: in a response, a field line goes on in the next line if that begins with
/// whitespace; the fold is whitespace. So such a line is complete only when the octet after it is
/// there.
inline lines cut_lines(const text& octets, folding may_fold) {
  lines cut;
  text unfolded;
  for (std::size_t at = 0;;) {
    const line one = next_line(octets, at);
    cut.what = one.what;
    cut.size = at = one.end;
    if (one.what != found::whole) return cut;
    if (one.octets.empty() && unfolded.empty()) return cut;
    unfolded += one.octets;
    cut.what = found::incomplete;
    if (cut.whole.size() >= may_fold) {
      if (at == octets.size()) return cut;
      if (contains(" \t", octets[at])) {
        unfolded += "  ";
        continue;
      }
    }
    cut.whole.push_back(unfolded);
    unfolded.clear();
  }
}

struct field {
  text name;  // in lower case
  text value;
};

/// RFC 9112 section 5: field-line = field-name ":" OWS field-value OWS, the name a token; no
/// whitespace before the colon (section 5.1), and no line that begins with whitespace.
inline std::optional<field> read_field(const text& line) {
  const std::size_t colon = line.find(':');
  if (colon == text::npos || !is_token(line.substr(0, colon))) return std::nullopt;
  return field{lower(line.substr(0, colon)), trim(line.substr(colon + 1))};
}

using fields = std::vector<field>;

/// The values of all lines of a field, in order.
inline texts values(const fields& all, const text& name) {
  texts found;
  for (const field& one : all)
    if (one.name == name) found.push_back(one.value);
  return found;
}

/// A head.
struct head {
  found what = found::incomplete;
  int status = 400;      // with broken: how a server answers
  texts start;           // the parts of the start line
  int minor = 1;         // of HTTP/1.minor
  fields header;         // the field lines
  std::size_t size = 0;  // octets
};

/// RFC 9112 section 2.3: HTTP-version = "HTTP/" DIGIT "." DIGIT, in this case.
inline bool is_version(const text& octets) {
  return octets.size() == 8 && octets.substr(0, 5) == "HTTP/" && contains(digits, octets[5]) &&
         octets[6] == '.' && contains(digits, octets[7]);
}

/// Reads a head. `read_start` makes the parts of the start line, and says whether it is one.
/// Each line is judged when it is complete.
template <class ReadStart>
head read_head(const text& octets, folding may_fold, const ReadStart& read_start) {
  const lines cut = cut_lines(octets, may_fold);
  head read;
  for (std::size_t i = 0; i < cut.whole.size(); ++i) {
    const auto one = i == 0 ? std::nullopt : read_field(cut.whole[i]);
    if (i == 0 ? read_start(cut.whole[i], read) : one.has_value()) {
      if (one) read.header.push_back(*one);
      continue;
    }
    read.what = found::broken;
    return read;
  }
  read.what = cut.what;
  read.size = cut.size;
  return read;
}

/// RFC 9110 section 7.6.1: Connection = #connection-option, a token each.
inline list connection(const head& message) {
  return read_list(values(message.header, "connection"), is_token);
}

/// RFC 9112 section 9.3: `close` ends the connection; else HTTP/1.1 keeps it, and HTTP/1.0 with
/// keep-alive. A Connection that can't be understood is taken for one that says `close`.
inline bool is_persistent(const head& message) {
  const list options = connection(message);
  if (!options.sound() || options.has("close")) return false;
  return message.minor >= 1 || options.has("keep-alive");
}

}  // namespace reference
