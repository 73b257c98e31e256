// Asks all questions, and runs the rows. Options are those of Google Benchmark, or --count alone,
// which goes through each row once and prints how many inputs it has and how often it allocates.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "allocations.hpp"
#include "peers/peer.hpp"
#include "question.hpp"

// Each in the file of its name.
void ask_request_head();
void ask_response_head();
void ask_lists();
void ask_accept_value();
void ask_server_handshake();
void ask_feeding();
void ask_forwarding();

constexpr int counted_times = 4;

// count.py tells callgrind to count in here, and nowhere else.
extern "C" [[gnu::noinline]] void turnout_counted(const row& one) { one.go_through(counted_times); }

namespace {

void count() {
  for (const row& one : rows()) {
    one.go_through(1);
    const std::size_t before = allocations();
    turnout_counted(one);
    const std::size_t made = allocations() - before;
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
  ask_request_head();
  ask_response_head();
  ask_lists();
  ask_accept_value();
  ask_server_handshake();
  ask_feeding();
  ask_forwarding();
  only_count ? count() : measure();
} catch (const std::exception& failed) {
  fmt::print(stderr, "turnout_benchmarks: {}\n", failed.what());
  return 1;
}
