// The checks of a 101 one by one, as RFC 9110 section 7.8 and RFC 6455 section 4.1 list them. The
// library decides; this shows.
#pragma once

#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "heads.hpp"
#include "observed.hpp"
#include "report.hpp"

namespace checks_detail {

using turnout::field_name;

/// True if some option of Connection is that one.
inline bool lists(const turnout::facts& response, std::string_view option) {
  const auto options = turnout::connection::parse(response.lines(field_name::connection));
  return options && options->contains({option});
}

/// True if nothing is named but a protocol, and perhaps the one that its profile has above it.
inline bool names_no_other(const turnout::upgrade& named, const turnout::profile& chosen) {
  return named.size() == 1 || (named.size() == 2 && *++named.begin() == chosen.upper);
}

/// True if the library finds nothing wrong with one field of a 101, were all others right.
inline bool passes(const observed_proposal& asked, const turnout::profile& chosen,
                   const turnout::facts& response, field_name field) {
  const auto right = turnout::websocket::accept_for(asked.as_websocket().key());
  turnout::facts alone{response.status(), response.version()};
  alone.see(turnout::spelling(field_name::sec_websocket_accept), right.text());
  for (auto lines = response.lines(field); !lines.empty(); lines.next())
    alone.see(turnout::spelling(field), lines.first());
  return !asked.check_switch(alone, chosen, turnout::default_list_elements);
}

inline void check_websocket(std::vector<check>& all, const turnout::facts& response,
                            const observed_proposal& asked, const turnout::profile& chosen) {
  constexpr std::string_view section = "RFC 6455 section 4.1";
  all.push_back({asked.flaw_of(chosen).code == turnout::errc::none,
                 "the request has what WebSocket demands of it", "RFC 6455 section 4.2.1"});
  if (!all.back().passed) return;

  const auto accept = turnout::websocket::check_accept(response, asked.as_websocket().key());
  all.push_back({!accept, "Sec-WebSocket-Accept is there once and follows from the key", section});
  all.push_back({passes(asked, chosen, response, field_name::sec_websocket_protocol),
                 "the subprotocol is one of those offered, or there is none", section});
  all.push_back({passes(asked, chosen, response, field_name::sec_websocket_extensions),
                 "the extensions and their parameters were offered", "RFC 6455 section 9.1"});
}

}  // namespace checks_detail

/// Each check of a 101, passed or failed.
inline std::vector<check> check_switch_one_by_one(const inspected_response& response,
                                                  const observed_proposal& asked) {
  using namespace checks_detail;
  constexpr std::string_view upgrade = "RFC 9110 section 7.8";
  const turnout::facts& facts = response.facts;
  const auto named = turnout::upgrade::parse(facts.lines(field_name::upgrade));
  const bool names = named && !named->empty();
  const turnout::profile* chosen = nullptr;
  if (names)
    for (const turnout::profile& one : asked.protocols)
      if (one.token == *named->begin()) chosen = &one;

  std::vector<check> all;
  all.push_back({!asked.protocols.empty(), "the request offers to switch", upgrade});
  all.push_back({facts.version() >= turnout::http_1_1, "the 101 is a response of HTTP/1.1",
                 "RFC 9110 section 15.2"});
  all.push_back({lists(facts, "upgrade"), "Connection lists upgrade", "RFC 9110 section 7.6.1"});
  all.push_back({!lists(facts, "close"), "Connection does not list close", "RFC 9112 section 9.6"});
  all.push_back({names, "Upgrade names a protocol", "RFC 9110 section 15.2.2"});
  all.push_back({chosen != nullptr, "the protocol named was offered", upgrade});
  if (chosen == nullptr) return all;
  all.push_back({names_no_other(*named, *chosen),
                 "no other protocol is named, but perhaps the one above it", upgrade});
  if (chosen->token == turnout::websocket::profile.token) {
    check_websocket(all, facts, asked, *chosen);
  } else {
    all.push_back({!asked.check_switch(facts, *chosen, turnout::default_list_elements),
                   "the 101 has what the protocol demands of it", upgrade});
  }
  return all;
}
