// The names that TLS negotiates, and the field that carries them through a proxy.
#include "fuzz/common.hpp"
#include "support/value_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const bool whole = in.flag();
  const std::string_view rest = in.rest();
  fuzz::must_hold(value_laws::reads_what_it_writes<turnout::field::alpn>(rest));
  std::string names{rest};
  if (!whole)
    names.insert(0, {static_cast<char>(rest.size() >> 8), static_cast<char>(rest.size())});
  fuzz::must_hold(value_laws::names_go_through_alpn(names));
  return 0;
}
