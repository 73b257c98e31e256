// A URI of a WebSocket leads to the request that a server then reads.
#include "fuzz/common.hpp"
#include "support/value_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const bool whole = in.flag();
  const std::string uri = (whole ? "" : "ws://") + std::string{in.rest()};
  fuzz::must_hold(value_laws::uri_is_asked_for(uri));
  return 0;
}
