// How to fix a finding, given the whole message and the one that it answers.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "advice_by_code.hpp"
#include "forwarders.hpp"
#include "heads.hpp"
#include "intent.hpp"
#include "mistaken.hpp"
#include "report.hpp"

/// The messages that were read completely.
struct messages {
  const inspected_request* request = nullptr;
  const inspected_response* response = nullptr;  ///< the last one
  std::size_t begin = 0;                         ///< where it begins in its input
};

namespace advice_detail {

inline constexpr std::string_view slashed_subprotocol =
    "this is kubectl's port-forward, and Kubernetes accepts it: its subprotocol has a slash, so it "
    "is not a token. Servers that follow RFC 6455 refuse it; turnout accepts it with "
    "kubernetes::websocket_offer and kubernetes::websocket_proposal";
inline constexpr std::string_view http_1_0_request =
    "the request is HTTP/1.0, which is why the server answers 426: send it as HTTP/1.1. nginx "
    "needs "
    "proxy_http_version 1.1; Envoy answers this to every HTTP/1.0 request unless "
    "accept_http_10 is set";
inline constexpr std::string_view unnamed_426 =
    "name in Upgrade what the 426 requires (RFC 9110 section 15.5.22), and list upgrade in "
    "Connection; if the request was HTTP/1.0, the 426 asks for HTTP/1.1";
inline constexpr std::string_view leaked_advertisement =
    "remove Upgrade: it was for the connection between the proxy and the server, and the proxy "
    "forwarded it. nginx: proxy_hide_header Upgrade; Apache as the server: Protocols http/1.1, "
    "or Header unset Upgrade";
inline constexpr std::string_view old_accept =
    "this server speaks hixie-76, a WebSocket older than RFC 6455: update it";
inline constexpr std::string_view tls_is_for_one_hop =
    "TLS by upgrade secures one connection (RFC 2817 section 5), so forwarding it does not help: "
    "ignore the offer, or accept it here";
inline constexpr std::string_view h2c_never_passes =
    "let the intermediary speak HTTP/2 itself: it can't forward h2c, since HTTP2-Settings is for "
    "one connection";

/// The proxy that forwarded a request. No client sends a WebSocket request as HTTP/1.0, but nginx
/// does by default.
inline const forwarder* forwarder_of_request(const inspected_request& request) {
  const forwarder* const who = forwarder_of(request.head);
  if (who != nullptr && !who->name.empty()) return who;
  const bool is_old = request.head.version < turnout::http_1_1;
  const bool has_key = request.facts.has(turnout::field_name::sec_websocket_key);
  return is_old && has_key ? &forwarders_detail::nginx : who;
}

inline std::string advice_on_lost_offer(const inspected_request& request) {
  const forwarder* const who = forwarder_of_request(request);
  return fmt::format(
      "{}. Connection and Upgrade are for one connection, so a proxy has to send "
      "both itself. {}",
      who != nullptr ? "a proxy lost Upgrade" : "Upgrade was lost, perhaps in a proxy",
      advice_for(who, meant_protocol(request.facts)));
}

inline std::string advice_on_lost_option(const inspected_request& request) {
  const forwarder* const who = forwarder_of_request(request);
  if (who == nullptr) return {};
  return fmt::format(
      "the request was forwarded, and the proxy did not list upgrade in Connection. "
      "{}",
      advice_for(who, meant_protocol(request.facts)));
}

inline std::string advice_on_old_version(const inspected_request& request) {
  const forwarder* const who = forwarder_of_request(request);
  if (who == nullptr) return {};
  return fmt::format("a proxy sends it as HTTP/1.0. {}",
                     advice_for(who, meant_protocol(request.facts)));
}

/// A missing key: HTTP/2 writes all names in lower case, and its WebSockets have no key.
inline std::string advice_on_lost_key(const inspected_request& request) {
  for (const turnout::field_line& line : request.head.fields)
    if (line.name != lowered(line.name)) return {};
  const forwarder* const who = forwarder_of(request.head);
  const bool named = who != nullptr && !who->name.empty();
  return fmt::format(
      "a WebSocket over HTTP/2 has no key, so the proxy that translates it to HTTP/1.1 has to make "
      "one (RFC 8441 section 5). {} has to do that, to speak HTTP/2 to the server too, or to offer "
      "only HTTP/1.1 to clients (ALPN http/1.1)",
      named ? who->name : "The proxy");
}

/// An offer that HTTP libraries add to every request.
inline bool is_added_by_library(const inspected_request& request) {
  const std::string wanted = meant_protocol(request.facts);
  return wanted == "h2c" || wanted.starts_with("TLS/");
}

inline std::string advice_on_request(turnout::errc code, const inspected_request& request) {
  using enum turnout::errc;
  using turnout::field_name;
  const auto subprotocols = request.facts.lines(field_name::sec_websocket_protocol);
  switch (code) {
    case no_upgrade:
      return means_to_switch(request.facts) ? advice_on_lost_offer(request) : std::string{};
    case upgrade_not_nominated:
      return advice_on_lost_option(request);
    case upgrade_in_http_1_0:
      return advice_on_old_version(request);
    case missing_websocket_key:
      return advice_on_lost_key(request);
    case bad_websocket_protocol:
      return std::string{
          subprotocols.first().find("k8s.io") != std::string_view::npos ? slashed_subprotocol : ""};
    case bad_websocket_extensions:
      return request.facts.lines(field_name::sec_websocket_extensions).first().empty()
                 ? "leave out Sec-WebSocket-Extensions if there are no extensions: it must not be "
                   "empty"
                 : "";
    case unknown_method:
      return is_added_by_library(request)
                 ? "nothing is wrong: HTTP libraries add this offer to every request, and a server "
                   "answers without a switch"
                 : "";
    case no_common_protocol: {
      const std::string wanted = meant_protocol(request.facts);
      if (wanted.starts_with("TLS/")) return std::string{tls_is_for_one_hop};
      return std::string{wanted == "h2c" ? h2c_never_passes : ""};
    }
    default:
      return {};
  }
}

/// Advice for a 101 that lost Connection and Upgrade.
inline std::string advice_on_lost_switch(const messages& known) {
  const turnout::facts& response = known.response->facts;
  const bool has_upgrade = response.has(turnout::field_name::upgrade);
  const bool has_option = nominates(response, "upgrade");
  if (has_upgrade || has_option) return {};
  const std::string protocol =
      known.request != nullptr ? meant_protocol(known.request->facts) : "websocket";
  const forwarder* const who = forwarder_of(known.response->head);
  const bool named = who != nullptr && !who->name.empty();
  return fmt::format(
      "both Connection and Upgrade are lost: they are for one connection, so each proxy has to "
      "send "
      "its own with a 101. {}{}",
      named ? fmt::format("This came from {}. ", who->name) : "", advice_for(who, protocol));
}

/// The subprotocols that a request offers, and how the chosen one differs.
inline std::string advice_on_subprotocol(const messages& known) {
  if (known.request == nullptr) return {};
  constexpr auto field = turnout::field_name::sec_websocket_protocol;
  const auto offered =
      turnout::field::sec_websocket_protocol::parse(known.request->facts.lines(field));
  if (!offered || offered->empty()) return "choose no subprotocol: the request offered none";
  const std::string_view chosen = known.response->facts.lines(field).first();
  std::string help = "choose one of those that were offered, octet for octet: " +
                     written([&offered](turnout::writer& to) { offered->put(to); });
  for (const turnout::field::subprotocol& one : *offered)
    if (turnout::grammar::equal_ignoring_case(one.text, chosen))
      help += "; this one differs in case";
  return help;
}

inline std::string advice_on_accept(const messages& known) {
  if (known.request == nullptr) return {};
  if (has_line(known.response->head, "Sec-WebSocket-Location")) return std::string{old_accept};
  const auto key = turnout::field::sec_websocket_key::parse(
      known.request->facts.lines(turnout::field_name::sec_websocket_key).first());
  if (!key) return {};
  const auto expected = turnout::websocket::accept_for(*key);
  return fmt::format(
      "the key requires {}: base64 of the SHA-1 of the key as it came, followed by the GUID in RFC "
      "6455 section 1.3. A cached response, or the response to another request, has the same "
      "effect",
      expected.text());
}

inline std::string advice_on_response(turnout::errc code, const messages& known) {
  using enum turnout::errc;
  switch (code) {
    case switch_not_nominated:
    case switch_without_upgrade:
      return advice_on_lost_switch(known);
    case upgrade_not_nominated:
      return std::string{leaked_advertisement};
    case no_upgrade:
      return std::string{known.request != nullptr && known.request->head.version < turnout::http_1_1
                             ? http_1_0_request
                             : unnamed_426};
    case subprotocol_not_offered:
    case missing_subprotocol:
      return advice_on_subprotocol(known);
    case missing_websocket_accept:
    case wrong_websocket_accept:
      return advice_on_accept(known);
    default:
      return {};
  }
}

}  // namespace advice_detail

/// What to change; empty if the rule is clear enough.
inline std::string advice(const diagnostic& one, const inspected& input, const messages& known) {
  using namespace advice_detail;
  using kind = inspected::kind;
  const std::size_t begin = input.what == kind::response ? known.begin : 0;
  if (one.why.at <= input.octets.find('\n', begin))
    if (const auto help = mistaken_for(input, begin, one.why.at); !help.empty())
      return std::string{help};
  std::string help;
  if (input.what == kind::request && known.request != nullptr)
    help = advice_on_request(one.why.code, *known.request);
  if (input.what == kind::response && known.response != nullptr)
    help = advice_on_response(one.why.code, known);
  return help.empty() ? std::string{advice_by_code(one.why.code)} : help;
}
