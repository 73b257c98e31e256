// The processor's instructions: what is found is what the compiler's own library finds.
#include "turnout/core/processor.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>

using turnout::detail::instructions;
using turnout::detail::processor_has;

namespace {

// True if Linux has `flag` among the first processor's; `otherwise` where it says nothing.
[[maybe_unused]] bool linux_lists(const std::string& flag, bool otherwise) {
  std::ifstream file{"/proc/cpuinfo"};
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("flags") && !line.starts_with("Features")) continue;
    std::istringstream flags{line};
    for (std::string one; flags >> one;)
      if (one == flag) return true;
    return false;
  }
  return otherwise;
}

}  // namespace

TEST_CASE("each answer is the same the first time and later") {
  for (const instructions wanted : {instructions::avx2, instructions::sha}) {
    const bool first = processor_has(wanted);
    CHECK(processor_has(wanted) == first);
  }
}

#if defined(__x86_64__) && defined(__GNUC__)

TEST_CASE("what is found is what the compiler's library and the system find") {
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
  CHECK(processor_has(instructions::avx2) == avx2);
  CHECK(processor_has(instructions::avx2) == linux_lists("avx2", avx2));
  const bool sha = processor_has(instructions::sha);
  CHECK(sha == linux_lists("sha_ni", sha));
  if (sha) CHECK(__builtin_cpu_supports("ssse3"));
  if (sha) CHECK(__builtin_cpu_supports("sse4.1"));
}

#else

TEST_CASE("nothing is known of other processors") {
  CHECK(!processor_has(instructions::avx2));
  CHECK(!processor_has(instructions::sha));
}

#endif
