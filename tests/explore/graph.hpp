// All states that can be reached from one, breadth first, with the shortest way to each of them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "explore/numbered.hpp"

namespace explore {

/// States as a few numbers each.
template <std::size_t Size>
class graph {
 public:
  using state = std::array<std::uint32_t, Size>;

  /// Explores.
  ///
  /// Takes     steps: called as steps(state, lead) for each state, it calls lead(next) for each
  ///           state that follows, and returns false to end the exploration there
  template <class Steps>
  explicit graph(const state& begins, const Steps& steps) {
    (void)find(begins, 0);
    for (bool more = true; more && first_edges_.size() < states_.size();) {
      const auto at = static_cast<std::uint32_t>(first_edges_.size());
      const state from = states_[at];
      first_edges_.push_back(edges_.size());
      more = steps(from, [&](const state& next) {
        const std::uint32_t found = find(next, at);
        if (found != at) edges_.push_back(found);
      });
    }
    first_edges_.push_back(edges_.size());
  }

  std::size_t size() const { return states_.size(); }
  std::size_t edges() const { return edges_.size(); }
  const state& operator[](std::size_t at) const { return states_[at]; }
  /// The state that was explored last.
  std::size_t last() const { return first_edges_.size() - 2; }

  /// The states on the shortest way to one.
  std::vector<std::size_t> way_to(std::size_t at) const {
    std::vector<std::size_t> way{at};
    for (; at != 0; at = parents_[at]) way.push_back(parents_[at]);
    std::reverse(way.begin(), way.end());
    return way;
  }

  /// A state in which a run can stop that is not over, or to which it can return again and again;
  /// size() if every run ends, however it goes. Calls that change nothing are no part of a run.
  template <class IsOver>
  std::size_t endless(const IsOver& is_over) const {
    std::vector<std::uint32_t> ways(states_.size());  // how many lead to each state
    for (const std::uint32_t to : edges_) ++ways[to];
    // In the end every state was taken of which all ways to it were: there is no way back.
    std::vector<std::uint32_t> taken(ways[0] == 0 ? 1 : 0);
    for (std::size_t i = 0; i < taken.size(); ++i) {
      const std::uint32_t at = taken[i];
      if (first_edges_[at] == first_edges_[at + 1] && !is_over(states_[at])) return at;
      for (std::size_t edge = first_edges_[at]; edge < first_edges_[at + 1]; ++edge)
        if (--ways[edges_[edge]] == 0) taken.push_back(edges_[edge]);
    }
    if (taken.size() == states_.size()) return states_.size();
    return static_cast<std::size_t>(
        std::find_if(ways.begin(), ways.end(), [](auto left) { return left != 0; }) - ways.begin());
  }

 private:
  /// The number of a state, which gets one if it is new.
  std::uint32_t find(const state& one, std::uint32_t parent) {
    if (2 * states_.size() >= slots_.size()) grow();
    const std::size_t slot = slot_of(one);
    if (slots_[slot] != 0) return slots_[slot] - 1;
    states_.push_back(one);
    parents_.push_back(parent);
    slots_[slot] = static_cast<std::uint32_t>(states_.size());
    return slots_[slot] - 1;
  }

  std::size_t slot_of(const state& one) const {
    std::size_t at = 0;
    for (const std::uint32_t part : one) at = mix(at, part);
    for (;; ++at) {
      at &= slots_.size() - 1;
      if (slots_[at] == 0 || states_[slots_[at] - 1] == one) return at;
    }
  }

  void grow() {
    slots_.assign(slots_.empty() ? 1024 : 2 * slots_.size(), 0);
    for (std::uint32_t i = 0; i < states_.size(); ++i) slots_[slot_of(states_[i])] = i + 1;
  }

  std::vector<state> states_;
  std::vector<std::uint32_t> parents_;
  std::vector<std::uint32_t> slots_;  // of each hash, one more than a state; 0: none
  std::vector<std::uint32_t> edges_;
  std::vector<std::size_t> first_edges_;  // of each state that was explored
};

}  // namespace explore
