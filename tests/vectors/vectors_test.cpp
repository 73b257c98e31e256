// Every case of tests/vectors, whole, at every split and octet by octet, with the handshakes and
// with the connections.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "vectors/play.hpp"

namespace {

using vectors::json, vectors::pieces;

/// The cases, read once.
const std::vector<vectors::vector>& all() {
  static const auto cases = vectors::read_all(TURNOUT_VECTORS);
  return cases;
}

/// Calls `visit` with the name of each part that plays a case, and what plays it.
template <class Visit>
void for_each(const Visit& visit) {
  for (const vectors::vector& one : all())
    vectors::for_each_player(
        one, [&](std::string_view part, const auto& play) { visit(one, part, play); });
}

std::string told(const vectors::vector& one, std::string_view part, const std::string& key,
                 const json& got) {
  return one.id + ", " + std::string{part} + ": " + key + " differs in " + got.dump(-1, ' ', true);
}

/// Where the outcome in pieces is another one than that of the whole; empty if nowhere.
template <class Play>
std::string differs_in_pieces(const vectors::vector& one, const json& whole, const Play& play) {
  const std::size_t size = std::max(one.request.size(), one.response.size());
  const auto differs = [&](pieces come) { return play(come) != whole; };
  if (differs({0, 1})) return "octet by octet: " + play({0, 1}).dump(-1, ' ', true);
  // Of a long input, not every split: what is read there is the same octet again and again.
  const std::size_t step = 1 + size / 2000;
  for (std::size_t cut = 0; cut < size; cut += step)
    if (differs({cut, size}))
      return "cut at " + std::to_string(cut) + ": " + play({cut, size}).dump(-1, ' ', true);
  return {};
}

}  // namespace

TEST_CASE("every vector has its first outcome") {
  CHECK(all().size() >= 1387);
  for_each([](const auto& one, std::string_view part, const auto& play) {
    const json got = play(pieces{});
    const std::string key = vectors::difference(one.all["expect"][0], got);
    const std::string text = told(one, part, key, got);
    CHECK_MESSAGE(key.empty(), text);
  });
}

TEST_CASE("[ENG-01] every vector has the same outcome in pieces") {
  for_each([](const auto& one, std::string_view part, const auto& play) {
    const std::string found = differs_in_pieces(one, play(pieces{}), play);
    const std::string text = one.id + ", " + std::string{part} + ": " + found;
    CHECK_MESSAGE(found.empty(), text);
  });
}
