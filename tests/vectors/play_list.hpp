// A server and a client of HTTP/2 or HTTP/3, which get a header list.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "turnout/protocol/extended_connect.hpp"
#include "vectors/play_server.hpp"

namespace vectors {

/// The header list of a case.
class header_list {
 public:
  explicit header_list(const vector& one) {
    for (const json& line : one.all["fields"])
      lines_.push_back({keep(octets_of(line[0])), keep(octets_of(line[1]))});
  }

  header_list(const header_list&) = delete;
  header_list& operator=(const header_list&) = delete;

  span<const field_line> lines() const { return lines_; }

 private:
  std::string_view keep(std::string octets) { return kept_.emplace_back(std::move(octets)); }

  std::deque<std::string> kept_;
  std::vector<field_line> lines_;
};

inline json refused_with(std::uint16_t status) {
  return {{"outcome", "refuse"}, {"status", status}};
}

/// What a server that speaks the protocol of the case makes of a request.
inline json play_list_server(const vector& one) {
  using kind = verdict::kind;
  const party_setup own{one};
  const header_list list{one};
  const auto request = extended_connect::request::read(list.lines());
  if (!request) return {{"outcome", "malformed"}};
  const facts seen = extended_connect::facts_of(*request);
  const verdict judged = extended_connect::examine_request(*request, seen, own.spoken);
  if (judged.what == kind::connect) return {{"outcome", "tunnel"}};
  if (judged.what == kind::ignore) return {{"outcome", "ordinary"}};
  if (judged.what == kind::refuse) return refused_with(rules::status_for(judged.found.why.code));
  json all;
  agree(own, judged.offer, request->path, [&](const auto& agreed, span<const field_line>) {
    all = {{"outcome", "switch"}, {"protocol", request->protocol}};
    if (!agreed) all = refused_with(refusal_for(agreed.error().code, own.spoken).status);
  });
  return all;
}

/// True if a response has chosen nothing that was not offered.
inline bool keeps_to_offer(const extended_connect::response& answer, const party_setup& own) {
  const field::sec_websocket_key key;
  std::string offered;
  for (const std::string_view one : own.websocket.subprotocols)
    offered += (offered.empty() ? "" : ", ") + std::string{one};
  websocket::request wanted{.host = "a"};
  if (!offered.empty()) wanted.subprotocols = *field::sec_websocket_protocol::parse(offered);
  const websocket::proposal asked{key, wanted};
  const auto accept = websocket::accept_for(key);
  const facts seen = extended_connect::facts_of(answer, own.spoken[0], accept.text());
  return !rules::check_switch(seen, asked).found;
}

/// What a client that has asked for the protocol of the case makes of a response.
inline json play_list_client(const vector& one) {
  const party_setup own{one};
  const header_list list{one};
  const auto answer = extended_connect::response::read(list.lines());
  if (!answer) return {{"outcome", "failed"}};
  if (answer->is_interim()) return {{"outcome", "interim"}};
  const auto opens = extended_connect::opens(*answer, own.spoken[0]);
  if (opens && !*opens) return {{"outcome", "refused"}, {"status", answer->status}};
  const bool fits = !own.spoken[0].websocket_key || keeps_to_offer(*answer, own);
  if (!opens || !fits) return {{"outcome", "failed"}};
  return {{"outcome", "switched"}, {"protocol", one.profile}};
}

}  // namespace vectors
