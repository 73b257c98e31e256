// Which implementations would disagree about a message.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "disagreements.hpp"
#include "heads.hpp"
#include "intent.hpp"
#include "size_limits.hpp"

namespace peers_detail {

using turnout::field_name;

/// Collects implementations that differ.
struct collection {
  std::span<const disagreement> from;
  bool websocket = false;  ///< whether implementations of only WebSocket would get the message
  std::vector<std::string> all{};

  void add(trait on, bool is_so) {
    if (!is_so) return;
    for (const disagreement& one : from)
      if (one.on == on && (websocket || one.of == audience::all))
        all.push_back(fmt::format("{}: {}", one.who, one.what));
  }
};

/// How many elements a list has.
template <class List>
std::size_t elements(const turnout::facts& facts, field_name field) {
  const auto listed = List::parse(facts.lines(field));
  return listed ? listed->size() : 0;
}

inline std::size_t protocols(const turnout::facts& facts) {
  return elements<turnout::field::upgrade>(facts, field_name::upgrade);
}

inline std::size_t options(const turnout::facts& facts) {
  return elements<turnout::field::connection>(facts, field_name::connection);
}

/// True if one of several protocols has a version.
inline bool has_version(const turnout::facts& facts) {
  const auto listed = turnout::field::upgrade::parse(facts.lines(field_name::upgrade));
  if (!listed || listed->size() < 2) return false;
  for (const turnout::protocol& one : *listed)
    if (!one.version.empty()) return true;
  return false;
}

/// True if some protocol has that name, with any version.
inline bool names(const turnout::facts& facts, std::string_view name) {
  const auto listed = turnout::field::upgrade::parse(facts.lines(field_name::upgrade));
  if (listed)
    for (const turnout::protocol& one : *listed)
      if (turnout::grammar::equal_ignoring_case(one.name, name)) return true;
  return false;
}

/// True if implementations of only WebSocket would get the request.
inline bool asks_websocket(const turnout::facts& request) {
  return names(request, "websocket") || request.has(field_name::sec_websocket_key);
}

inline bool names_unknown(const turnout::facts& facts) {
  return protocols(facts) > 0 && !names(facts, "websocket") && !names(facts, "h2c") &&
         !names(facts, "TLS");
}

/// True if octets after the request are not its content; false for chunked content, whose end is
/// not searched, and for an old WebSocket, which has its key there.
inline bool has_early_octets(const inspected_request& request) {
  if (request.facts.has(field_name::transfer_encoding) || is_old_websocket(request)) return false;
  const auto length =
      turnout::field::content_length::parse(request.facts.lines(field_name::content_length));
  return request.reading.rest.size() > (length ? length->octets : 0);
}

inline bool carries_content(const turnout::facts& facts) {
  if (turnout::rules::check_framing(facts, turnout::grammar::default_list_elements)) return false;
  return turnout::rules::has_content(facts);
}

inline void add_offer(collection& to, const inspected_request& request) {
  const turnout::facts& facts = request.facts;
  if (!facts.has(field_name::upgrade)) return;
  to.add(trait::no_host, !facts.has(field_name::host));
  to.add(trait::several_protocols, protocols(facts) > 1);
  to.add(trait::protocol_version, has_version(facts));
  to.add(trait::several_options, options(facts) > 1);
  to.add(trait::several_connection_lines, facts.lines(field_name::connection).count() > 1);
  to.add(trait::several_upgrade_lines, facts.lines(field_name::upgrade).count() > 1);
  to.add(trait::not_nominated, !nominates(facts, "upgrade"));
  to.add(trait::close_with_upgrade, nominates(facts, "upgrade") && nominates(facts, "close"));
  to.add(trait::http_1_0, facts.version() < turnout::http_1_1);
  to.add(trait::content, carries_content(facts));
  to.add(trait::early_octets, has_early_octets(request));
  to.add(trait::expect, facts.has(field_name::expect));
  to.add(trait::h2c, names(facts, "h2c"));
  to.add(trait::tls, names(facts, "TLS"));
}

inline void add_websocket(collection& to, const turnout::facts& facts) {
  if (!to.websocket) return;
  const auto keys = facts.lines(field_name::sec_websocket_key);
  to.add(trait::malformed_key,
         keys.count() > 1 ||
             (keys.count() == 1 && !turnout::field::sec_websocket_key::parse(keys.first())));
  const auto versions = facts.lines(field_name::sec_websocket_version);
  to.add(trait::other_version, !versions.empty() && versions.first() != "13");
}

/// True if Connection has the option, spelled in lower case.
inline bool in_lower_case(const turnout::facts& facts) {
  const auto listed = turnout::field::connection::parse(facts.lines(field_name::connection));
  if (listed)
    for (const turnout::field::connection_option& one : *listed)
      if (one.text == "upgrade") return true;
  return false;
}

inline void add_switch(collection& to, const turnout::facts& facts) {
  to.add(trait::switch_unnamed, protocols(facts) == 0);
  to.add(trait::switch_unnominated, !nominates(facts, "upgrade"));
  to.add(trait::switch_with_options, options(facts) > 1);
  to.add(trait::switch_in_lower_case, in_lower_case(facts));
  to.add(trait::switch_with_close, nominates(facts, "close"));
  to.add(trait::switch_in_1_0, facts.version() < turnout::http_1_1);
  to.add(trait::several_layers, protocols(facts) > 1);
  to.add(trait::several_tls_versions, protocols(facts) > 1 && names(facts, "TLS"));
  to.add(trait::content_length_in_101, facts.has(field_name::content_length));
}

/// The implementations that differ on a response.
///
/// Takes     websocket: whether it answers the request for one
inline collection collect(const turnout::facts& facts, bool websocket) {
  collection to{response_disagreements, websocket};
  to.add(trait::required_unnamed, facts.status() == 426 && !facts.has(field_name::upgrade));
  to.add(trait::leaked_advertisement, facts.status() / 100 != 1 && facts.has(field_name::upgrade) &&
                                          !nominates(facts, "upgrade"));
  if (facts.status() == 101) add_switch(to, facts);
  return to;
}

}  // namespace peers_detail

/// The implementations that would disagree on a request.
inline std::vector<std::string> peers_of_request(const inspected_request& request) {
  using namespace peers_detail;
  const turnout::facts& facts = request.facts;
  collection to{request_disagreements, asks_websocket(facts)};
  add_size_limits(to.all, request.head);
  to.add(trait::two_hosts, facts.lines(field_name::host).count() > 1);
  add_offer(to, request);
  add_websocket(to, facts);
  return to.all;
}

/// Which intermediaries would forward something else.
inline std::vector<std::string> peers_of_relay(const inspected_request& request) {
  using namespace peers_detail;
  const turnout::facts& facts = request.facts;
  collection to{request_disagreements};
  if (!facts.has(field_name::upgrade)) return to.all;
  to.add(trait::not_nominated, !nominates(facts, "upgrade"));
  to.add(trait::http_1_0, facts.version() < turnout::http_1_1);
  to.add(trait::h2c, names(facts, "h2c"));
  to.add(trait::tls, names(facts, "TLS"));
  to.add(trait::unknown_protocol, names_unknown(facts));
  return to.all;
}

/// The implementations that would disagree on any such response.
inline std::vector<std::string> peers_of_response(const inspected_response& response) {
  using namespace peers_detail;
  const bool named = protocols(response.facts) > 0;
  return collect(response.facts, !named || names(response.facts, "websocket")).all;
}

/// The implementations that would disagree on an exchange.
inline std::vector<std::string> peers_of_exchange(const inspected_request& request,
                                                  const inspected_response& last,
                                                  std::size_t interim, turnout::errc why) {
  using namespace peers_detail;
  using enum turnout::errc;
  collection to = collect(last.facts, asks_websocket(request.facts));
  to.add(trait::interim_first, interim > 0);
  to.add(trait::switch_to_another, why == protocol_not_offered);
  to.add(trait::switch_unproven, why == missing_websocket_accept || why == wrong_websocket_accept);
  to.add(trait::unknown_subprotocol,
         why == subprotocol_not_offered || why == extension_not_offered);
  to.add(trait::no_subprotocol, last.facts.status() == 101 &&
                                    request.facts.has(field_name::sec_websocket_protocol) &&
                                    !last.facts.has(field_name::sec_websocket_protocol));
  std::vector<std::string> all = peers_of_request(request);
  all.insert(all.end(), to.all.begin(), to.all.end());
  return all;
}
