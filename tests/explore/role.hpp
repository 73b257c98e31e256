// What all parties of a kind can do, in numbers: each state of a party with what it was sent is
// tried once, however many states of the whole it is part of.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "explore/numbered.hpp"
#include "explore/octets.hpp"
#include "explore/party.hpp"

namespace explore {

/// All queues that there are.
class queues {
 public:
  /// The number of the one with nothing in it.
  static constexpr std::uint32_t nothing = 0;

  queues() { (void)number({}); }

  std::uint32_t number(const queue& one) { return all_.number(one); }
  const queue& operator[](std::uint32_t number) const { return all_[number]; }

  /// The queue with what is sent after it.
  std::uint32_t with(std::uint32_t before, std::uint32_t sent) {
    if (sent == nothing) return before;
    const std::uint64_t both = std::uint64_t{before} << 32 | sent;
    if (const auto found = joined_.find(both); found != joined_.end()) return found->second;
    queue after = all_[before];
    const queue& more = all_[sent];
    if (!after.closed)
      after.pieces.insert(after.pieces.end(), more.pieces.begin(), more.pieces.end());
    after.ended = after.ended || more.ended;
    return joined_[both] = number(after);
  }

 private:
  numbered<queue> all_;
  std::unordered_map<std::uint64_t, std::uint32_t> joined_;
};

/// A move in numbers.
struct step {
  std::uint32_t party;
  std::array<std::uint32_t, 2> in;
  std::array<std::uint32_t, 2> out;
  bool connects;
  breaches broken;
  std::string does;
};

/// States of a handshake before and after a call.
using calls = std::set<std::array<std::size_t, 2>>;

class role {
 public:
  virtual ~role() = default;
  /// What one does in a state, with what it was sent.
  virtual const std::vector<step>& steps(std::uint32_t party, std::array<std::uint32_t, 2> in) = 0;
  virtual bool is_done(std::uint32_t party) const = 0;
  /// One that a connection was made to, and one that none was made to.
  virtual std::uint32_t present() = 0;
  virtual std::uint32_t absent() = 0;
};

template <class Party>
class role_of : public role {
 public:
  role_of(const scope& may, queues& all) : may_{may}, queues_{all} {}

  const std::vector<step>& steps(std::uint32_t party, std::array<std::uint32_t, 2> in) override {
    const std::uint32_t number = situations_.number({party, in});
    if (number == steps_.size()) steps_.push_back(try_all(party, in));
    return steps_[number];
  }

  bool is_done(std::uint32_t party) const override { return parties_[party].is_done(); }
  std::uint32_t present() override { return parties_.number(Party{}); }
  std::uint32_t absent() override {
    if constexpr (requires { Party::absent(); }) return parties_.number(Party::absent());
    return present();
  }

  /// All calls that were made.
  const calls& called() const { return called_; }

 private:
  struct situation {
    std::uint32_t party;
    std::array<std::uint32_t, 2> in;
    std::size_t hash() const { return mix(mix(party, in[0]), in[1]); }
    friend bool operator==(const situation&, const situation&) = default;
  };

  std::vector<step> try_all(std::uint32_t party, std::array<std::uint32_t, 2> in) {
    std::vector<step> all;
    const auto number = [this](const auto& both) {
      return std::array{queues_.number(both[left]), queues_.number(both[right])};
    };
    parties_[party].moves(
        may_, {queues_[in[left]], queues_[in[right]]}, [&](const move<Party>& then) {
          called_.insert(then.called.begin(), then.called.end());
          all.push_back({parties_.number(then.party), number(then.in), number(then.out),
                         then.connects, then.broken, then.does});
        });
    return all;
  }

  scope may_;
  queues& queues_;
  numbered<Party> parties_;
  numbered<situation> situations_;
  std::vector<std::vector<step>> steps_;
  calls called_;
};

}  // namespace explore
