// The checks of a 101 one by one, as RFC 9110 section 7.8 and RFC 6455 section 4.1 list them. The
// library decides; this finds everything that is wrong.
#pragma once

#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <vector>

#include "heads.hpp"
#include "observed.hpp"
#include "report.hpp"

namespace checks_detail {

using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_name;
using turnout::finding;

inline constexpr auto bound = turnout::grammar::default_list_elements;

/// A 101 with only the lines of one field.
inline facts only(const facts& response, field_name field) {
  facts alone{101, turnout::http_1_1};
  for (auto lines = response.lines(field); !lines.empty(); lines.next())
    alone.see(turnout::field::spelling(field), lines.first());
  return alone;
}

/// What is wrong with Connection.
inline finding check_connection(const facts& response) {
  facts alone = only(response, field_name::connection);
  alone.see("Upgrade", "a");
  return turnout::rules::check_named_switch(alone, bound);
}

/// What is wrong with Upgrade, without regard to the offer.
inline finding check_upgrade(const facts& response) {
  facts alone = only(response, field_name::upgrade);
  alone.see("Connection", "upgrade");
  return turnout::rules::check_named_switch(alone, bound);
}

/// The protocol that the 101 names first, if it was offered.
inline const turnout::profile* chosen_by(const facts& response, const observed_proposal& asked) {
  const auto named = turnout::field::upgrade::parse(response.lines(field_name::upgrade));
  if (!named || named->empty()) return nullptr;
  for (const turnout::profile& one : asked.protocols)
    if (one.token == *named->begin()) return &one;
  return nullptr;
}

/// What is wrong with the protocols that the 101 names.
inline finding check_named(const facts& response, const observed_proposal& asked) {
  struct : turnout::proposal {
    finding check_switch(const facts&, const turnout::profile&, std::size_t) const { return {}; }
  } any;
  any.protocols = asked.protocols;
  facts alone = only(response, field_name::upgrade);
  alone.see("Connection", "upgrade");
  return turnout::rules::check_switch(alone, any, bound).found;
}

/// What is wrong with one field of a WebSocket's 101, if all others are right.
inline finding check_field(const observed_proposal& asked, const turnout::profile& chosen,
                           const facts& response, field_name field) {
  const auto right = turnout::websocket::accept_for(asked.as_websocket().key());
  facts alone = only(response, field);
  alone.see("Sec-WebSocket-Accept", right.text());
  return asked.check_switch(alone, chosen, bound);
}

/// Adds checks to a list.
struct checklist {
  const inspected_response* response;
  std::vector<check> all{};

  void add(const finding& found, std::string_view text, std::string_view section) {
    all.push_back({response->located(found), text, section});
  }
};

inline void check_websocket(checklist& to, const observed_proposal& asked,
                            const turnout::profile& chosen) {
  constexpr std::string_view section = "RFC 6455 section 4.1";
  constexpr std::string_view server = "RFC 6455 section 4.2.1";
  const failure flaw = asked.flaw_of(chosen);
  if (flaw.code != errc::none) {
    to.all.push_back({{flaw.code, 0}, "the request has what WebSocket requires of it", server});
    return;
  }
  const facts& response = to.response->facts;
  to.add({}, "the request has what WebSocket requires of it", server);
  to.add(turnout::websocket::check_accept(response, asked.as_websocket().key()),
         "Sec-WebSocket-Accept appears once and matches the key", section);
  to.add(check_field(asked, chosen, response, field_name::sec_websocket_protocol),
         "the subprotocol is one of those offered, or there is none", section);
  to.add(check_field(asked, chosen, response, field_name::sec_websocket_extensions),
         "the extensions and their parameters were offered", "RFC 6455 section 9.1");
}

}  // namespace checks_detail

/// Each check of a 101, and why it failed, at which octet of the head.
inline std::vector<check> check_switch_one_by_one(const inspected_response& response,
                                                  const observed_proposal& asked) {
  using namespace checks_detail;
  constexpr std::string_view upgrade = "RFC 9110 section 7.8";
  const facts& seen = response.facts;
  const bool in_1_0 = seen.version() < turnout::http_1_1;
  checklist to{&response};
  to.add({{asked.protocols.empty() ? errc::unsolicited_switch : errc::none, 0}, {}},
         "the request offers to switch", upgrade);
  to.add({{in_1_0 ? errc::switch_in_http_1_0 : errc::none, 0}, {}},
         "the 101 is a response of HTTP/1.1", "RFC 9110 section 15.2");
  to.add(check_connection(seen), "Connection lists upgrade", "RFC 9110 section 7.6.1");
  const finding names = check_upgrade(seen);
  to.add(names, "Upgrade names a protocol", "RFC 9110 section 15.2.2");
  if (names || asked.protocols.empty()) return to.all;
  to.add(check_named(seen, asked), "the protocols that it names were offered and fit together",
         upgrade);
  const turnout::profile* const chosen = chosen_by(seen, asked);
  if (chosen == nullptr) return to.all;
  if (chosen->token == turnout::websocket::profile.token)
    check_websocket(to, asked, *chosen);
  else
    to.add(asked.check_switch(seen, *chosen, bound), "the 101 has what the protocol requires of it",
           upgrade);
  return to.all;
}
