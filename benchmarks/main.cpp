// Asks all questions, and runs the rows. Options are those of Google Benchmark.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <cstdio>
#include <exception>

// Each in the file of its name.
void ask_request_head();
void ask_response_head();
void ask_lists();
void ask_accept_value();
void ask_server_handshake();
void ask_feeding();

int main(int argc, char** argv) try {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("compiler", COMPILER);
  benchmark::AddCustomContext("peers", PEERS);
  ask_request_head();
  ask_response_head();
  ask_lists();
  ask_accept_value();
  ask_server_handshake();
  ask_feeding();
  benchmark::RunSpecifiedBenchmarks();
} catch (const std::exception& failed) {
  fmt::print(stderr, "turnout_benchmarks: {}\n", failed.what());
  return 1;
}
