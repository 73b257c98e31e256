// Where messages come from: files, standard input, and what a person pasted.
#pragma once

#include <fmt/core.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

/// What can be read at the most. Behind a head only its own octets matter.
inline constexpr std::size_t input_limit = 16 * 1024 * 1024;

/// What a file is called in messages.
inline std::string shown_name(const std::string& path) {
  return path == "-" ? "standard input" : path;
}

/// All octets of an open file.
///
/// Throws std::runtime_error where it can't be read, or is larger than input_limit.
inline std::string read_all(std::FILE* file, const std::string& name) {
  constexpr std::size_t piece = 64 * 1024;
  std::string octets;
  while (std::feof(file) == 0) {
    const std::size_t size = octets.size();
    octets.resize(size + piece);
    octets.resize(size + std::fread(octets.data() + size, 1, piece, file));
    if (std::ferror(file) != 0)
      throw std::runtime_error{fmt::format("{} can't be read: {}", name, std::strerror(errno))};
    if (octets.size() > input_limit)
      throw std::runtime_error{fmt::format("{} is larger than {} octets", name, input_limit)};
  }
  return octets;
}

/// All octets of a file, or of standard input for "-".
///
/// Throws std::runtime_error where it can't be opened, and as read_all().
inline std::string read_input(const std::string& path) {
  if (path == "-") return read_all(stdin, shown_name(path));
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::fopen(path.c_str(), "rb"),
                                                             std::fclose};
  if (!file)
    throw std::runtime_error{fmt::format("{} can't be opened: {}", path, std::strerror(errno))};
  return read_all(file.get(), path);
}

/// A head that a person pasted: each line ends in CRLF, and an empty line ends it.
inline std::string pasted_head(std::string_view text) {
  std::string head;
  for (const char octet : text) {
    if (octet == '\n' && !head.ends_with('\r')) head += '\r';
    head += octet;
  }
  if (head.find("\r\n\r\n") != head.npos) return head;
  if (!head.ends_with("\r\n")) head += "\r\n";
  return head + "\r\n";
}

/// A field value that a person pasted: without the end of its line.
inline std::string pasted_value(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return std::string{text};
}
