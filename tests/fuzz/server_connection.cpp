// A server's connection keeps the laws, and its program is asked for the same however octets come.
#include "fuzz/common.hpp"
#include "support/laws.hpp"
#include "support/server_turns.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const turnout::limits bounds = fuzz::limits_of(in);
  const fuzz::some_profiles spoken{laws::supported, in};
  const turns::server_program program{.options = {.limits = bounds, .allow_connect = in.flag()},
                                      .answers_early = in.flag(),
                                      .defers = in.flag(),
                                      .tells_continue = false};
  const std::string_view choices = in.choices();
  const auto come = fuzz::pieces_of<laws::pieces>(in);
  const std::string_view requests = in.rest();

  const laws::server_by_turns server{spoken.list(), bounds};
  fuzz::must_hold(laws::all_of_one_side(server, requests, come, choices));
  fuzz::must_hold(turns::differs_in_pieces(program, requests, {come.first, come.size}));
  return 0;
}
