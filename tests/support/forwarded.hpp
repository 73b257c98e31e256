// Requests and responses that an intermediary reads, examines and forwards, octets in and octets
// out.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/heads.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/message/status_line.hpp"
#include "turnout/negotiation/examine_request.hpp"
#include "turnout/negotiation/relay/forwarded_request.hpp"
#include "turnout/negotiation/relay/forwarded_response.hpp"

namespace forwarded {

using namespace turnout;

inline constexpr std::array<std::string_view, 1> settings{"HTTP2-Settings"};
inline constexpr profile spoken[] = {
    {.token = {"foo", "2"}},
    {.token = {"websocket", {}}},
    {.token = {"h2c", {}}, .nominated = settings},
    {.token = {"tcp", {}}, .methods = method::post | method::options, .content = true},
};
inline constexpr relay_policy policy{.allowed = spoken, .name = "p"};

/// A request head that was read, and judged if it is whole.
struct request {
  head_step what = head_step::need_more;
  request_head head;
  facts seen;
  forwarding::verdict judged;

  constexpr request(std::string_view octets, const relay_policy& by) {
    resume_mark mark;
    const auto see = [this](std::string_view name, std::string_view value) {
      seen.see(name, value);
    };
    const auto reading = heads::read<request_line>(octets, {}, mark, see);
    what = reading.what;
    head = reading.head;
    if (what != head_step::complete) return;
    seen.set_start(head.method, head.version);
    judged = forwarding::examine_request(seen, by);
  }
  request(const request&) = delete;
  request& operator=(const request&) = delete;

  constexpr result<std::string_view> write(const relay_policy& by, std::span<char> out) const {
    return forwarding::write_forwarded(head, head.fields, seen, judged, by, out);
  }
};

/// Says where a head is not written the same into as much room as it has, or into less.
template <class Write>
std::string same_in_its_size(const field_lines& fields, const Write& write,
                             std::string_view expected) {
  std::string room(expected.size(), '#');
  const result<std::string_view> exact = write(fields, room);
  if (!exact || *exact != expected) return "it is another head in its own size: [" + room + "]";
  room.assign(expected.size() - 1, '#');
  const failure needed{errc::no_space, expected.size()};
  if (write(fields, room).error() != needed) return "it is written without an octet";
  return room.find_first_not_of('#') == room.npos ? "" : "what it does not fit in is changed";
}

/// Says where a head is not written whole, or not left out, into less room than it has, or up to
/// 200 octets more: with that much, no draft is needed.
template <class Write>
std::string whole_or_not_there(std::string_view whole, const Write& write) {
  for (std::size_t size = 0; size <= whole.size() + 200; ++size) {
    std::string out(whole.size() + 201, '#');
    const result<std::string_view> written = write(std::span{out}.first(size));
    const std::string_view expected = size < whole.size() ? std::string_view{} : whole;
    const failure why = size < whole.size() ? failure{errc::no_space, whole.size()} : failure{};
    const bool same = written.error() == why && out.starts_with(expected) &&
                      out.find_first_not_of('#', expected.size()) == out.npos;
    if (!same || (written && *written != whole))
      return "into " + std::to_string(size) + " octets: [" + out + "]";
  }
  return {};
}

/// What becomes of the lines of a message that was read: `write(fields, out)`, which is to make the
/// same of them if another parser has cut them.
template <class Write>
std::string same_of_cut_lines(const field_lines& fields, const Write& write) {
  static std::array<char, 8192> once;
  static std::array<char, 8192> again;
  const result<std::string_view> read = write(fields, once);
  const result<std::string_view> cut =
      write(std::vector<field_line>(fields.begin(), fields.end()), again);
  if (read.error() != cut.error()) return "it fails otherwise";
  if (!read) return {};
  if (*read != *cut) return "[" + std::string{*read} + "]";
  return same_in_its_size(fields, write, *read);
}

/// True if a request is forwarded as `expected`.
constexpr bool forwards_as(std::string_view octets, std::string_view expected,
                           const relay_policy& by = policy) {
  std::array<char, 512> out{};
  const request asked{octets, by};
  const auto written = asked.write(by, out);
  return written && *written == expected && out[expected.size()] == '\0';
}

/// The forwarded head; "refused: " and why if it is refused, or "answered" if it is not forwarded.
inline std::string octets(std::string_view in, const relay_policy& by = policy) {
  std::array<char, 8192> out{};
  const request asked{in, by};
  if (asked.judged.what == forwarding::verdict::kind::respond) return "answered";
  if (asked.judged.what == forwarding::verdict::kind::refuse)
    return "refused: " + std::string{explain(asked.judged.found.why.code).text};
  const auto written = asked.write(by, out);
  return written ? std::string{*written}
                 : "unwritten: " + std::string{explain(written.error().code).text};
}

/// What an intermediary remembers of a request that offers all protocols of the policy.
inline constexpr forwarding::relayed_proposal asked{.protocols = {spoken, 15}, .persistent = true};

/// A response head that was read, and judged if it is whole.
struct response {
  head_step what = head_step::need_more;
  response_head head;
  facts seen;
  forwarding::relayed_proposal asked;
  response_verdict judged;

  constexpr response(std::string_view octets, const forwarding::relayed_proposal& to,
                     const relay_policy& by = policy)
      : asked{to} {
    resume_mark mark;
    const auto see = [this](std::string_view name, std::string_view value) {
      seen.see(name, value);
    };
    const auto reading = heads::read<status_line>(octets, {}, mark, see);
    what = reading.what;
    head = reading.head;
    if (what != head_step::complete) return;
    seen.set_start(head.status, head.version);
    judged = forwarding::examine_response(seen, asked, by);
  }
  response(const response&) = delete;
  response& operator=(const response&) = delete;

  constexpr result<std::string_view> write(const relay_policy& by, std::span<char> out) const {
    return forwarding::write_forwarded(head, head.fields, seen, judged, asked, by, out);
  }
};

/// True if a response is forwarded as `expected`.
constexpr bool comes_back(std::string_view octets, std::string_view expected,
                          const forwarding::relayed_proposal& to = asked) {
  std::array<char, 512> out{};
  const response answer{octets, to};
  const auto written = answer.write(policy, out);
  return written && *written == expected && out[expected.size()] == '\0';
}

/// The forwarded head; "broken: " and why if it becomes a 502.
inline std::string answer(std::string_view in, const forwarding::relayed_proposal& to = asked,
                          const relay_policy& by = policy) {
  std::array<char, 8192> out{};
  const response read{in, to, by};
  if (read.judged.what == response_verdict::kind::broken)
    return "broken: " + std::string{explain(read.judged.found.why.code).text};
  const auto written = read.write(by, out);
  return written ? std::string{*written}
                 : "unwritten: " + std::string{explain(written.error().code).text};
}

}  // namespace forwarded
