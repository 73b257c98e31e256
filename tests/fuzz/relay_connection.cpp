// A relay's connection keeps the laws, whatever a client and a server send, and whatever is called.
#include "fuzz/common.hpp"
#include "support/relay_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  using chains::pieces, chains::relay_by_turns, turnout::relay_connection;
  fuzz::input in{octets, size};
  const turnout::limits bounds = fuzz::limits_of(in);
  const std::string_view choices = in.choices();
  const auto client = fuzz::pieces_of<pieces>(in);
  const auto server = fuzz::pieces_of<pieces>(in);
  const std::string request{in.part()};
  const std::string response{in.rest()};

  fuzz::must_hold(
      relay_laws::same_in_pieces<relay_by_turns>(request, response, client, server, bounds));
  fuzz::must_hold(relay_laws::answers_are_sound<relay_by_turns>(response));
  const std::string shown[] = {request, response, {}, std::string{fixtures::upgrade_request}};
  const relay_connection fresh{chains::policy, {.limits = bounds, .allow_connect = true}};
  fuzz::must_hold(relay_laws::calls_in_any_order(fresh, choices, shown));
  return 0;
}
