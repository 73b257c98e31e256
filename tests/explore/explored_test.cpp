// Clients, intermediaries and servers in a row, in every order of calls that there is: what the
// theorems of docs/proof.md say holds of the handshakes and connections themselves.
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>

#include "explore/explorations.hpp"

namespace {

using namespace explore;

/// How a theorem is broken; empty if it is not.
std::string breach_of(const outcome& found) {
  if (!found.broken) return {};
  std::string all{found.broken->how};
  for (const std::string& line : found.trace) all += "\n  " + line;
  return all;
}

}  // namespace

TEST_CASE(
    "[INT-09] [UPG-25] [UPG-26] [UPG-44] [OPT-02] [XC-15] [XC-21] the theorems hold for all chains "
    "of "
    "parties and every order of calls") {
  all_calls made;
  for (const exploration& one : explorations) {
    CAPTURE(one.who);
    CAPTURE(one.what);
    CHECK(breach_of(one.explore(one.may, {}, made)) == "");
  }
}

TEST_CASE("the theorems fail if a program neglects its duty") {
  all_calls made;
  for (const duty& one : duties) {
    CAPTURE(one.name);
    CHECK(breach_of(one.explore(one.without, one.of, made)) != "");
  }
}
