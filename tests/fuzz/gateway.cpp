// A gateway keeps the laws in both directions, whatever a client and a server send.
#include <string>
#include <string_view>

#include "fuzz/common.hpp"
#include "support/gateway_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  using gateway_messages::header_list;
  fuzz::input in{octets, size};
  const turnout::limits bounds = fuzz::limits_of(in);
  const header_list& asked =
      *in.pick(std::array{&gateway_messages::asks_websocket, &gateway_messages::asks_udp,
                          &gateway_messages::asks_connect});
  const auto come = fuzz::pieces_of<turns::pieces>(in);
  const std::string_view statuses[] = {"200", "404", "103", "204", "426"};
  header_list answer{{":status", in.pick(statuses)}};
  const std::string_view request = in.part();
  const std::string_view response = in.part();
  for (std::string_view left = in.rest(); !left.empty() && answer.size() < 16;) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    const std::size_t colon = std::min(line.find(':', 1), line.size());
    answer.push_back({line.substr(0, colon), line.substr(std::min(line.size(), colon + 1))});
  }
  fuzz::must_hold(gateway_laws::same_down(asked, response, come, bounds));
  fuzz::must_hold(gateway_laws::same_up(request, answer, come, bounds));
  return 0;
}
