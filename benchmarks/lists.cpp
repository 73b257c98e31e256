// How long does it take to find out whether a list has an element?
#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "question.hpp"

namespace {

const sample one_option{"connection_1", {"Upgrade"}};
const sample two_options{"connection_2", {"keep-alive, Upgrade"}};
const sample one_protocol{"upgrade_1", {"websocket"}};
const sample five_protocols{"upgrade_5", {"HTTP/3.0, HTTP/2.0, h2c, websocket/13, TLS/1.2"}};

constexpr std::size_t most = turnout::grammar::default_list_elements;

bool nominates_upgrade(std::string_view value) {
  const auto says = turnout::field::connection_summary::read(value, most);
  return says.why.code == turnout::errc::none && says.lists(turnout::field_name::upgrade);
}

bool offers(std::string_view value, const turnout::protocol& wanted) {
  bool found = false;
  const auto why = turnout::field::upgrade::each(
      value, most, [&](const turnout::protocol& one) { found = found || one == wanted; });
  return why.code == turnout::errc::none && found;
}

bool offers_websocket(std::string_view value) { return offers(value, {"websocket", {}}); }

bool offers_websocket_13(std::string_view value) { return offers(value, {"websocket", "13"}); }

void ask() {
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

const question_file lists{ask};

}  // namespace
