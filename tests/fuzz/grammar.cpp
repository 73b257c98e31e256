// What fields are made of: each reader does what the reference or a plain loop does.
#include "fuzz/common.hpp"
#include "support/value_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  using namespace turnout;
  using grammar::base64, grammar::octet_class;
  fuzz::input in{octets, size};
  const std::uint64_t most = in.flag() ? UINT64_MAX : in.below(70000);
  const std::string_view value = in.rest();
  fuzz::must_hold(value_laws::authority_as_reference(value));
  fuzz::must_hold(value_laws::base64_says_the_same(value, base64::padded));
  fuzz::must_hold(value_laws::base64_says_the_same(value, base64::url_unpadded));
  fuzz::must_hold(value_laws::decimal_is_exact(value, most));
  fuzz::must_hold(value_laws::word_as_reference(value));
  fuzz::must_hold(value_laws::uri_variable_decodes(value));
  fuzz::must_hold(value_laws::template_matches_expansion(value));
  fuzz::must_hold(value_laws::finds_first<octet_class::tchar>(
      value, [](char octet) { return reference::contains(reference::tchar, octet); }));
  fuzz::must_hold(value_laws::finds_first<octet_class::field>(value, [](char octet) {
    const auto number = static_cast<unsigned char>(octet);
    return octet == '\t' || (number >= ' ' && number != 0x7f);
  }));
  return 0;
}
