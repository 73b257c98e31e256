// Handshakes keep no view of octets: each window may be freed as soon as the call has returned.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "support/corpus.hpp"
#include "support/parties.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

/// Shows a handshake one octet more each time, in memory of its own. Returns the last outcome.
template <class Handshake>
auto show_in_fresh_memory(Handshake handshake, std::string_view octets) {
  for (std::size_t size = 0;; ++size) {
    const std::unique_ptr<char[]> window{new char[size]};
    std::copy_n(octets.data(), size, window.get());
    const auto now = handshake.receive({window.get(), size});
    using step = decltype(now.what);
    if (now.what != step::need_more || size == octets.size())
      return std::pair{now.what, now.why.code};
  }
}

}  // namespace

TEST_CASE("[ENG-16] what was shown may be freed between the calls, which sanitizers watch") {
  for (const auto& sample : corpus::requests) {
    CAPTURE(sample.octets);
    const auto [what, why] = show_in_fresh_memory(server_handshake{laws::supported}, sample.octets);
    CHECK(what == sample.what);
    CHECK(why == sample.why);
  }
  for (const auto& sample : corpus::responses) {
    CAPTURE(sample.octets);
    const auto [what, why] = show_in_fresh_memory(laws::waiting_client(laws::asked), sample.octets);
    CHECK(what == sample.what);
    CHECK(why == sample.why);
  }
}
