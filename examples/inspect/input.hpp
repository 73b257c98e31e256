// Where messages come from: files, standard input, and what a person pasted.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

/// What can be read at the most. Behind a head only its own octets matter.
inline constexpr std::size_t input_limit = 16 * 1024 * 1024;

/// All octets of a file, or of standard input for "-".
///
/// Throws std::runtime_error where it can't be read, or is larger than input_limit.
inline std::string read_input(const std::string& path) {
  struct closes {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, closes> opened;
  std::FILE* file = stdin;
  if (path != "-") {
    opened.reset(std::fopen(path.c_str(), "rb"));
    file = opened.get();
  }
  if (file == nullptr) throw std::runtime_error{fmt::format("{} can't be opened", path)};

  const std::string name = path == "-" ? "standard input" : path;
  std::string octets;
  std::size_t size = 0;
  do {
    octets.resize(size + 64 * 1024);
    const std::size_t got = std::fread(octets.data() + size, 1, octets.size() - size, file);
    size += got;
    if (size > input_limit)
      throw std::runtime_error{fmt::format("{} is larger than {} octets", name, input_limit)};
    if (got == 0 && std::ferror(file) != 0)
      throw std::runtime_error{fmt::format("{} can't be read", name)};
    octets.resize(size);
  } while (std::feof(file) == 0);
  return octets;
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
