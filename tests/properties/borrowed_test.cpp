// Handshakes keep no view of octets: each window may be freed as soon as the call has returned.
#include <doctest/doctest.h>

#include "support/corpus.hpp"
#include "support/laws.hpp"

TEST_CASE("[ENG-16] octets may be freed between the calls") {
  for (const auto& sample : corpus::requests) {
    CAPTURE(sample.octets);
    const turnout::server_handshake server{laws::supported};
    CHECK(laws::same_in_pieces(server, sample.octets, {0, 1}) == "");
  }
  for (const auto& sample : corpus::responses) {
    CAPTURE(sample.octets);
    const auto client = laws::waiting_client(laws::asked);
    CHECK(laws::same_in_pieces(client, sample.octets, {0, 1}) == "");
  }
}
