// A request or a response, of any version of HTTP.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

/// Its fields have the names of HTTP/2: in lower case, with `:method`, `:path` or `:status` for the
/// start line of HTTP/1.1. Names with a colon come first, as they must (RFC 9113 section 8.3).
struct message {
  std::map<std::string, std::string, std::less<>> fields;
  std::string content;
  bool is_too_large = false;

  /// The value of a field; empty if there is none.
  std::string_view field(std::string_view name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view{} : found->second;
  }

  /// Adds a piece of the content, up to `room`. Content that is too large is read to its end, but
  /// not kept.
  void take(std::string_view octets, std::size_t room) {
    is_too_large = is_too_large || octets.size() > room;
    if (!is_too_large) content += octets;
  }
};

/// The most content that a connection keeps for all unanswered requests.
inline constexpr std::size_t most_content = 1 << 20;
