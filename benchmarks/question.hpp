// A question is asked of several libraries, with the same input; each library has a row.
#pragma once

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "heads.hpp"
#include "orders.hpp"
#include "peers/peer.hpp"

/// A row: what Google Benchmark measures, and what can be counted one by one.
struct row {
  std::string name;
  std::size_t inputs;
  std::function<void(int times)> go_through;  ///< answers to each input that many times
};

/// All rows, in the order in which they were asked for.
inline std::vector<row>& rows() {
  static std::vector<row> all;
  return all;
}

/// What asks the questions of each file, in the order in which the files are linked.
inline std::vector<void (*)()>& question_files() {
  static std::vector<void (*)()> all;
  return all;
}

/// Adds those of a file before main() begins.
struct question_file {
  explicit question_file(void (*ask)()) { question_files().push_back(ask); }
};

/// One question about one sample. An answer that equals `Answer{}` means that there is none.
template <class Answer>
class question {
 public:
  question(std::string_view name, const sample& asked_about)
      : name_{fmt::format("{}/{}", name, asked_about.name)}, inputs_{asked_about.inputs} {}

  /// Adds a row, if `answer` says for each input what the first row says.
  template <class Function>
  void ask(std::string_view library, Function answer) {
    const std::string name = fmt::format("{}/{}", name_, library);
    if (!first_) first_ = answer;
    for (const std::string& input : inputs_) {
      const Answer expected = first_(input);
      const Answer found = answer(input);
      if (found == Answer{} || !(found == expected))
        throw std::runtime_error{fmt::format("{}: a wrong answer to\n{}", name, input)};
    }

    const auto go_through = [inputs = inputs_, answer](int times) {
      for (int time = 0; time < times; ++time)
        for (const std::string& input : inputs) benchmark::DoNotOptimize(answer(input));
    };
    rows().push_back({name, inputs_.size(), go_through});

    std::size_t octets = 0;
    for (const std::string& input : inputs_) octets += input.size();
    const auto measure = [inputs = inputs_, answer, octets](benchmark::State& state) {
      const auto size = static_cast<std::int64_t>(inputs.size());
      orders passes{inputs.size()};
      while (state.KeepRunningBatch(size))
        for (const std::size_t at : passes.next()) benchmark::DoNotOptimize(answer(inputs[at]));
      state.SetItemsProcessed(state.iterations());
      state.SetBytesProcessed(state.iterations() / size * static_cast<std::int64_t>(octets));
    };
    benchmark::RegisterBenchmark(name.c_str(), measure);
  }

  /// Adds a row for each peer that has an answer.
  void ask_peers(Answer (*peer::*answer)(std::string_view)) {
    for (const peer& one : peers())
      if (one.*answer != nullptr) ask(one.name, one.*answer);
  }

 private:
  std::string name_;
  std::vector<std::string> inputs_;
  std::function<Answer(std::string_view)> first_;
};
