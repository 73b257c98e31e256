// Asks all questions, and runs the rows. Options are those of Google Benchmark, or --count alone,
// which goes through each row and prints how many answers it gave and how often it allocated. Under
// callgrind, each row has a dump with its name.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "allocations.hpp"
#include "peers/peer.hpp"
#include "question.hpp"

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else  // then it can't be counted
#define RUNNING_ON_VALGRIND 0
#define CALLGRIND_START_INSTRUMENTATION
#define CALLGRIND_STOP_INSTRUMENTATION
#define CALLGRIND_DUMP_STATS_AT(name)
#endif

namespace {

constexpr int counted_times = 4;

void count() {
  for (const row& one : rows()) {
    one.go_through(1);
    const std::size_t before = allocations();
    CALLGRIND_START_INSTRUMENTATION;
    one.go_through(counted_times);
    CALLGRIND_STOP_INSTRUMENTATION;
    const std::size_t made = allocations() - before;
    CALLGRIND_DUMP_STATS_AT(one.name.c_str());
    fmt::print("{}\t{}\t{}\n", one.name, one.inputs * counted_times, made);
  }
}

void measure() {
  std::string versions;
  for (const peer& one : peers())
    if (!one.version.empty()) versions += (versions.empty() ? "" : ", ") + one.version;
  benchmark::AddCustomContext("compiler", COMPILER);
  benchmark::AddCustomContext("peers", versions.empty() ? "no peers" : versions);
  benchmark::RunSpecifiedBenchmarks();
}

}  // namespace

int main(int argc, char** argv) try {
  const bool only_count = argc == 2 && argv[1] == std::string_view{"--count"};
  if (!only_count) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  }
  // Valgrind does not know all instructions of SSE4.2.
  if (RUNNING_ON_VALGRIND)
    std::erase_if(peers(), [](const peer& one) { return one.name.ends_with("_sse42"); });
  for (void (*const ask)() : question_files()) ask();
  only_count ? count() : measure();
} catch (const std::exception& failed) {
  fmt::print(stderr, "turnout_benchmarks: {}\n", failed.what());
  return 1;
}
