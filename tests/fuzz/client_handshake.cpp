// A client's handshake keeps the laws, and does what the reference does, whatever it asked for.
#include "fuzz/common.hpp"
#include "support/beside.hpp"
#include "support/laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const turnout::limits bounds = fuzz::limits_of(in);
  const std::size_t which = in.below(4);
  const std::string_view choices = in.choices();
  const auto come = fuzz::pieces_of<laws::pieces>(in);
  const std::string responses{in.rest()};

  const auto keep_laws = [&](const auto& asked) {
    const auto client = laws::waiting_client(asked, bounds);
    fuzz::must_hold(laws::all_of_one_side(client, responses, come, choices));
  };
  const auto be_as_reference = [&](const auto&... clients) {
    if (!fuzz::is_within_usual_limits(responses)) return;
    (fuzz::must_hold(clients(responses, beside::cuts::few)), ...);
  };
  switch (which) {
    case 0:
      keep_laws(laws::asked);
      be_as_reference(beside::upgrade_client, beside::head_client, beside::tls_client);
      break;
    case 1:
      keep_laws(laws::asked_websocket);
      be_as_reference(beside::websocket_client);
      break;
    case 2:
      keep_laws(laws::asked_with_content);
      be_as_reference(beside::content_client);
      break;
    default:
      keep_laws(laws::asked_tunnel);
      be_as_reference(beside::tunnel_client);
  }
  return 0;
}
