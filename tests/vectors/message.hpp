// The messages that a party has written, read as simply as can be: they are well-formed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "vectors/vector.hpp"

namespace vectors {

/// Takes what comes before `end` from the front of octets, and drops `end`.
inline std::string take_up_to(std::string& octets, std::string_view end) {
  std::string taken = octets.substr(0, octets.find(end));
  octets.erase(0, taken.size() + end.size());
  return taken;
}

/// A head, without its empty line.
struct written_head {
  std::string start;
  json fields = json::array();

  /// Takes the head at the front of octets.
  static written_head take(std::string& octets) {
    written_head all;
    std::string head = take_up_to(octets, "\r\n\r\n");
    all.start = take_up_to(head, "\r\n");
    while (!head.empty()) all.fields.push_back(text_of(take_up_to(head, "\r\n")));
    return all;
  }

  /// The status code of a response.
  int status() const { return std::stoi(start.substr(9, 3)); }

  /// The value of the first line with a name.
  std::string value(std::string_view name) const {
    for (const json& line : fields) {
      const std::string octets = octets_of(line);
      if (is_called(octets, name)) return octets.substr(name.size() + 2);
    }
    return {};
  }

  bool says_close() const { return value("Connection") == "close"; }
};

/// The content of a message, taken from the octets after its head.
inline std::string take_content(const written_head& head, std::string octets) {
  if (head.value("Transfer-Encoding").empty()) return octets;
  std::string content;
  while (!octets.empty()) {
    const std::size_t size = std::stoul("0" + take_up_to(octets, "\r\n"), nullptr, 16);
    content += octets.substr(0, size);
    octets.erase(0, size + 2);
  }
  return content;
}

/// The final head of the responses that were written, after any interim ones.
struct written_answer {
  written_head head;
  bool continues = false;  ///< whether a 100 (Continue) came first
  std::string rest;        ///< what was written after the head

  explicit written_answer(std::string octets) {
    while (!octets.empty()) {
      head = written_head::take(octets);
      if (head.status() != 100) break;
      continues = true;
    }
    rest = std::move(octets);
  }
};

/// What a refusal says.
inline json refused(const std::string& written) {
  const written_answer answer{written};
  return {{"outcome", "refuse"},
          {"status", answer.head.status()},
          {"close", answer.head.says_close()},
          {"fields", answer.head.fields}};
}

}  // namespace vectors
