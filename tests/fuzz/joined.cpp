// A client joined to a server in memory, and through relays: both switch to the same, or neither.
#include "support/joined.hpp"
#include "fuzz/common.hpp"
#include "support/chain.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const std::size_t which = in.below(4);
  const auto does = static_cast<laws::program>(in.below(5));
  const std::string_view interim = in.flag() ? chains::hints : std::string_view{};
  const std::size_t relays = 1 + in.below(2);
  const chains::pieces come{in.octet(), std::size_t{1} + in.octet()};

  const auto joins = [&](const auto& asked) {
    return chains::same_without_intermediaries(asked, does, interim, relays, come);
  };
  if (which == 0) fuzz::must_hold(joins(laws::asked));
  if (which == 1) fuzz::must_hold(joins(laws::asked_websocket));
  if (which == 2) fuzz::must_hold(joins(laws::asked_with_content));
  if (which == 3) fuzz::must_hold(joins(laws::asked_tunnel));
  fuzz::must_hold(laws::both_switch_or_neither(in.rest()));
  return 0;
}
