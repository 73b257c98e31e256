// HTTP2-Settings says what the frame in it says.
#include "fuzz/common.hpp"
#include "support/value_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const bool as_frame = in.flag();
  std::string value{in.rest()};
  if (as_frame) {
    const std::vector<std::uint8_t> frame(value.begin(), value.end());
    value.assign(
        turnout::grammar::base64_size(frame.size(), turnout::grammar::base64::url_unpadded), '\0');
    (void)turnout::grammar::encode_base64(frame, value, turnout::grammar::base64::url_unpadded);
  }
  fuzz::must_hold(value_laws::settings_are_those_of_the_frame(value));
  return 0;
}
