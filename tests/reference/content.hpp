// Where the content of a message ends, and what it is: RFC 9112 sections 6 and 7.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include "reference/lines.hpp"

namespace reference {

/// How the content of a message is delimited.
struct framing {
  enum class kind { none, length, chunked, until_close } how = kind::none;
  std::uint64_t octets = 0;  // with length

  /// True if the message has content, were it only empty chunked one.
  bool any() const { return how != kind::none && !(how == kind::length && octets == 0); }
};

/// RFC 9110 section 8.6: Content-Length = 1*DIGIT. Numbers past 64 bits are refused, as are
/// repeated ones (RFC 9112 section 6.3 item 5 leaves that choice).
inline std::optional<std::uint64_t> read_length(const texts& lines) {
  if (lines.size() != 1 || lines[0].empty() || !consists_of(digits, lines[0])) return std::nullopt;
  std::uint64_t number = 0;
  for (const char digit : lines[0]) {
    const auto value = static_cast<std::uint64_t>(digit - '0');
    if (number > (std::numeric_limits<std::uint64_t>::max() - value) / 10) return std::nullopt;
    number = number * 10 + value;
  }
  return number;
}

/// RFC 9112 section 7: transfer-parameter = token BWS "=" BWS ( token / quoted-string ).
inline bool is_transfer_parameter(const text& octets) {
  const std::size_t equals = octets.find('=');
  if (equals == text::npos || !is_token(trim(octets.substr(0, equals)))) return false;
  const text value = trim(octets.substr(equals + 1));
  return is_token(value) || unquote(value);
}

/// RFC 9112 section 7: transfer-coding = token *( OWS ";" OWS transfer-parameter ).
inline bool is_transfer_coding(const text& octets) {
  const auto parts = split_unquoted(octets, ';');
  if (!parts || !is_token(trim((*parts)[0]))) return false;
  for (std::size_t i = 1; i < parts->size(); ++i)
    if (!is_transfer_parameter(trim((*parts)[i]))) return false;
  return true;
}

/// The name of a transfer coding: any case is the same (RFC 9112 section 7).
inline text coding_name(const text& coding) {
  return lower(trim(coding.substr(0, coding.find(';'))));
}

inline bool is_chunked(const text& coding) { return coding_name(coding) == "chunked"; }

/// RFC 9112 section 6.1: chunked is applied once; section 7.1: it has no parameters.
inline bool misuses_chunked(const texts& codings) {
  int times = 0;
  for (const text& coding : codings) {
    if (!is_chunked(coding)) continue;
    if (++times > 1 || coding.find(';') != text::npos) return true;
  }
  return false;
}

/// Content as far as it goes.
struct content {
  found what = found::incomplete;
  text octets;           // those of the content alone
  std::size_t size = 0;  // with whole: octets used for it
};

/// RFC 9112 section 7.1.1: chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ]
/// ), a token, and a token or quoted-string. `octets` is what is after the chunk-size.
inline bool are_chunk_extensions(const text& octets) {
  const auto parts = split_unquoted(octets, ';');
  if (!parts || !trim((*parts)[0]).empty()) return false;
  if (parts->size() == 1) return octets.empty();
  for (std::size_t i = 1; i < parts->size(); ++i) {
    const text one = trim((*parts)[i]);
    if (!is_token(one) && !is_transfer_parameter(one)) return false;
  }
  return !contains(" \t", octets.back());
}

/// RFC 9112 section 7.1: chunk-size = 1*HEXDIG, in front of the extensions. Recipients have to
/// guard against numbers that are too large.
inline std::optional<std::uint64_t> read_chunk_line(const text& line) {
  const text hexadecimal = "0123456789abcdef";
  std::size_t size = 0;
  std::uint64_t number = 0;
  while (size < line.size() && contains(hexadecimal, lower(line)[size])) {
    if (number >> 60 != 0) return std::nullopt;
    number = number * 16 + hexadecimal.find(lower(line)[size++]);
  }
  if (size == 0 || !are_chunk_extensions(line.substr(size))) return std::nullopt;
  return number;
}

/// The longest chunk-size with its extensions, without the CRLF.
inline constexpr std::size_t longest_chunk_line = 256;

/// RFC 9112 section 7.1: chunked-body = *chunk last-chunk trailer-section CRLF; the trailers are
/// field lines (section 7.1.2), and are not looked at.
inline content read_chunked(const text& octets, folding may_fold) {
  content read;
  const auto stop = [&read](found what) {
    read.what = what;
    return read;
  };
  std::size_t at = 0;
  for (;;) {
    const line one = next_line(octets, at);
    if (one.octets.size() > longest_chunk_line) return stop(found::broken);
    if (one.what != found::whole) return stop(one.what);
    const auto size = read_chunk_line(one.octets);
    if (!size) return stop(found::broken);
    at = one.end;
    if (*size == 0) break;

    const std::size_t there = octets.size() - at;
    read.octets +=
        octets.substr(at, static_cast<std::size_t>(std::min<std::uint64_t>(*size, there)));
    if (there <= *size) return stop(found::incomplete);
    at += static_cast<std::size_t>(*size);
    if (octets[at] != '\r') return stop(found::broken);
    if (at + 1 == octets.size()) return stop(found::incomplete);
    if (octets[at + 1] != '\n') return stop(found::broken);
    at += 2;
  }
  const lines trailers = cut_lines(octets.substr(at), may_fold);
  for (const text& trailer : trailers.whole)
    if (!read_field(trailer)) return stop(found::broken);
  read.size = at + trailers.size;
  return stop(trailers.what);
}

/// Reads the content at the front of all octets that still come: RFC 9112 section 6.3. `may_fold`
/// says which trailers may be folded.
inline content read_content(const framing& how, const text& octets, folding may_fold) {
  if (how.how == framing::kind::chunked) return read_chunked(octets, may_fold);
  if (how.how == framing::kind::until_close) return {found::whole, octets, octets.size()};
  content read;
  const auto there = static_cast<std::uint64_t>(octets.size());
  read.size = static_cast<std::size_t>(std::min(how.octets, there));
  read.octets = octets.substr(0, read.size);
  if (there >= how.octets) read.what = found::whole;
  return read;
}

}  // namespace reference
