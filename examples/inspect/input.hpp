// Reads messages from files and standard input.
#pragma once

#include <fmt/core.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>

/// The most octets that are read.
inline constexpr std::size_t input_limit = 16 * 1024 * 1024;

/// The name of a file in messages.
inline std::string shown_name(const std::string& path) {
  return path == "-" ? "standard input" : path;
}

/// All octets of an open file.
///
/// Throws std::runtime_error if it can't be read, or is larger than input_limit.
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
/// Throws std::runtime_error if it can't be opened, and as read_all().
inline std::string read_input(const std::string& path) {
  if (path == "-") return read_all(stdin, shown_name(path));
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::fopen(path.c_str(), "rb"),
                                                             std::fclose};
  if (!file)
    throw std::runtime_error{fmt::format("{} can't be opened: {}", path, std::strerror(errno))};
  return read_all(file.get(), path);
}
