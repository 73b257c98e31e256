// Streams of HTTP/2 and HTTP/3 as queues: a header list is one piece, which says that it is one,
// and all other pieces are DATA.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "explore/octets.hpp"
#include "explore/party.hpp"
#include "turnout/protocol/extended_connect.hpp"

namespace explore {

inline constexpr std::string_view list_mark = "HEADERS\n";

inline bool is_list(const piece& one) { return text_of(one.text).starts_with(list_mark); }

/// The text of a header list.
inline std::string text_of(span<const field_line> list) {
  std::string text{list_mark};
  for (const field_line& line : list)
    text += std::string{line.name} + ": " + std::string{line.value} + "\n";
  return text;
}

/// The header list of a text.
///
/// Borrows   the text
inline std::vector<field_line> list_of(std::string_view text) {
  std::vector<field_line> list;
  for (text.remove_prefix(list_mark.size()); !text.empty();) {
    const std::size_t end = text.find('\n');
    const std::size_t colon = text.find(": ");
    list.push_back({text.substr(0, colon), text.substr(colon + 2, end - colon - 2)});
    text.remove_prefix(end + 1);
  }
  return list;
}

/// What can be read at once from a stream: the DATA up to the next header list.
inline queue data_of(const queue& stream) {
  queue data = stream;
  std::size_t size = 0;
  while (size < data.pieces.size() && !is_list(data.pieces[size])) ++size;
  data.ended = data.ended && size == data.pieces.size();
  data.pieces.resize(size);
  return data;
}

/// A stream after `used` octets of its DATA were read.
inline queue after_data(const queue& stream, const window& data, std::size_t used) {
  queue rest = data.without(used);
  const std::size_t size = data_of(stream).pieces.size();
  for (std::size_t i = size; i < stream.pieces.size(); ++i) rest.pieces.push_back(stream.pieces[i]);
  rest.ended = stream.ended;
  return rest;
}

/// Room for any header list.
struct list_room {
  std::array<field_line, 16> lines{};
  room octets{};

  extended_connect::list_space space() { return {lines, octets}; }
};

}  // namespace explore
