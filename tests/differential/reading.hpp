// What a parser makes of the first message among some octets, in terms that all parsers share.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace differential {

/// What a parser makes of the first message.
struct reading {
  enum class outcome { waits, accepted, refused };

  outcome what = outcome::waits;  ///< of the head, and of the content that is there
  std::string why;                ///< with refused: the parser's own word for it
  std::string start;              ///< the method and the target, or the status code
  int minor_version = 0;          ///< the 1 of HTTP/1.1
  std::vector<std::pair<std::string, std::string>> fields;
  /// The content that is there, and whether it is all; nothing if the parser reads heads alone.
  std::optional<std::pair<std::string, bool>> content;
  std::size_t size = 0;  ///< how many octets were used

  /// Adds a field. Parsers differ in whether the whitespace after a value is still there.
  void add(std::string_view name, std::string_view value) {
    const std::size_t last = value.find_last_not_of(" \t");
    fields.emplace_back(name, value.substr(0, last == std::string_view::npos ? 0 : last + 1));
  }
};

/// A parser.
struct parser {
  std::string name;
  std::string version;
  reading (*read_request)(std::string_view octets);
  reading (*read_response)(std::string_view octets);
};

/// Those that turnout is compared with, each in a file of its own.
extern const parser http_parser, llhttp, picohttpparser, beast;

}  // namespace differential
