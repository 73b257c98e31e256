// How octets go out: in pieces, and not too often.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <random>
#include <string_view>
#include <thread>

#include "channel.hpp"
#include "result.hpp"

namespace probe {

/// Lets at most so many connections begin in a second.
class pace {
 public:
  explicit pace(std::size_t rate) : between_{std::chrono::microseconds{1'000'000 / rate}} {}

  /// Waits until the next one may begin.
  void wait() {
    std::chrono::steady_clock::time_point mine;
    {
      const std::lock_guard lock{mutex_};
      mine = std::max(next_, std::chrono::steady_clock::now());
      next_ = mine + between_;
    }
    std::this_thread::sleep_until(mine);
  }

 private:
  std::mutex mutex_;
  std::chrono::microseconds between_;
  std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now();
};

/// Sends octets; false if the other side takes no more.
inline bool send_in_pieces(channel& to, std::string_view octets, way how, std::minstd_rand& random,
                           milliseconds time) {
  if (how == way::halves && octets.size() > 1) {
    const std::size_t cut = 1 + random() % (octets.size() - 1);
    if (!to.write(octets.substr(0, cut), time)) return false;
    to.wait(milliseconds{3});
    return to.write(octets.substr(cut), time);
  }
  if (how != way::octets) return to.write(octets, time);
  constexpr std::size_t most = 1024;  // More would take long, and tell nothing new.
  for (std::size_t sent = 0; sent < most && !octets.empty(); ++sent, octets.remove_prefix(1))
    if (!to.write(octets.substr(0, 1), time)) return false;
  return to.write(octets, time);
}

}  // namespace probe
