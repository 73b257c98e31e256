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

  /// Takes a piece of the content. Once there is too much, it is read to its end, but not kept.
  void take(std::string_view octets) {
    constexpr std::size_t most = 1 << 20;
    is_too_large = is_too_large || octets.size() > most - content.size();
    if (!is_too_large) content += octets;
  }
};
