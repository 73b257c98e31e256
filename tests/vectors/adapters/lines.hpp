// What adapters in C++ share: the loop over lines, and octets.
#pragma once

#include <cstddef>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace lines {

using json = nlohmann::ordered_json;

/// The octets of a text of JSON, each of whose characters is one.
inline std::string octets_of(const json& one, const char* key) {
  const std::string text = one.value(key, "");
  std::string octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first < 0x80) {
      octets += text[i];
    } else {
      const auto second = static_cast<unsigned char>(text[++i]);
      octets += static_cast<char>((first & 3) << 6 | (second & 0x3F));
    }
  }
  return octets;
}

/// Answers each line with what `play` makes of its case.
template <class Play>
void answer_each(const Play& play) {
  for (std::string line; std::getline(std::cin, line);) {
    const json one = json::parse(line);
    json answer = play(one);
    answer["id"] = one["id"];
    std::cout << answer.dump(-1, ' ', true) << std::endl;
  }
}

}  // namespace lines
