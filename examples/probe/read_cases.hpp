// The cases of a file, in the format of tests/vectors/README.md.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "case.hpp"

namespace probe {

/// The octets of a JSON string, each of whose characters is one octet.
inline std::string octets_of(const nlohmann::json& text) {
  const auto& encoded = text.get_ref<const std::string&>();
  std::string octets;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    const auto first = static_cast<unsigned char>(encoded[i]);
    if (first < 0x80 || i + 1 == encoded.size()) {
      octets += encoded[i];
      continue;
    }
    const auto second = static_cast<unsigned char>(encoded[++i]);
    octets += static_cast<char>((first & 3) << 6 | (second & 0x3f));
  }
  return octets;
}

namespace read_cases_detail {

using nlohmann::json;

inline std::string read(const json& from, const char* key, std::string_view otherwise = {}) {
  const auto found = from.find(key);
  const bool is_text = found != from.end() && found->is_string();
  return is_text ? octets_of(*found) : std::string{otherwise};
}

inline std::vector<std::string> read_list(const json& from, const char* key) {
  std::vector<std::string> all;
  for (const json& one : from.value(key, json::array()))
    all.push_back(one.is_string() ? octets_of(one) : one.dump());
  return all;
}

inline outcome read_outcome(const json& from) {
  outcome made{.what = octets_of(from.at("outcome"))};
  made.protocol = read(from, "protocol");
  if (from.contains("status")) {
    const json& status = from["status"];
    made.statuses =
        status.is_array() ? read_list(from, "status") : std::vector<std::string>{status.dump()};
  }
  made.before = from.value("before", std::size_t{0});
  made.leftover = from.value("leftover", std::size_t{0});
  made.held = from.value("held", std::size_t{0});
  made.start = read(from, "start");
  made.has = read_list(from, "has");
  made.lacks = read_list(from, "lacks");
  made.response_has = read_list(from, "response_has");
  made.response_lacks = read_list(from, "response_lacks");
  if (from.contains("offers")) made.offers = read_list(from, "offers");
  if (from.contains("tunnel")) made.tunnel = from["tunnel"].get<bool>();
  return made;
}

inline scenario read_case(const json& from) {
  scenario made;
  made.id = read(from, "id");
  made.role = read(from, "role");
  made.profile = read(from, "profile", "none");
  made.request = read(from, "request");
  made.response = read(from, "response");
  made.ends = from.value("end", false);
  made.level = read(from, "level", "must");
  made.section = read(from, "section");
  made.why = read(from, "why");
  made.tags = read_list(from, "tags");
  const json setup = from.value("setup", json::object());
  made.has_setup = !setup.empty();
  made.opens_tunnels = setup.contains("connect");
  for (const json& one : from.at("expect")) made.expected.push_back(read_outcome(one));
  if (made.expected.empty()) throw std::runtime_error{made.id + " expects nothing"};
  return made;
}

}  // namespace read_cases_detail

/// Adds the cases of a JSON text.
///
/// Throws std::exception if it is none, or a case lacks what each has.
inline void read_cases(std::string_view text, std::vector<scenario>& to) {
  const auto file = nlohmann::json::parse(text);
  for (const auto& one : file.at("cases")) to.push_back(read_cases_detail::read_case(one));
}

}  // namespace probe
