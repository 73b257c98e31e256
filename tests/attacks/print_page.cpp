// Prints docs/security.md from the attacks that the test plays, which are the only truth.
//
//   print_page > docs/security.md
#include <fmt/core.h>

#include <set>
#include <string>

#include "attacks/all.hpp"

namespace {

using namespace attacks;

constexpr auto intro = R"(# Attacks and defences

<!-- Printed by tests/attacks/print_page.cpp, and compared by a test; not to be edited by hand. -->

Each of these attacks worked somewhere, and is public. `tests/attacks` plays each one here, whole and octet
by octet, against every role that it concerns; below is what the role then does, as the test compares it.
[SECURITY.md](../SECURITY.md) says what the library promises, and what it leaves to its caller.

How to read the octets: `client:` and `server:` say who sends a line. After the empty line, `>` marks octets
that are sent to the server and `<` octets that are sent to the client. Other lines are what a connection needs
from its program, which here agrees if it can and answers other requests with 200; `request`, `decision`, `connect`,
`content`, `switched` and `close` are as in the [guide](guide.md), `held back:` marks octets that a relay has
neither forwarded nor read. Lines end with CR LF; other octets that can't be printed are written as `\x00`.
)";

/// The parties that an attack is played against, each once.
std::string parties_of(const attack& one) {
  std::set<std::string> parties;
  for (const scene& played : one.scenes) parties.insert(played.party.substr(2));
  std::string all;
  for (const std::string& party : parties) all += (all.empty() ? "" : ", ") + party;
  return all;
}

void print_row(const attack& one) {
  fmt::print("| {} | {} | {} |\n", one.records, one.products, parties_of(one));
}

void print(const scene& played) {
  fmt::print("\n{} gets, and does:\n\n```\n{}\n{}```\n", played.party, played.attack,
             played.outcome);
}

void print(const attack& told) {
  fmt::print("\n### {}\n\n*{}.* {}\n\n*Here.* {} [{}]\n", told.records, told.products,
             told.elsewhere, told.here, told.rules);
  for (const scene& one : told.scenes) print(one);
}

}  // namespace

int main() {
  fmt::print("{}\n| Record | Where | Played against |\n|---|---|---|\n", intro);
  for (const group& kind : all())
    for (const attack& one : kind.attacks) print_row(one);
  for (const group& kind : all()) {
    fmt::print("\n## {}\n", kind.title);
    for (const attack& one : kind.attacks) print(one);
  }
}
