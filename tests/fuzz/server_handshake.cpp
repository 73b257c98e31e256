// A server's handshake keeps the laws, and does what the reference does.
#include "fuzz/common.hpp"
#include "support/beside.hpp"
#include "support/laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const turnout::limits bounds = fuzz::limits_of(in);
  const fuzz::some_profiles spoken{laws::supported, in};
  const auto when = in.flag() ? reference::answers::at_once : reference::answers::behind_content;
  const std::string_view choices = in.choices();
  const auto come = fuzz::pieces_of<laws::pieces>(in);
  const std::string requests{in.rest()};

  const turnout::server_handshake server{spoken.list(), bounds};
  fuzz::must_hold(laws::all_of_one_side(server, requests, come, choices));
  if (fuzz::is_within_usual_limits(requests))
    fuzz::must_hold(beside::server(requests, beside::cuts::few, when));
  return 0;
}
