// permessage-deflate: any offers to any server, any response to any offers, and any text.
#include <vector>

#include "fuzz/common.hpp"
#include "support/deflate_laws.hpp"

namespace {

using namespace deflate_laws;

std::uint8_t window_of(fuzz::input& in, bool may_be_bare) {
  const auto bits = static_cast<std::uint8_t>(in.below(10));
  if (bits == 9) return may_be_bare ? deflate::bare : std::uint8_t{0};
  return bits == 0 ? bits : static_cast<std::uint8_t>(bits + 7);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const auto bits = [&in] { return static_cast<std::uint8_t>(8 + in.below(8)); };
  const settings own{in.flag(), in.flag(), bits(), bits(), bits()};
  const response given{in.flag(), in.flag(), window_of(in, false), window_of(in, false)};
  std::vector<offer> offered;
  for (std::size_t left = in.below(5); left > 0; --left)
    offered.push_back({in.flag(), in.flag(), window_of(in, false), window_of(in, true)});

  const std::string text{in.rest()};
  const auto list = turnout::field::sec_websocket_extensions::parse(text);
  if (list)
    for (const auto& one : *list)
      if (const auto read = offer::read(one); read && offered.size() < 8) offered.push_back(*read);
  fuzz::must_hold(answer_fits(offered, own));
  fuzz::must_hold(check_is_right(given, offered));
  if (!list) return 0;
  const deflate::answer made = deflate::choose(*list, own);
  if (made.terms.in_use && !keeps(own, made.terms))
    fuzz::must_hold("an answer is past the settings");
  (void)deflate::check(*list, offered, own.smallest_window_bits);
  return 0;
}
