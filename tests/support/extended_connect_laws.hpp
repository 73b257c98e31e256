// Between HTTP/1.1 and the header lists of HTTP/2 and HTTP/3: what goes over is sound on the other
// side, and says the same.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/heads.hpp"
#include "turnout/protocol.hpp"
#include "turnout/turnout.hpp"

namespace extended_connect_laws {

using namespace turnout;
using header_list = std::vector<field_line>;

inline constexpr profile spoken[] = {websocket::profile, connect_udp::profile};
inline constexpr std::array<std::uint8_t, 16> nonce{'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                                    'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};

/// Octets or a header list that one side keeps while the other reads them.
struct memory {
  std::array<char, 16384> octets{};
  std::array<field_line, 128> lines{};
  std::size_t size = 0;

  extended_connect::list_space space() { return {lines, octets}; }
  std::span<const field_line> list() const { return std::span{lines}.first(size); }
};

/// The lines of a request that offers a switch, all of the octets used; none if it is no such one.
inline header_list lines_of_offer(std::string_view octets) {
  // With its own lines, a request may have more than a server allows that is not told otherwise.
  server_handshake handshake{spoken, {.field_lines = 200}};
  const auto now = handshake.receive(octets);
  if (now.what != server_step::upgrade_offered || !now.rest.empty()) return {};
  return {now.request.fields.begin(), now.request.fields.end()};
}

/// What becomes of a header list: the octets of HTTP/1.1, none if it is malformed, or no extended
/// CONNECT for one of the protocols.
inline std::string go_down(const header_list& lines) {
  const auto asked = extended_connect::request::read(lines);
  if (!asked || !asked->is_extended()) return {};
  for (const profile& one : spoken) {
    const extended_connect::proposal down{*asked, one, nonce};
    std::array<char, 16384> out{};
    if (const auto written = write_request(down, out)) return std::string{*written};
  }
  return {};
}

/// A header list that goes down is one request, which has the fields that cross, in order, and
/// nothing else: no octet in it makes another request of it.
inline std::string down_is_one_request(const header_list& list) {
  const std::string octets = go_down(list);
  if (octets.empty()) return {};
  const header_list sent = lines_of_offer(octets);
  if (sent.empty()) return "[" + octets + "] is no offer";
  bool cookies = false;
  header_list expected;
  std::size_t own = 3;  // Host, Connection, Upgrade
  const auto asked = extended_connect::request::read(list);
  const bool websocket = asked->protocol == "websocket";
  if (websocket)
    own += rules::has_field(asked->fields, field_name::sec_websocket_version) ? 1u : 2u;
  for (const field_line& line : asked->fields) {
    if (!extended_connect::crosses(line.name)) continue;
    if (line.name != "cookie" || !cookies) expected.push_back(line);
    cookies = cookies || line.name == "cookie";
  }
  if (sent.size() != own + expected.size()) return "[" + octets + "] has more lines, or fewer";
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const field_line& one = sent[own + i];
    const bool same =
        one.name == expected[i].name && (one.name == "cookie" || one.value == expected[i].value);
    if (!same) return "[" + octets + "] has another line";
  }
  return {};
}

/// A request of HTTP/1.1 that offers a switch is a sound header list in HTTP/2, which goes down as
/// an offer of the same.
///
/// Takes     went: whether it went up
inline std::string up_is_sound(std::string_view octets, bool& went) {
  went = false;
  server_handshake handshake{spoken};
  const auto now = handshake.receive(octets);
  if (now.what != server_step::upgrade_offered) return {};
  extended_connect::enable_connect_protocol allowed;
  if (!allowed.see(8, 1)) return "the setting is refused";
  memory up;
  const protocol wanted = now.offer().choose(preference::client)->token;
  const auto size = extended_connect::write_request(
      {now.request, now.offer(), wanted, "https", allowed}, up.space());
  if (!size) return {};
  went = true;
  up.size = size.lines;
  const auto read = extended_connect::request::read(up.list());
  if (!read) return "what goes up is malformed";
  const facts seen = extended_connect::facts_of(*read);
  const verdict judged = extended_connect::examine_request(*read, seen, spoken);
  if (judged.what != verdict::kind::offer) return "what goes up offers nothing";
  const header_list list{up.list().begin(), up.list().end()};
  // A server in front of which the authority is empty is not asked.
  if (read->authority.empty()) return {};
  return go_down(list).empty() ? "what goes up does not go down" : down_is_one_request(list);
}

/// A response in a header list is one head in HTTP/1.1, with the same status.
inline std::string response_is_one_head(const header_list& list) {
  const auto read = extended_connect::response::read(list);
  if (!read) return {};
  std::array<char, 16384> out{};
  const auto written = extended_connect::write_response(*read, {std::span{spoken}.first(1)}, out);
  if (!written) return {};
  resume_mark mark;
  const auto ignore = [](std::string_view, std::string_view) {};
  const auto head = heads::read<status_line>(*written, {}, mark, ignore);
  const bool same = head.what == head_step::complete && head.rest.empty() &&
                    head.head.status == read->status && read->status / 100 != 2;
  return same ? "" : "[" + std::string{*written} + "] is another response";
}

}  // namespace extended_connect_laws
