// What the library writes of what its caller gives it, whatever that is: exactly one head, with
// what was given and nothing else, or nothing at all.
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

namespace written_laws {

using namespace turnout;

/// What a caller gives, any octets each.
struct given {
  std::string_view method;
  std::string_view target;
  std::string_view host;
  std::string_view token;
  std::string_view version;
  std::string_view origin;
  std::string_view content;
  field_line fields[2];
};

/// Where a head is written: a block of exactly the size that is needed, so that a sanitizer sees
/// who writes more.
template <class Write>
std::string write_exactly(const Write& write) {
  const auto none = write(span<char>{});
  if (none.error().code != errc::no_space) return {};
  std::vector<char> room(none.error().at);
  const auto written = write(span<char>{room});
  return written ? std::string{*written} : std::string{"does not fit"};
}

/// Says what is wrong with octets that are to be one head with these lines at its end.
template <class StartLine, class Check>
std::string broken_head(std::string_view octets, std::span<const field_line> last,
                        const Check& check) {
  resume_mark mark;
  std::vector<field_line> lines;
  const auto see = [&lines](std::string_view name, std::string_view value) {
    lines.push_back({name, value});
  };
  const auto read = heads::read<StartLine>(octets, {}, mark, see);
  if (read.what != head_step::complete) return "it is no head";
  if (lines.size() < last.size()) return "a line is missing";
  const auto from = lines.end() - static_cast<std::ptrdiff_t>(last.size());
  for (std::size_t i = 0; i < last.size(); ++i)
    if (from[static_cast<std::ptrdiff_t>(i)] !=
        field_line{last[i].name, grammar::trim(last[i].value)})
      return "a line is another one";
  return check(read.head, read.rest, lines);
}

/// A request for a switch.
inline std::string request_is_one_head(const given& by) {
  const profile offered[] = {
      {.token = {by.token, by.version}, .methods = method::get | method::post}};
  const method used = method_named(by.method);
  const proposal asked{.method = used,
                       .target = by.target,
                       .host = by.host,
                       .protocols = offered,
                       .fields = by.fields,
                       .method_name = by.method};
  const std::string written =
      write_exactly([&](span<char> out) { return write_request(asked, out); });
  if (written.empty()) return {};
  return broken_head<request_line>(
      written, by.fields,
      [&](const request_head& head, std::string_view rest, const auto& lines) -> std::string {
        const bool lacks_path = by.target.empty() || by.target.front() == '?';
        if (!rest.empty()) return "something follows it";
        if (head.method != used) return "it has another method";
        if (head.target.octets != (lacks_path ? "/" : "") + std::string{by.target})
          return "it has another target";
        const std::size_t framed = used == method::post ? 1 : 0;
        if (lines.size() != 3 + framed + std::size(by.fields)) return "it has more lines, or fewer";
        if (lines[0] != field_line{"Host", by.host}) return "it has another host";
        const std::string token =
            std::string{by.token} + (by.version.empty() ? "" : "/") + std::string{by.version};
        return lines[2] == field_line{"Upgrade", token} ? "" : "it offers something else";
      });
}

/// A request for a tunnel.
inline std::string connect_is_one_head(const given& by) {
  const tunnel_request asked{
      .target = by.target, .fields = by.fields, .close = !by.version.empty()};
  const std::string written =
      write_exactly([&](span<char> out) { return write_request(asked, out); });
  if (written.empty()) return {};
  return broken_head<request_line>(
      written, by.fields,
      [&](const request_head& head, std::string_view rest, const auto& lines) -> std::string {
        const std::size_t own = asked.close ? 2 : 1;
        const bool same = rest.empty() && head.method == method::connect &&
                          head.target.octets == by.target &&
                          lines.size() == own + std::size(by.fields);
        return same ? "" : "it is another request";
      });
}

/// A WebSocket's request, whose origin and subprotocols come from the caller too.
inline std::string websocket_is_one_head(const given& by) {
  const auto subprotocols = field::sec_websocket_protocol::parse(by.token);
  const std::array<std::uint8_t, 16> nonce{1, 2, 3};
  websocket::request wanted{
      .target = by.target, .host = by.host, .origin = by.origin, .fields = by.fields};
  if (subprotocols) wanted.subprotocols = *subprotocols;
  const websocket::proposal asked{nonce, wanted};
  const std::string written =
      write_exactly([&](span<char> out) { return write_request(asked, out); });
  if (written.empty()) return {};
  static constexpr profile spoken[] = {websocket::profile};
  server_handshake server{spoken};
  const auto now = server.receive(written);
  if (now.what != server_step::upgrade_offered || !now.rest.empty())
    return "a server does not see it";
  const auto read = websocket::offer::read(now.offer());
  if (!read) return "a server refuses it";
  if (read->origin() != grammar::trim(by.origin)) return "it has another origin";
  if (subprotocols && !(read->subprotocols() == *subprotocols)) return "it has other subprotocols";
  return broken_head<request_line>(written, by.fields,
                                   [](const auto&...) { return std::string{}; });
}

/// A refusal, whose content has a type that comes from the caller too.
inline std::string refusal_is_one_response(const given& by, std::uint16_t status) {
  const profile advertised[] = {{.token = {by.token, by.version}}};
  const refusal answer{.status = status,
                       .protocols = advertised,
                       .fields = by.fields,
                       .content = by.content,
                       .content_type = by.origin};
  const std::string written = write_exactly([&](span<char> out) { return write(answer, out); });
  if (written.empty()) return {};
  return broken_head<status_line>(
      written, {},
      [&](const response_head& head, std::string_view rest, const auto& lines) -> std::string {
        if (head.status != status || rest != by.content) return "it is another response";
        // Connection and Upgrade go out together, and only for what Upgrade can lead to.
        const std::size_t named = advertised[0].by_upgrade ? 2 : 0;
        const std::size_t own = 1 + named + (status == 405) + !by.origin.empty();
        return lines.size() == own + std::size(by.fields) ? "" : "it has more lines, or fewer";
      });
}

/// A 101 and a 200 that opens a tunnel, with a caller's lines.
inline std::string switches_are_one_head(const given& by) {
  static constexpr profile spoken[] = {{.token = {"foo", "2"}}};
  server_handshake server{spoken};
  const auto now =
      server.receive("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n\r\n");
  const agreement agreed = *now.offer().agree(spoken[0].token);
  const auto is = [](std::uint16_t status, std::size_t own, std::size_t size) {
    return [=](const response_head& head, std::string_view rest, const auto& lines) -> std::string {
      const bool same = head.status == status && rest.empty() && lines.size() == own + size;
      return same ? "" : "it is another response";
    };
  };
  const std::string switched = write_exactly(
      [&](span<char> out) { return server_handshake{server}.accept(agreed, out, by.fields); });
  if (!switched.empty()) {
    const std::string broken =
        broken_head<status_line>(switched, by.fields, is(101, 2, std::size(by.fields)));
    if (!broken.empty()) return broken;
  }
  const std::string opened =
      write_exactly([&](span<char> out) { return write_tunnel(by.fields, out); });
  if (opened.empty()) return {};
  return broken_head<status_line>(opened, by.fields, is(200, 0, std::size(by.fields)));
}

/// All of them.
inline std::string all_is_one_head(const given& by, std::uint16_t status) {
  std::string broken = request_is_one_head(by);
  if (!broken.empty()) return "request: " + broken;
  broken = connect_is_one_head(by);
  if (!broken.empty()) return "CONNECT: " + broken;
  broken = websocket_is_one_head(by);
  if (!broken.empty()) return "websocket: " + broken;
  broken = refusal_is_one_response(by, status);
  if (!broken.empty()) return "refusal: " + broken;
  broken = switches_are_one_head(by);
  return broken.empty() ? broken : "switch: " + broken;
}

}  // namespace written_laws
