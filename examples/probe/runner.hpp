// Tries many cases, several at the same time, and shows the progress.
#pragma once

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

#include "case.hpp"
#include "pace.hpp"
#include "result.hpp"
#include "settings.hpp"

namespace probe {

/// A case, and how its octets are sent.
struct job {
  const scenario* what = nullptr;
  way how = way::whole;
};

/// Each case in each of some ways.
inline std::vector<job> jobs_of(const std::vector<scenario>& cases, const std::vector<way>& ways) {
  std::vector<job> all;
  for (const way how : ways)
    for (const scenario& one : cases) all.push_back({&one, how});
  return all;
}

/// Shows the progress on a terminal.
class progress {
 public:
  explicit progress(std::size_t size) : size_{size} {}
  ~progress() {
    if (is_shown_) fmt::print(stderr, "\r\x1b[K");
  }
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;

  void add(const result& one) {
    const std::lock_guard lock{mutex_};
    ++done_;
    if (one.has_failed()) ++failed_;
    if (!is_shown_) return;
    fmt::print(stderr, "\r\x1b[K{} of {}, {} failed: {}", done_, size_, failed_, one.of->id);
    std::fflush(stderr);
  }

 private:
  std::mutex mutex_;
  std::size_t size_;
  std::size_t done_ = 0;
  std::size_t failed_ = 0;
  bool is_shown_ = isatty(STDERR_FILENO) == 1;
};

/// Does all jobs, each with `try_one(scenario, attempt)`.
template <class TryOne>
std::vector<result> run_all(const std::vector<job>& jobs, const settings& how,
                            const TryOne& try_one) {
  std::vector<result> results(jobs.size());
  std::atomic<std::size_t> next{0};
  pace starts{how.rate};
  progress shown{jobs.size()};
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      starts.wait();
      results[i] = try_one(*jobs[i].what, attempt{how, jobs[i].how, i});
      shown.add(results[i]);
    }
  };
  std::vector<std::thread> workers;
  for (std::size_t i = 1; i < how.parallel; ++i) workers.emplace_back(work);
  work();
  for (std::thread& one : workers) one.join();
  return results;
}

}  // namespace probe
