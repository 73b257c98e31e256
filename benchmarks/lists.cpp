// How long does it take to find out whether a list has an element?
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "question.hpp"
#ifdef WITH_BEAST
#include <boost/beast/core/string_type.hpp>
#include <boost/beast/http/rfc7230.hpp>
#endif

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

#ifdef WITH_BEAST
// Does less: it goes no further than the element it looks for, and takes a malformed one for the
// end of the list.
template <std::size_t size>
bool exists_for_beast(std::string_view value, const char (&wanted)[size]) {
  return boost::beast::http::token_list{{value.data(), value.size()}}.exists(wanted);
}

bool beast_nominates_upgrade(std::string_view value) { return exists_for_beast(value, "upgrade"); }
bool beast_offers_websocket(std::string_view value) { return exists_for_beast(value, "websocket"); }
#endif

}  // namespace

void ask_lists() {
  for (const sample& values : {one_option, two_options}) {
    question<bool> asked{"lists", values};
    asked.row("turnout", nominates_upgrade);
#ifdef WITH_BEAST
    asked.row("beast", beast_nominates_upgrade);
#endif
  }

  question<bool> one{"lists", one_protocol};
  one.row("turnout", offers_websocket);
#ifdef WITH_BEAST
  one.row("beast", beast_offers_websocket);
#endif

  // Beast knows no protocol-version: to it, this list ends at the first slash.
  question<bool> five{"lists", five_protocols};
  five.row("turnout", offers_websocket_13);
}
