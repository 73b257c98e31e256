// A caller that gives any octets: what is written is one head with just these, or nothing.
#include "fuzz/common.hpp"
#include "support/written_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const auto status = static_cast<std::uint16_t>(in.below(700));
  // A value that would do in place of most, so that the others are looked at.
  const unsigned own = ~in.octet();
  written_laws::given by{"GET", "/x", "a:1", "foo", "2", "http://b", "hi", {{"X", "y"}, {"Z", ""}}};
  std::string_view* const all[] = {&by.method,         &by.target,         &by.host,
                                   &by.token,          &by.version,        &by.origin,
                                   &by.fields[0].name, &by.fields[0].value};
  for (std::size_t i = 0; i < std::size(all); ++i)
    if ((own >> i & 1) != 0) *all[i] = in.part();
  by.content = in.rest();
  fuzz::must_hold(written_laws::all_is_one_head(by, status));
  return 0;
}
