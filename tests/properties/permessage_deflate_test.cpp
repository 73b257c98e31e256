// permessage-deflate between both sides: every response to every offer, every offer to every
// server.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "support/deflate_laws.hpp"

namespace {

namespace deflate = turnout::websocket::permessage_deflate;
using deflate::bare;
using deflate::offer;
using deflate::response;
using deflate::settings;
using deflate_laws::beyond, deflate_laws::fits, deflate_laws::keeps;
using turnout::websocket::written_extensions;

/// Every offer: 2 x 2 x {left out, 8 to 15} x {left out, bare, 8 to 15}.
std::vector<offer> all_offers() {
  constexpr std::uint8_t windows[] = {0, bare, 8, 9, 10, 11, 12, 13, 14, 15};
  std::vector<offer> all;
  for (const bool server : {false, true})
    for (const bool client : {false, true})
      for (const std::uint8_t server_window : windows)
        for (const std::uint8_t client_window : windows)
          if (server_window != bare) all.push_back({server, client, server_window, client_window});
  return all;
}

std::vector<settings> all_settings() {
  std::vector<settings> all;
  for (const bool server : {false, true})
    for (const bool client : {false, true})
      for (std::uint8_t server_window = 8; server_window <= 15; ++server_window)
        for (std::uint8_t client_window = 8; client_window <= 15; ++client_window)
          for (std::uint8_t smallest = 8; smallest <= 15; ++smallest)
            all.push_back({server, client, server_window, client_window, smallest});
  return all;
}

/// What the server makes of these offers.
deflate::answer exchange(std::span<const offer> offered, const settings& own) {
  std::string broken = deflate_laws::answer_fits(offered, own);
  if (!broken.empty()) FAIL(broken);
  return deflate_laws::exchange(offered, own, broken);
}

}  // namespace

TEST_CASE("[PMD-15] [PMD-21] [PMD-25] [PMD-28] of all responses, those that fit pass") {
  const auto offers = all_offers();
  std::size_t passed = 0;
  std::size_t wrong = 0;
  for (const offer& asked : offers)
    for (const offer& one : offers) {
      if (one.client_max_window_bits == bare) continue;
      const response given{one.server_no_context_takeover, one.client_no_context_takeover,
                           one.server_max_window_bits, one.client_max_window_bits};
      written_extensions<> back;
      if (!back.add(given)) FAIL("a response is not written");
      const auto found = deflate::check(back.list(), {&asked, 1}, 8);
      if (bool{found} != fits(given, asked)) ++wrong;
      if (found) ++passed;
    }
  CHECK(offers.size() == 360);
  CHECK(wrong == 0);
  // By pairs: 3 of server_no, 4 of client_no, 9 + 36 of the server's window, 1 + 9 + 44 of the
  // other.
  CHECK(passed == 3 * 4 * 45 * 54);
}

TEST_CASE("[PMD-34] [PMD-14] [PMD-20] [PMD-24] every server's answer to every offer fits it") {
  const auto servers = all_settings();
  std::size_t wrong = 0;
  for (const offer& asked : all_offers())
    for (const settings& own : servers) {
      const auto given = deflate::accept(asked, own);
      if (bool{given} == beyond(own, asked)) ++wrong;
      if (given && !(fits(*given, asked) && keeps(own, deflate::settle(asked, *given)))) ++wrong;
    }
  CHECK(servers.size() == 2048);
  CHECK(wrong == 0);
}

TEST_CASE("[PMD-34] [PMD-32] both sides agree on the parameters") {
  constexpr std::size_t stride = 41;  // of all servers; each setting comes up with each value
  const auto servers = all_settings();
  std::size_t wrong = 0;
  for (const offer& asked : all_offers())
    for (std::size_t i = 0; i < servers.size(); i += stride)
      if (exchange({&asked, 1}, servers[i]).terms.in_use == beyond(servers[i], asked)) ++wrong;
  CHECK(wrong == 0);
}

TEST_CASE("[PMD-34] [PMD-29] a server without limits accepts everything that its codec supports") {
  const auto offers = all_offers();
  const auto accepted = [&offers](const settings& own) {
    return std::count_if(offers.begin(), offers.end(), [&own](const offer& asked) {
      return exchange({&asked, 1}, own).terms.in_use;
    });
  };
  CHECK(accepted({.smallest_window_bits = 8}) == 360);
  CHECK(accepted({}) == 320);
  CHECK(accepted({.smallest_window_bits = 15}) == 80);
}

TEST_CASE("[PMD-34] [PMD-07] the first of two offers is answered if the server can fulfil it") {
  constexpr settings servers[] = {{}, {true, false, 12, 10, 10}};
  const auto offers = all_offers();
  std::size_t wrong = 0;
  for (const settings& own : servers)
    for (const offer& first : offers)
      for (std::size_t i = 0; i < offers.size(); i += 17) {
        const offer both[] = {first, offers[i]};
        const auto made = exchange(both, own);
        const offer& taken = beyond(own, first) ? both[1] : first;
        const auto expected = deflate::accept(taken, own);
        if (made.terms.in_use != bool{expected} || made.element != *expected) ++wrong;
      }
  CHECK(wrong == 0);
}
