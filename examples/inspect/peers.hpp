// Who would disagree: messages of which known implementations make something else than the RFCs
// ask for. What they do was seen by sending such messages to them, in the versions that stand here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "heads.hpp"

/// What a message is like on which implementations differ.
enum class trait {
  several_protocols,
  protocol_version,
  several_options,
  several_connection_lines,
  several_upgrade_lines,
  not_nominated,
  http_1_0,
  no_host,
  two_hosts,
  content,
  early_octets,
  expect,
  malformed_key,
  other_version,
  h2c,
  unknown_protocol,
  large_head,
  many_lines,
  interim_first,
  switch_unnamed,
  switch_unnominated,
  switch_to_another,
  switch_unproven,
  switch_in_1_0,
  several_layers,
  content_length_in_101,
  unknown_subprotocol,
  required_unnamed,
};

/// What somebody makes of such a message.
struct disagreement {
  trait on;
  std::string_view who;
  std::string_view what;
};

inline constexpr disagreement disagreements[] = {
    {trait::several_protocols, "wsproto 1.3, ws 8, websocket-driver 0.8, tungstenite",
     "refuse a list in Upgrade even where websocket is in it"},
    {trait::several_protocols, "websockets 17 (Python)", "answers 426 to a list in Upgrade"},
    {trait::protocol_version, "Boost.Beast 1.81, gorilla",
     "end the list at the first slash, and miss what stands behind it"},
    {trait::several_options, "IXWebSocket, and many small servers",
     "compare Connection as a whole with \"Upgrade\", which Firefox does not send"},
    {trait::several_connection_lines, "Boost.Beast 1.81", "reads the first Connection line only"},
    {trait::several_connection_lines, "wsproto 1.3", "reads the last Connection line only"},
    {trait::several_connection_lines, "tungstenite", "reads the first Connection line only"},
    {trait::several_upgrade_lines, "Boost.Beast 1.81, Netty 4.1, curl 8",
     "read the first Upgrade line only"},
    {trait::not_nominated, "nginx 1.22 with the documented configuration, Apache 2.4, nghttpx 1.52",
     "make a real upgrade of it for the server behind"},
    {trait::not_nominated, "uWebSockets, h11", "do not look at Connection"},
    {trait::http_1_0, "h11, wsproto 1.3, ws 8, Node 20, websocket-driver 0.8, gorilla, Netty 4.1",
     "switch all the same"},
    {trait::http_1_0, "nginx 1.22, Apache 2.4, Go's ReverseProxy",
     "turn it into an upgrade of HTTP/1.1"},
    {trait::no_host, "ws 8, websockets 17 (Python)", "switch without Host"},
    {trait::two_hosts, "Node 20", "takes the first Host"},
    {trait::content, "Node 20, ws 8, gorilla, websocketpp",
     "read the content as octets of the new protocol"},
    {trait::content, "HAProxy 2.6", "takes Upgrade off, which breaks docker attach"},
    {trait::content, "nginx 1.22, Apache 2.4, nghttpx 1.52, lighttpd 1.4, Go's ReverseProxy",
     "send the content into the tunnel"},
    {trait::early_octets, "wsproto 1.3, uWebSockets", "lose octets that come with the request"},
    {trait::early_octets, "websocket-driver 0.8", "throws an uncaught error"},
    {trait::early_octets, "tungstenite", "refuses the handshake"},
    {trait::early_octets, "Go's ReverseProxy, Kubernetes", "lose them between client and server"},
    {trait::expect, "ws 8, websockets 17 (Python), wsproto 1.3",
     "answer 101 without the 100 that is due before"},
    {trait::malformed_key, "wsproto 1.3, Boost.Beast 1.81", "do not look into the key"},
    {trait::malformed_key, "uWebSockets", "checks nothing but that the key has 24 octets"},
    {trait::other_version, "ws 8", "takes version 8"},
    {trait::other_version, "websocketpp 0.8", "takes versions 0, 7 and 8"},
    {trait::h2c, "nginx 1.22 with the documented configuration, HAProxy 2.6, Go's ReverseProxy",
     "tunnel h2c to the server behind, past their own rules"},
    {trait::h2c, "Apache 2.4", "tunnels h2c with upgrade=ANY"},
    {trait::unknown_protocol,
     "nginx 1.22, HAProxy 2.6, nghttpx 1.52, lighttpd 1.4, Go's ReverseProxy",
     "tunnel whatever the server behind agrees to"},
    {trait::large_head, "Node 20", "answers 431 to a head of more than 16 KiB"},
    {trait::large_head, "nginx, Apache", "answer 400 or 414 to a line of more than 8 KiB"},
    {trait::large_head, "turnout",
     "answers 431 to a head of more than 32 KiB, if it is not told more"},
    {trait::many_lines, "Apache, hyper, turnout", "answer 400 or 431 to more than 100 field lines"},
    {trait::interim_first,
     "Boost.Beast 1.81, websocketpp, websockets 17 (Python), gorilla, Netty 4.1",
     "take the interim response for the answer, and give up"},
    {trait::interim_first, "wsproto 1.3", "reports a rejection, and then the switch"},
    {trait::interim_first, "nginx 1.22", "sends the 103 on as the final response"},
    {trait::switch_unnamed, "curl 8, Netty 4.1, hyper", "switch without Upgrade in the 101"},
    {trait::switch_unnamed, "nginx 1.22, nghttpx 1.52", "open the tunnel"},
    {trait::switch_unnominated, "curl 8, hyper, ws 8", "do not miss the option"},
    {trait::switch_unnominated, "Node 20",
     "takes the 101 for an ordinary response, and uses the connection again"},
    {trait::switch_to_another, "curl 8, hyper", "speak what they wanted to speak"},
    {trait::switch_to_another, "nginx 1.22, HAProxy 2.6, nghttpx 1.52, lighttpd 1.4",
     "open the tunnel"},
    {trait::switch_unproven, "curl 8", "does not look at Sec-WebSocket-Accept"},
    {trait::switch_in_1_0, "ws 8, wsproto 1.3", "switch"},
    {trait::several_layers, "Boost.Beast 1.81", "reads the first protocol alone"},
    {trait::content_length_in_101, "websocketpp, websocket-driver 0.8",
     "take the first frame for content"},
    {trait::unknown_subprotocol, "Boost.Beast 1.81, websocketpp, gorilla",
     "accept a subprotocol or an extension that was not offered"},
    {trait::required_unnamed, "Boost.Beast, wsproto, ws, websocketpp, Netty",
     "send such a 426, so it is often met"},
};

namespace peers_detail {

using turnout::field_name;

inline void add(std::vector<std::string>& to, trait on, bool is_so) {
  if (!is_so) return;
  for (const disagreement& one : disagreements)
    if (one.on == on) to.push_back(fmt::format("{}: {}", one.who, one.what));
}

inline std::size_t elements(const turnout::facts& facts, field_name field) {
  const auto listed = turnout::upgrade::parse(facts.lines(field));
  return listed ? listed->size() : 0;
}

inline bool has_version(const turnout::facts& facts) {
  const auto listed = turnout::upgrade::parse(facts.lines(field_name::upgrade));
  if (!listed || listed->size() < 2) return false;
  for (const turnout::protocol& one : *listed)
    if (!one.version.empty()) return true;
  return false;
}

inline bool offers(const turnout::facts& facts, std::string_view name) {
  const auto listed = turnout::upgrade::parse(facts.lines(field_name::upgrade));
  return listed && listed->contains({name});
}

inline bool nominates_upgrade(const turnout::facts& facts) {
  const auto options = turnout::connection::parse(facts.lines(field_name::connection));
  return options && options->contains({"upgrade"});
}

/// What is said of a request's size and shape, whoever reads it.
inline void add_shape(std::vector<std::string>& to, const inspected_request& request) {
  std::size_t lines = 0;
  const turnout::field_lines& fields = request.head().fields;
  for (auto one = fields.begin(); one != fields.end(); ++one) ++lines;
  add(to, trait::large_head, request.head().octets.size() > 8 * 1024);
  add(to, trait::many_lines, lines > 100);
  add(to, trait::two_hosts, request.facts.lines(field_name::host).count() > 1);
}

inline void add_offer(std::vector<std::string>& to, const inspected_request& request) {
  const turnout::facts& facts = request.facts;
  if (!facts.has(field_name::upgrade)) return;
  add(to, trait::no_host, !facts.has(field_name::host));
  add(to, trait::several_protocols, elements(facts, field_name::upgrade) > 1);
  add(to, trait::protocol_version, has_version(facts));
  add(to, trait::several_options, elements(facts, field_name::connection) > 1);
  add(to, trait::several_connection_lines, facts.lines(field_name::connection).count() > 1);
  add(to, trait::several_upgrade_lines, facts.lines(field_name::upgrade).count() > 1);
  add(to, trait::not_nominated, !nominates_upgrade(facts));
  add(to, trait::http_1_0, facts.version() < turnout::http_1_1);
  add(to, trait::content,
      facts.has(field_name::transfer_encoding) ||
          (facts.has(field_name::content_length) &&
           facts.lines(field_name::content_length).first() != "0"));
  add(to, trait::early_octets, !request.reading.rest.empty());
  add(to, trait::expect, facts.has(field_name::expect));
  add(to, trait::h2c, offers(facts, "h2c"));
}

}  // namespace peers_detail

/// Who would disagree on a request.
inline std::vector<std::string> peers_of_request(const inspected_request& request) {
  using namespace peers_detail;
  std::vector<std::string> all;
  add_shape(all, request);
  add_offer(all, request);
  if (!offers(request.facts, "websocket")) return all;
  const auto keys = request.facts.lines(field_name::sec_websocket_key);
  add(all, trait::malformed_key,
      keys.count() > 1 || (keys.count() == 1 && !turnout::sec_websocket_key::parse(keys.first())));
  add(all, trait::other_version,
      request.facts.lines(field_name::sec_websocket_version).first() != "13");
  return all;
}

/// Which intermediaries would forward something else.
inline std::vector<std::string> peers_of_relay(const inspected_request& request) {
  using namespace peers_detail;
  std::vector<std::string> all;
  const turnout::facts& facts = request.facts;
  if (!facts.has(field_name::upgrade)) return all;
  add(all, trait::not_nominated, !nominates_upgrade(facts));
  add(all, trait::http_1_0, facts.version() < turnout::http_1_1);
  add(all, trait::h2c, offers(facts, "h2c"));
  add(all, trait::unknown_protocol, !offers(facts, "websocket") && !offers(facts, "h2c"));
  return all;
}

/// Who would disagree on a response, whatever it answers.
inline std::vector<std::string> peers_of_response(const inspected_response& response) {
  using namespace peers_detail;
  std::vector<std::string> all;
  const turnout::facts& facts = response.facts;
  add(all, trait::required_unnamed, facts.status() == 426 && !facts.has(field_name::upgrade));
  if (facts.status() != 101) return all;
  add(all, trait::switch_unnamed, elements(facts, field_name::upgrade) == 0);
  add(all, trait::switch_unnominated, !nominates_upgrade(facts));
  add(all, trait::switch_in_1_0, facts.version() < turnout::http_1_1);
  add(all, trait::several_layers, elements(facts, field_name::upgrade) > 1);
  add(all, trait::content_length_in_101, facts.has(field_name::content_length));
  return all;
}

/// Who would disagree on an exchange.
inline std::vector<std::string> peers_of_exchange(const inspected_request& request,
                                                  const inspected_response& last,
                                                  std::size_t interim, turnout::errc why) {
  using namespace peers_detail;
  using enum turnout::errc;
  std::vector<std::string> all = peers_of_request(request);
  for (std::string& one : peers_of_response(last)) all.push_back(std::move(one));
  add(all, trait::interim_first, interim > 0);
  add(all, trait::switch_to_another, why == protocol_not_offered);
  add(all, trait::switch_unproven,
      why == missing_websocket_accept || why == wrong_websocket_accept);
  add(all, trait::unknown_subprotocol,
      why == subprotocol_not_offered || why == extension_not_offered);
  return all;
}
