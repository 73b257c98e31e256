// Parties in a row, with a queue in either direction between each two of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explore/graph.hpp"
#include "explore/party.hpp"
#include "explore/role.hpp"

namespace explore {

/// What an exploration found.
struct outcome {
  std::size_t states = 0;
  std::size_t steps = 0;
  std::optional<breach> broken{};
  std::vector<std::string> trace{};  ///< how it comes to that, in the fewest steps
};

/// A state is the numbers of the parties, then those of the queues: of each two neighbours what
/// goes to the right, and what goes to the left.
template <std::size_t Count>
class chain {
 public:
  /// Takes     parties: from the client to the server; names: what they are called in a trace
  chain(queues& all, const std::array<role*, Count>& parties,
        const std::array<std::string_view, Count>& names)
      : queues_{all}, roles_{parties}, names_{names} {}

  /// Explores all that can happen, up to the first breach.
  ///
  /// Takes     only: which theorem is looked at, if not all
  outcome explore(std::optional<theorem> only = {}) {
    outcome result;
    std::string last;
    const auto counts = [&](theorem of) { return !only || *only == of; };
    const graph found{begin(), [&](const state& from, const auto& lead) {
                        return each_step(from, [&](std::size_t who, const step& what) {
                          for (const breach& one : what.broken) {
                            if (!counts(one.of)) continue;
                            result.broken = one;
                            last = told(who, what);
                            return false;
                          }
                          lead(after(from, who, what));
                          return true;
                        });
                      }};
    result.states = found.size();
    result.steps = found.edges();
    std::size_t at = found.last();
    if (!result.broken && counts(theorem::ends)) {
      at = found.endless([this](const state& one) { return is_over(one); });
      if (at < found.size()) result.broken = {theorem::ends, "the run does not end"};
    }
    if (!result.broken) return result;
    result.trace = trace_to(found, at);
    if (!last.empty()) result.trace.push_back(last);
    return result;
  }

 private:
  static constexpr std::size_t size = Count + 2 * (Count - 1);
  using graph = explore::graph<size>;
  using state = typename graph::state;

  /// Where the queue is that goes from a party to its right; the one back comes after it.
  static constexpr std::size_t link(std::size_t who) { return Count + 2 * who; }

  /// The client has a connection to its neighbour; a connection further on is yet to be made.
  state begin() {
    state first{};
    for (std::size_t i = 0; i < Count; ++i)
      first[i] = i < 2 ? roles_[i]->present() : roles_[i]->absent();
    for (std::size_t i = Count; i < size; ++i) first[i] = queues::nothing;
    return first;
  }

  bool is_over(const state& one) const {
    for (std::size_t i = 0; i < Count; ++i)
      if (!roles_[i]->is_done(one[i])) return false;
    return true;
  }

  /// Calls take(who, step) for each step, until it returns false.
  template <class Take>
  bool each_step(const state& from, const Take& take) {
    for (std::size_t who = 0; who < Count; ++who) {
      const std::uint32_t from_left = who == 0 ? queues::nothing : from[link(who - 1)];
      const std::uint32_t from_right = who + 1 == Count ? queues::nothing : from[link(who) + 1];
      for (const step& what : roles_[who]->steps(from[who], {from_left, from_right}))
        if (!take(who, what)) return false;
    }
    return true;
  }

  state after(const state& from, std::size_t who, const step& what) {
    state to = from;
    to[who] = what.party;
    if (what.connects) connect(to, who);
    if (who > 0) {
      to[link(who - 1)] = what.in[left];
      to[link(who - 1) + 1] = queues_.with(to[link(who - 1) + 1], what.out[left]);
    }
    if (who + 1 < Count) {
      to[link(who) + 1] = what.in[right];
      to[link(who)] = queues_.with(to[link(who)], what.out[right]);
    }
    return to;
  }

  /// Connects a party to another one on its right, which has no connection further on.
  void connect(state& to, std::size_t who) {
    for (std::size_t i = who + 1; i < Count; ++i)
      to[i] = i == who + 1 ? roles_[i]->present() : roles_[i]->absent();
    for (std::size_t i = link(who); i < size; ++i) to[i] = queues::nothing;
  }

  std::string told(std::size_t who, const step& what) const {
    return std::string{names_[who]} + " " + what.does;
  }

  std::vector<std::string> trace_to(const graph& found, std::size_t at) {
    std::vector<std::string> trace;
    const std::vector<std::size_t> way = found.way_to(at);
    for (std::size_t i = 1; i < way.size(); ++i)
      each_step(found[way[i - 1]], [&](std::size_t who, const step& what) {
        if (after(found[way[i - 1]], who, what) != found[way[i]]) return true;
        trace.push_back(told(who, what));
        return false;
      });
    return trace;
  }

  queues& queues_;
  std::array<role*, Count> roles_;
  std::array<std::string_view, Count> names_;
};

}  // namespace explore
