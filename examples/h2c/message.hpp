// A request or a response, whichever version of HTTP it came in.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

/// Its fields have the names of HTTP/2: in small letters, and `:method`, `:path` or `:status` for
/// what HTTP/1.1 has in the start line. In their order those with a colon come first, as they must
/// (RFC 9113 section 8.3).
struct message {
  std::map<std::string, std::string, std::less<>> fields;
  std::string content;
  bool is_too_large = false;

  /// The value of a field; empty if it is not there.
  std::string_view field(std::string_view name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view{} : found->second;
  }

  /// Takes a piece of the content, for which there is so much room. Once there is too much, it is
  /// read to its end, but not kept.
  void take(std::string_view octets, std::size_t room) {
    is_too_large = is_too_large || octets.size() > room;
    if (!is_too_large) content += octets;
  }
};

/// How much content is kept of all requests on a connection that are not yet answered.
inline constexpr std::size_t most_content = 1 << 20;
