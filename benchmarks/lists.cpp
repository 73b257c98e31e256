// How long does it take to find out whether a list has an element?
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "question.hpp"

namespace {

const sample one_option{"connection_1", {"Upgrade"}};
const sample two_options{"connection_2", {"keep-alive, Upgrade"}};
const sample one_protocol{"upgrade_1", {"websocket"}};
const sample five_protocols{"upgrade_5", {"HTTP/3.0, HTTP/2.0, h2c, websocket/13, TLS/1.2"}};

bool nominates_upgrade(std::string_view value) {
  const auto options = turnout::connection::parse(value);
  return options && options->contains({"upgrade"});
}

bool offers_websocket(std::string_view value) {
  const auto protocols = turnout::upgrade::parse(value);
  return protocols && protocols->contains({"websocket"});
}

bool offers_websocket_13(std::string_view value) {
  const auto protocols = turnout::upgrade::parse(value);
  return protocols && protocols->contains({"websocket", "13"});
}

}  // namespace

void ask_lists() {
  for (const sample& values : {one_option, two_options}) {
    question<bool> asked{"lists", values};
    asked.ask("turnout", nominates_upgrade);
    asked.ask_peers(&peer::nominates_upgrade);
  }

  question<bool> one{"lists", one_protocol};
  one.ask("turnout", offers_websocket);
  one.ask_peers(&peer::offers_websocket);

  // No peer knows of protocol-version: to Beast, this list ends at the first slash.
  question<bool> five{"lists", five_protocols};
  five.ask("turnout", offers_websocket_13);
}
