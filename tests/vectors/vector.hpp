// The cases of tests/vectors as a C++ program has them, and whether an outcome is one that a case
// expects. README.md says what the keys mean.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "turnout/grammar/ascii.hpp"

namespace vectors {

using json = nlohmann::ordered_json;

/// The octets of a JSON string, each of whose characters is one octet.
inline std::string octets_of(const json& text) {
  std::string octets;
  const auto& encoded = text.get_ref<const std::string&>();
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    const auto first = static_cast<unsigned char>(encoded[i]);
    if (first < 0x80) {
      octets += encoded[i];
      continue;
    }
    const auto second = static_cast<unsigned char>(encoded[++i]);
    octets += static_cast<char>((first & 3) << 6 | (second & 0x3f));
  }
  return octets;
}

/// Octets as a JSON string, each of them one character.
inline json text_of(std::string_view octets) {
  std::string encoded;
  for (const char one : octets) {
    const auto octet = static_cast<unsigned char>(one);
    if (octet >= 0x80) encoded += static_cast<char>(0xc0 | octet >> 6);
    encoded += octet < 0x80 ? one : static_cast<char>(0x80 | (octet & 0x3f));
  }
  return encoded;
}

/// One case.
struct vector {
  /// Takes     one: the object that describes it
  explicit vector(json one) : all(std::move(one)) {
    const auto read = [this](const char* key) {
      return all.contains(key) ? octets_of(all[key]) : std::string{};
    };
    id = read("id");
    role = read("role");
    profile = read("profile");
    request = read("request");
    response = read("response");
    field = read("field");
    value = read("value");
    ends = all.value("end", false);
    setup = all.value("setup", json::object());
  }

  std::string id;
  std::string role;
  std::string profile;
  std::string request;   ///< what the client sends
  std::string response;  ///< what the server sends
  std::string field;     ///< the name of a field
  std::string value;     ///< its value
  bool ends = false;     ///< whether the sender then ends its side
  json setup;            ///< how the side that is tested is set up
  json all;
};

/// All cases of a folder.
inline std::vector<vector> read_all(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator{folder})
    if (entry.path().extension() == ".json" && entry.path().filename() != "schema.json")
      paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<vector> all;
  for (const auto& path : paths) {
    std::ifstream file{path};
    const json topic = json::parse(file);
    for (const json& one : topic["cases"]) all.emplace_back(one);
  }
  return all;
}

/// True if a status code is one of those in a list, which may have whole classes such as "4xx".
inline bool is_among(const json& status, const json& allowed) {
  return std::any_of(allowed.begin(), allowed.end(), [&status](const json& one) {
    if (!one.is_string()) return one == status;
    return one.get<std::string>()[0] - '0' == status.get<int>() / 100;
  });
}

/// True if a field line has a name.
inline bool is_called(std::string_view line, std::string_view name) {
  return turnout::grammar::equal_ignoring_case(line.substr(0, line.find(':')), name);
}

/// True if two field lines are the same: their names ignoring case, their values octet for octet.
inline bool is_same_line(std::string_view one, std::string_view other) {
  const std::string_view name = one.substr(0, one.find(':'));
  return is_called(other, name) && one.substr(name.size()) == other.substr(name.size());
}

/// True if field lines have all that they have to, or none of the names that they may not have.
inline bool fits_lines(const std::string& key, const json& wanted, const json& lines) {
  const bool has = key.ends_with("has");
  return std::all_of(wanted.begin(), wanted.end(), [&](const json& one) {
    const auto& text = one.get_ref<const std::string&>();
    return has == std::any_of(lines.begin(), lines.end(), [&](const json& line) {
             const auto& octets = line.get_ref<const std::string&>();
             return has ? is_same_line(text, octets) : is_called(octets, text);
           });
  });
}

/// The first key in which an outcome is not the one that is expected; empty if it is that one.
inline std::string difference(const json& expected, const json& got) {
  for (const auto& [key, wanted] : expected.items()) {
    const bool lines = key.ends_with("has") || key.ends_with("lacks");
    const bool of_response = key.starts_with("response_");
    const std::string told = !lines ? key : of_response ? "response_fields" : "fields";
    if (!got.contains(told)) return key;
    const json& said = got[told];
    const bool fits = lines             ? fits_lines(key, wanted, said)
                      : key == "status" ? is_among(said, wanted)
                                        : said == wanted;
    if (!fits) return key;
  }
  return {};
}

}  // namespace vectors
