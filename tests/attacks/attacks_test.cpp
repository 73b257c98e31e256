// Public attacks come to nothing here: each is played, whole and octet by octet.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "attacks/all.hpp"

using namespace attacks;

TEST_CASE("public attacks have no effect") {
  for (const group& kind : all()) {
    for (const attack& one : kind.attacks) {
      for (const scene& at : one.scenes) {
        INFO(one.records << ": " << at.party << " gets\n" << at.attack);
        CHECK(at.play({}) == at.outcome);
        CHECK(at.play({0, 1}) == at.outcome);
      }
    }
  }
}

TEST_CASE("each attack is described once and completely") {
  std::set<std::string> told;
  for (const group& kind : all()) {
    for (const attack& one : kind.attacks) {
      CAPTURE(one.records);
      CHECK(told.insert(one.records).second);
      CHECK(!one.products.empty());
      CHECK(one.elsewhere.ends_with('.'));
      CHECK(one.here.ends_with('.'));
      CHECK(!one.rules.empty());
      CHECK(!one.scenes.empty());
    }
  }
}
