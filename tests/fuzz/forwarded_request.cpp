// What an intermediary sends on of a request: what the reference does, and a sound request.
#include "fuzz/common.hpp"
#include "support/forwarding_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const std::string request{in.rest()};
  if (!fuzz::is_within_usual_limits(request)) return 0;
  fuzz::must_hold(forwarding_laws::sent_as_reference(request));
  fuzz::must_hold(forwarding_laws::sent_is_sound(request));
  fuzz::must_hold(forwarding_laws::sent_once_more(request));
  fuzz::must_hold(forwarding_laws::sent_if_cut(request));
  return 0;
}
