// In which order a row goes through its inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <utility>
#include <vector>

/// Random orders of so many inputs: another one for each pass, so that no branch predictor learns
/// what comes next. They are the same in every run and for every library.
class orders {
 public:
  explicit orders(std::size_t inputs) : inputs_{inputs} {
    std::mt19937 random;
    for (std::size_t made = 0; made < (inputs > 1 ? different : 1); ++made) {
      const std::size_t begin = all_.size();
      for (std::size_t at = 0; at < inputs; ++at) all_.push_back(static_cast<std::uint16_t>(at));
      for (std::size_t left = inputs; left > 1; --left)
        std::swap(all_[begin + left - 1], all_[begin + random() % left]);
    }
  }

  /// The order of the next pass.
  std::span<const std::uint16_t> next() noexcept {
    if (at_ == all_.size()) at_ = 0;
    at_ += inputs_;
    return {all_.data() + at_ - inputs_, inputs_};
  }

 private:
  static constexpr std::size_t different = 64;

  std::size_t inputs_;
  std::vector<std::uint16_t> all_;
  std::size_t at_ = 0;
};
