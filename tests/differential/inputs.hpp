// The octets on which parsers are compared.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/corpus.hpp"
#include "support/edits.hpp"

namespace differential {

/// The requests of the corpus, and the heads that stock clients send.
inline std::vector<std::string> requests(const std::filesystem::path& vectors) {
  std::vector<std::string> all;
  for (const auto& one : corpus::requests) all.push_back(one.octets);
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator{vectors / "heads"})
    files.push_back(file.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    std::ifstream head{file, std::ios::binary};
    all.emplace_back(std::istreambuf_iterator<char>{head}, std::istreambuf_iterator<char>{});
  }
  return all;
}

/// The responses of the corpus.
inline std::vector<std::string> responses() {
  std::vector<std::string> all;
  for (const auto& one : corpus::responses) all.push_back(one.octets);
  return all;
}

/// Calls `visit` with each message, and with all messages that are one edit away.
template <class Visit>
void for_each(const std::vector<std::string>& messages, const Visit& visit) {
  for (const std::string& one : messages) {
    visit(one);
    edits::for_each_edit(one, 0, visit);
  }
}

}  // namespace differential
