// Real heads, from the files in heads/, octet for octet.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Inputs that a row goes through in turn.
struct sample {
  std::string name;
  std::vector<std::string> inputs;
};

/// The head in a file of heads/.
inline sample read_head_file(std::string_view name) {
  const std::filesystem::path path = std::filesystem::path{HEADS_DIRECTORY} / name;
  std::ifstream file{path, std::ios::binary};
  const std::string octets{std::istreambuf_iterator{file}, {}};
  if (!octets.ends_with("\r\n\r\n")) throw std::runtime_error{path.string() + " is no head"};
  return {path.stem().string(), {octets}};
}
