// Facts of any names and values: judged as by the handshakes, and sent on as one head or not at
// all.
#include <vector>

#include "fuzz/common.hpp"
#include "support/facts_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  using namespace turnout;
  fuzz::input in{octets, size};
  constexpr method methods[] = {method::get,  method::post,    method::connect,
                                method::head, method::options, method::trace};
  const method used = in.pick(methods);
  static constexpr std::string_view trusted[] = {"X"};
  const fuzz::some_profiles allowed{laws::supported, in};
  const relay_policy policy{.allowed = allowed.list(),
                            .name = "p",
                            .protected_fields = {trusted, in.below(2)},
                            .drop_underscored = in.flag()};
  const std::string request{in.part()};
  const std::string response{in.part()};
  fuzz::must_hold(facts_laws::request_is_judged_alike(request, allowed.list()));
  fuzz::must_hold(facts_laws::response_is_judged_alike(response, laws::asked));
  fuzz::must_hold(facts_laws::response_is_judged_alike(response, laws::asked_websocket));

  // Names and values as a parser may cut them that checks nothing: at each colon and line feed.
  std::vector<field_line> lines;
  for (std::string_view left = request; !left.empty() && lines.size() < 64;) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    const std::size_t colon = std::min(line.find(':'), line.size());
    lines.push_back({line.substr(0, colon), line.substr(std::min(line.size(), colon + 1))});
  }
  fuzz::must_hold(facts_laws::foreign_lines_make_one_head(used, lines, policy));
  return 0;
}
