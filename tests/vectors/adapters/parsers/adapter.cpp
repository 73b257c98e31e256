// A parser with checks written by hand, as an adapter of score.py:
//
//   python3 tests/vectors/score.py build-vectors/ours/tests/differential/turnout_parsers_adapter
//   llhttp
//
// Without a name it prints the names of the parsers, each with its version.
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "by_hand.hpp"
#include "differential/reading.hpp"
#include "vectors/adapters/lines.hpp"

namespace {

using by_hand::json;

constexpr const differential::parser* parsers[] = {
    &differential::http_parser,
    &differential::llhttp,
    &differential::beast,
#if defined(ORIGIN)
    &differential::picohttpparser,
#endif
};

bool is_made_up(const std::string& profile) {
  return profile == "foo/2" || profile == "foo/3" || profile == "bar" || profile == "none";
}

json play(const differential::parser& parser, const json& one) {
  const std::string profile = one.value("profile", "");
  const json setup = one.value("setup", json::object());
  const bool ends = one.value("end", false);
  const bool plain = !setup.contains("deflate") && !setup.contains("subprotocols") &&
                     !setup.contains("origins") && !setup.contains("connect");
  if (one["role"] == "server" && plain && (is_made_up(profile) || profile == "websocket")) {
    std::vector<std::string> spoken{by_hand::lowered(profile)};
    for (const std::string also : setup.value("also", json::array()))
      spoken.push_back(by_hand::lowered(also));
    return by_hand::serve(parser, lines::octets_of(one, "request"), ends, spoken);
  }
  if (one["role"] == "client" && plain && is_made_up(profile))
    return by_hand::ask(parser, lines::octets_of(one, "response"), ends, profile);
  return {{"outcome", "skip"}};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "";
  const differential::parser* used = nullptr;
  for (const differential::parser* const one : parsers)
    if (one->name == name) used = one;
  if (used == nullptr) {
    for (const differential::parser* const one : parsers)
      std::cout << one->name << "\t" << one->version << '\n';
    return 0;
  }
  lines::answer_each([&](const json& one) {
    try {
      return play(*used, one);
    } catch (const std::exception&) {  // Boost.Beast throws where a field is too large
      return json{{"outcome", "close"}};
    }
  });
}
