// Values of which each has one number, so that a state of many parts is a few numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace explore {

/// Mixes a number into a hash.
constexpr std::size_t mix(std::size_t hash, std::size_t more) {
  const std::uint64_t both = (std::uint64_t{hash} ^ more) * 0x9E3779B97F4A7C15U;
  return static_cast<std::size_t>(both ^ both >> 29);
}

/// Hashes what has a member hash().
struct hash_of {
  template <class Value>
  std::size_t operator()(const Value& value) const {
    return value.hash();
  }
};

/// Values and their numbers, from 0 on in the order in which they came.
template <class Value, class Hash = hash_of>
class numbered {
 public:
  /// The number of a value, which gets one if it is new.
  std::uint32_t number(const Value& value) {
    const auto [at, added] =
        numbers_.try_emplace(value, static_cast<std::uint32_t>(values_.size()));
    if (added) values_.push_back(&at->first);
    return at->second;
  }

  const Value& operator[](std::uint32_t number) const { return *values_[number]; }
  std::size_t size() const { return values_.size(); }

 private:
  std::unordered_map<Value, std::uint32_t, Hash> numbers_;
  std::vector<const Value*> values_;
};

}  // namespace explore
