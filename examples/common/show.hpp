// Prints the messages on the wire.
#pragma once

#include <fmt/core.h>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

/// Prints the lines of a head, each after `mark`.
inline void show_head(std::string_view mark, std::string_view head) {
  std::string text;
  while (!head.empty() && head != "\r\n") {
    const std::size_t end = head.find("\r\n");
    text += fmt::format("{} {}\n", mark, head.substr(0, end));
    head.remove_prefix(end == head.npos ? head.size() : end + 2);
  }
  fmt::print("{}", text);
  std::fflush(stdout);
}

/// Prints what went wrong, where, and which rule it broke.
inline void show_failure(std::string_view what, turnout::failure why) {
  const turnout::explanation& rule = turnout::explain(why.code);
  fmt::print("{} at octet {}: {} ({})\n", what, why.at, rule.text, rule.section);
  std::fflush(stdout);
}

/// Prints why a connection ended.
inline void show_gone(std::string_view what, const std::exception& why) {
  fmt::print("  {}: {}\n", what, why.what());
  std::fflush(stdout);
}
