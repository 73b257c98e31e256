// A client's connection keeps the laws, and its program is asked for the same however octets come.
#include "fuzz/common.hpp"
#include "support/client_turns.hpp"
#include "support/laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const turnout::limits bounds = fuzz::limits_of(in);
  const fuzz::some_profiles spoken{laws::supported, in};
  const std::size_t which = in.below(4);
  const bool asks_again = in.flag();
  const std::string_view choices = in.choices();
  const auto come = fuzz::pieces_of<laws::pieces>(in);
  const std::string_view responses = in.part();
  const std::string_view next_responses = in.part();

  const auto keep_laws = [&]<class Proposal>(const Proposal& asked) {
    const auto client = laws::waiting_by_turns(asked, bounds);
    fuzz::must_hold(laws::all_of_one_side(client, responses, come, choices));
    const turns::client_program<Proposal> program{
        asked, asks_again ? &asked : nullptr, next_responses, {bounds, spoken.list()}};
    fuzz::must_hold(turns::differs_in_pieces(program, responses, {come.first, come.size}));
  };
  if (which == 0) keep_laws(laws::asked);
  if (which == 1) keep_laws(laws::asked_websocket);
  if (which == 2) keep_laws(laws::asked_with_content);
  if (which == 3) keep_laws(laws::asked_tunnel);
  return 0;
}
