// The laws of capsules, for any octets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/windows.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/protocol/tunnel.hpp"

namespace capsule_laws {

using namespace turnout;

/// Each way in which a reader can be told to deliver.
inline constexpr capsule::known types[] = {{0, 64, capsule::delivery::whole_or_skip},
                                           {1, 4, capsule::delivery::whole_or_fail},
                                           {2, 0, capsule::delivery::in_pieces}};

/// What a reader tells of octets that come `size` at a time: a line for each capsule with its type
/// and its value, and how it ends.
inline std::string told(std::string_view all, std::size_t size) {
  capsule::reader reader{types};
  std::string said;
  std::string unread;
  std::size_t dropped = 0;
  for (std::size_t at = 0; at < all.size(); at += size) {
    unread += all.substr(at, size);
    for (capsule::received now; now.what != capsule::step::need_more || !unread.empty();) {
      windows::in_blocks window;
      const std::string_view shown = window(unread);
      now = reader.next(shown);
      if (now.what == capsule::step::failed)
        return said + "fails at " + std::to_string(dropped + now.why.at);
      if (now.what == capsule::step::capsule)
        said += std::to_string(now.type) + ":" + std::string{now.value} + "\n";
      if (now.what == capsule::step::piece) said += std::string{now.value} + (now.last ? "\n" : "");
      dropped += shown.size() - now.rest.size();
      unread = now.rest;
      if (now.what == capsule::step::need_more) break;
    }
  }
  return said + (reader.input_ended(unread) ? "ends" : "is cut");
}

/// The capsules are the same whether octets come at once or in pieces.
inline std::string differs_in_pieces(std::string_view octets, std::size_t size) {
  const std::string whole = told(octets, octets.size() + 1);
  const std::string pieces = told(octets, size);
  return whole == pieces ? "" : "at once:\n" + whole + "\nin pieces:\n" + pieces;
}

/// What was read of a value is written as octets that are read as the same.
template <class Parse>
std::string reads_what_it_writes(std::string_view value, const Parse& parse) {
  windows::in_blocks window;
  const auto read = parse(window(value));
  if (!read) return read.error().at <= value.size() ? "" : "the fault is past the end";
  std::array<char, 8192> out{};
  const auto written = write_whole(out, [&read](writer& to) {
    for (const auto& one : *read) one.put(to);
  });
  if (!written) return "what was read can't be written";
  const auto again = parse(*written);
  if (!again) return "what was written can't be read";
  auto here = again->begin();
  for (const auto& one : *read) {
    if (here == again->end() || !(*here == one)) return "it is read again as another value";
    ++here;
  }
  return here == again->end() ? "" : "more is read again";
}

/// A datagram is what its capsule carries.
inline std::string carries(std::uint64_t context, std::string_view payload) {
  const capsule::datagram sent{context & capsule::varint::greatest, payload};
  std::array<char, 8192> out{};
  const auto written = write(sent, out);
  if (!written) return "a datagram can't be written";
  constexpr capsule::known known[] = {capsule::udp_datagrams};
  const capsule::received now = capsule::reader{known}.next(*written);
  if (now.what != capsule::step::capsule || !now.rest.empty()) return "it is no capsule";
  const auto read = capsule::datagram::parse_udp(now.value);
  const bool same = read && read->context == sent.context && read->payload == payload;
  return same ? "" : "another datagram is read";
}

}  // namespace capsule_laws
