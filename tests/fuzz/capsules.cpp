// Capsules are the same in any pieces, and their values read back as they were written.
#include "fuzz/common.hpp"
#include "support/capsule_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const std::size_t piece = 1 + in.below(32);
  const std::uint64_t context = std::uint64_t{in.octet()} << in.below(56);
  const std::string_view rest = in.rest();
  fuzz::must_hold(capsule_laws::differs_in_pieces(rest, piece));
  using turnout::capsule::parse_address_assign, turnout::capsule::parse_route_advertisement;
  fuzz::must_hold(capsule_laws::reads_what_it_writes(rest, parse_address_assign));
  fuzz::must_hold(capsule_laws::reads_what_it_writes(rest, parse_route_advertisement));
  fuzz::must_hold(capsule_laws::carries(context, rest));
  return 0;
}
