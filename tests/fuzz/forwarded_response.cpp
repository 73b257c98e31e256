// What an intermediary sends back of a response: what the reference does, no matter which parser
// cut the lines.
#include "fuzz/common.hpp"
#include "support/forwarding_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const std::string response{in.rest()};
  if (!fuzz::is_within_usual_limits(response)) return 0;
  fuzz::must_hold(forwarding_laws::answered_as_reference(response));
  fuzz::must_hold(forwarding_laws::answered_if_cut(response));
  return 0;
}
