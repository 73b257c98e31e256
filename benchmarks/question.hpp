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

/// One question about one sample. An answer that equals `Answer{}` means that there is none.
template <class Answer>
class question {
 public:
  question(std::string_view name, const sample& asked_about)
      : name_{fmt::format("{}/{}", name, asked_about.name)}, inputs_{asked_about.inputs} {}

  /// Adds a row, if `answer` says for each input what the first row says.
  template <class Function>
  void row(std::string_view library, Function answer) {
    const std::string name = fmt::format("{}/{}", name_, library);
    if (!first_) first_ = answer;
    for (const std::string& input : inputs_) {
      const Answer found = answer(input);
      if (found == Answer{} || !(found == first_(input)))
        throw std::runtime_error{fmt::format("{}: a wrong answer to\n{}", name, input)};
    }
    benchmark::RegisterBenchmark(name.c_str(), [inputs = inputs_, answer](benchmark::State& state) {
      const auto size = static_cast<std::int64_t>(inputs.size());
      while (state.KeepRunningBatch(size))
        for (const std::string& input : inputs) benchmark::DoNotOptimize(answer(input));
      std::size_t octets = 0;
      for (const std::string& input : inputs) octets += input.size();
      state.SetItemsProcessed(state.iterations());
      state.SetBytesProcessed(state.iterations() / size * static_cast<std::int64_t>(octets));
    });
  }

 private:
  std::string name_;
  std::vector<std::string> inputs_;
  std::function<Answer(std::string_view)> first_;
};
