// The processor's instructions: what is found is what the compiler's own library finds.
#include "turnout/kernel/processor.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>

#if defined(__AARCH64EL__) && defined(__linux__)
#include <sys/auxv.h>
#endif

using turnout::detail::instructions;
using turnout::detail::processor_has;

namespace {

// True if Linux has `flag` in the first line of this name; `otherwise` where it says nothing.
[[maybe_unused]] bool linux_lists(const std::string& name, const std::string& flag,
                                  bool otherwise) {
  std::ifstream file{"/proc/cpuinfo"};
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(name)) continue;
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

TEST_CASE("the instructions agree with the compiler's library and the system") {
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
  CHECK(processor_has(instructions::avx2) == avx2);
  CHECK(processor_has(instructions::avx2) == linux_lists("flags", "avx2", avx2));
  const bool sha = processor_has(instructions::sha);
  CHECK(sha == linux_lists("flags", "sha_ni", sha));
  if (sha) CHECK(__builtin_cpu_supports("ssse3"));
  if (sha) CHECK(__builtin_cpu_supports("sse4.1"));
}

#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__linux__)

TEST_CASE("the instructions agree with the system and, if it can be read, the processor") {
  CHECK(!processor_has(instructions::avx2));
  const bool sha = processor_has(instructions::sha);
  CHECK(sha == linux_lists("Features", "sha1", sha));
  if ((getauxval(AT_HWCAP) & HWCAP_CPUID) == 0) return;
  unsigned long is = 0;
  __asm__("mrs %0, id_aa64isar0_el1" : "=r"(is));
  CHECK(sha == ((is >> 8 & 0xF) != 0));
}

#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__APPLE__)

TEST_CASE("all processors of Apple have SHA-1") { CHECK(processor_has(instructions::sha)); }

#else

TEST_CASE("nothing is known about other processors") {
  CHECK(!processor_has(instructions::avx2));
  CHECK(!processor_has(instructions::sha));
}

#endif
