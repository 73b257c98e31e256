// The grammar that fields share, as the RFCs write it: tokens, lists, quoted strings, authorities.
// Nothing in this folder uses the library.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace reference {

using text = std::string;
using texts = std::vector<std::string>;

/// How many elements a list may have, the empty ones before a comma included.
inline constexpr std::size_t most_elements = 64;

inline const text digits = "0123456789";
inline const text letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

inline bool contains(const text& set, char octet) { return set.find(octet) != text::npos; }

inline bool consists_of(const text& set, const text& octets) {
  for (const char octet : octets)
    if (!contains(set, octet)) return false;
  return true;
}

/// RFC 9110 section 5.6.2: token = 1*tchar.
inline const text tchar = letters + digits + "!#$%&'*+-.^_`|~";
inline bool is_token(const text& octets) { return !octets.empty() && consists_of(tchar, octets); }

/// ASCII alone has cases here (RFC 9110 section 5.1 and others).
inline text lower(text octets) {
  for (char& octet : octets)
    if (octet >= 'A' && octet <= 'Z') octet = static_cast<char>(octet - 'A' + 'a');
  return octets;
}

/// RFC 9110 section 5.6.3: OWS = *( SP / HTAB ).
inline text trim(text octets) {
  while (!octets.empty() && contains(" \t", octets.front())) octets.erase(0, 1);
  while (!octets.empty() && contains(" \t", octets.back())) octets.pop_back();
  return octets;
}

/// Cuts octets at each `separator`.
inline texts split(const text& octets, char separator) {
  texts parts{""};
  for (const char octet : octets) {
    if (octet == separator)
      parts.emplace_back();
    else
      parts.back() += octet;
  }
  return parts;
}

/// The same where a `separator` in a quoted-string (RFC 9110 section 5.6.4) is none. Nothing if a
/// quoted-string does not end.
inline std::optional<texts> split_unquoted(const text& octets, char separator) {
  texts parts{""};
  bool quoted = false;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (octets[i] == separator && !quoted) {
      parts.emplace_back();
      continue;
    }
    parts.back() += octets[i];
    if (octets[i] == '"') quoted = !quoted;
    if (octets[i] == '\\' && quoted && i + 1 < octets.size()) parts.back() += octets[++i];
  }
  if (quoted) return std::nullopt;
  return parts;
}

/// What a quoted-string means. RFC 9110 section 5.6.4:
/// quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE, quoted-pair = "\" octet. Control octets
/// but HTAB never come here: no line has them.
inline std::optional<text> unquote(const text& octets) {
  if (octets.size() < 2 || octets.front() != '"' || octets.back() != '"') return std::nullopt;
  text meant;
  const std::size_t end = octets.size() - 1;
  for (std::size_t i = 1; i < end; ++i) {
    if (octets[i] == '"') return std::nullopt;
    if (octets[i] == '\\' && ++i == end) return std::nullopt;
    meant += octets[i];
  }
  return meant;
}

/// True if `all` has `wanted`, octet for octet.
inline bool has_exactly(const texts& all, const text& wanted) {
  for (const text& one : all)
    if (one == wanted) return true;
  return false;
}

/// The elements of a list, or why there is none.
struct list {
  texts elements;
  bool malformed = false;
  bool too_long = false;

  bool sound() const { return !malformed && !too_long; }

  /// True if an element is `wanted`, in any case.
  bool has(const text& wanted) const {
    for (const text& element : elements)
      if (lower(element) == wanted) return true;
    return false;
  }
};

/// RFC 9110 sections 5.3 and 5.6.1: the lines of a field are one list; whitespace around commas and
/// empty elements mean nothing. One malformed element makes all of it malformed.
template <class IsElement>
list read_list(const texts& lines, const IsElement& is_element) {
  list found;
  std::size_t count = 0;
  for (const text& line : lines) {
    const std::optional<texts> parts = split_unquoted(line, ',');
    const texts cut = parts ? *parts : texts{line};
    for (std::size_t i = 0; i < cut.size(); ++i) {
      const text element = trim(cut[i]);
      if (element.empty() && i + 1 == cut.size()) continue;
      if (++count > most_elements) found.too_long = true;
      if (!element.empty() && !is_element(element)) found.malformed = true;
      if (!found.sound()) return found;
      if (!element.empty()) found.elements.push_back(element);
    }
  }
  return found;
}

/// RFC 3986 section 3.2.2: IPv4address, four numbers up to 255 without leading zeros.
inline bool is_ipv4(const text& octets) {
  const texts parts = split(octets, '.');
  if (parts.size() != 4) return false;
  for (const text& part : parts) {
    if (part.empty() || part.size() > 3 || !consists_of(digits, part)) return false;
    if ((part.size() > 1 && part[0] == '0') || std::stoi(part) > 255) return false;
  }
  return true;
}

/// How many 16-bit groups these are, with ":" between them; the last two may be an IPv4address.
inline std::optional<std::size_t> count_groups(const text& octets, bool ends_here) {
  if (octets.empty()) return 0;
  const texts parts = split(octets, ':');
  std::size_t groups = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool group =
        !parts[i].empty() && parts[i].size() <= 4 && consists_of(digits + "ABCDEFabcdef", parts[i]);
    const bool last = ends_here && i + 1 == parts.size();
    if (!group && !(last && is_ipv4(parts[i]))) return std::nullopt;
    groups += group ? 1 : 2;
  }
  return groups;
}

/// RFC 3986 section 3.2.2: IPv6address, eight groups, or "::" for at least one of them.
inline bool is_ipv6(const text& octets) {
  const std::size_t gap = octets.find("::");
  if (gap == text::npos) return count_groups(octets, true) == 8u;
  const auto before = count_groups(octets.substr(0, gap), false);
  const auto after = count_groups(octets.substr(gap + 2), true);
  return before && after && *before + *after <= 7;
}

/// RFC 3986 section 3.2.2: reg-name = *( unreserved / pct-encoded / sub-delims ).
inline bool is_reg_name(const text& octets) {
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (contains(letters + digits + "-._~!$&'()*+,;=", octets[i])) continue;
    if (octets[i] != '%' || i + 2 >= octets.size()) return false;
    if (!consists_of(digits + "ABCDEFabcdef", octets.substr(i + 1, 2))) return false;
    i += 2;
  }
  return true;
}

/// RFC 3986 section 3.2.2: IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" ).
inline bool is_ip_future(const text& octets) {
  const std::size_t dot = octets.find('.');
  if (dot == text::npos || !contains("vV", octets[0])) return false;
  const text version = octets.substr(1, dot - 1);
  const text address = octets.substr(dot + 1);
  return !version.empty() && consists_of(digits + "ABCDEFabcdef", version) && !address.empty() &&
         consists_of(letters + digits + "-._~!$&'()*+,;=:", address);
}

struct authority {
  text host;
  text port;
};

/// RFC 9110 section 7.2: uri-host [ ":" port ]. A port is at most 65535, and may be empty
/// (RFC 3986 section 3.2.3).
inline std::optional<authority> read_authority(const text& octets) {
  const std::size_t bracket = octets.rfind(']');
  const std::size_t colon = octets.find(':', bracket == text::npos ? 0 : bracket);
  const text host = octets.substr(0, colon);
  const text port = colon == text::npos ? "" : octets.substr(colon + 1);
  const bool literal = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  const text address = literal ? host.substr(1, host.size() - 2) : "";
  if (literal ? !is_ipv6(address) && !is_ip_future(address) : !is_reg_name(host))
    return std::nullopt;
  if (!consists_of(digits, port)) return std::nullopt;
  const std::size_t first = port.find_first_not_of('0');
  const text number = first == text::npos ? "" : port.substr(first);
  if (number.size() > 5 || (number.size() == 5 && number > "65535")) return std::nullopt;
  return authority{host, port};
}

}  // namespace reference
