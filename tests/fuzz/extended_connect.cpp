// Extended CONNECT, both ways: what goes over is sound on the other side, and says the same.
#include <vector>

#include "fuzz/common.hpp"
#include "support/extended_connect_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  using extended_connect_laws::header_list;
  fuzz::input in{octets, size};
  const unsigned pseudo = in.octet();
  const bool masque = in.flag();
  const std::string request{in.part()};
  bool went = false;
  fuzz::must_hold(extended_connect_laws::up_is_sound(request, went));

  // Pseudo-header fields, some of them with any value, and then lines of any name and value.
  const std::string_view names[] = {":method", ":protocol", ":scheme", ":authority", ":path"};
  const std::string_view usual[] = {"CONNECT", masque ? "connect-udp" : "websocket", "https", "a",
                                    masque ? "/.well-known/masque/udp/b/443/" : "/chat"};
  header_list list;
  header_list answer{{":status", (pseudo >> 7) != 0 ? in.part() : "404"}};
  for (std::size_t i = 0; i < std::size(names); ++i)
    list.push_back({names[i], (pseudo >> i & 1) != 0 ? in.part() : usual[i]});
  for (std::string_view left = in.rest(); !left.empty() && list.size() < 64;) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    const std::size_t colon = std::min(line.find(':', 1), line.size());
    list.push_back({line.substr(0, colon), line.substr(std::min(line.size(), colon + 1))});
    answer.push_back(list.back());
  }
  fuzz::must_hold(extended_connect_laws::down_is_one_request(list));
  fuzz::must_hold(extended_connect_laws::response_is_one_head(answer));
  return 0;
}
