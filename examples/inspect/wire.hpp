// Finds where messages end in the octets of a connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"

namespace wire {

/// The response that decides.
struct answer {
  enum class kind { switched, refused, broken };

  kind what = kind::broken;
  std::uint16_t status = 0;    ///< 0 if no status line can be read
  std::size_t begin = 0;       ///< of its head in the octets
  std::size_t end = 0;         ///< of its content; with switched, of its head
  bool is_persistent = false;  ///< whether another request may follow
};

namespace wire_detail {

/// Where the content of a response ends, if it is complete.
inline std::optional<std::size_t> end_of_content(std::string_view octets, std::size_t head_end,
                                                 turnout::framing how, bool ended, bool& broken) {
  turnout::content_reader content{how, turnout::detail::message_kind::response};
  turnout::resume_mark mark;
  std::string_view rest = octets.substr(head_end);
  while (!content.ended()) {
    const turnout::content_piece piece = content.next(rest, inspected_limits, mark);
    rest = piece.rest;
    broken = piece.what == turnout::content_step::failed;
    if (broken) return octets.size();
    if (piece.what != turnout::content_step::need_more) continue;
    if (!ended) return {};
    broken = !content.input_ended();
    return octets.size();
  }
  return octets.size() - rest.size();
}

}  // namespace wire_detail

/// Reads the responses to a request; nothing if the one that decides is incomplete.
///
/// Takes     ended: whether no more octets come
inline std::optional<answer> read_answer(std::string_view octets, turnout::method method,
                                         bool ended) {
  answer read;
  for (;;) {
    const inspected_response response{octets.substr(read.begin)};
    if (response.reading.what == turnout::head_step::failed) {
      read.end = octets.size();
      return read;
    }
    if (!response.is_complete()) return {};
    read.status = response.head.status;
    const std::size_t head_end = octets.size() - response.reading.rest.size();
    if (read.status == 101) {
      read.what = answer::kind::switched;
      read.end = head_end;
      return read;
    }
    if (read.status / 100 == 1) {
      read.begin = head_end;
      continue;
    }
    constexpr auto bound = turnout::grammar::default_list_elements;
    const auto framed = turnout::rules::find_framing(response.facts, method, bound);
    bool broken = static_cast<bool>(framed.found);
    const auto end =
        broken ? octets.size()
               : wire_detail::end_of_content(octets, head_end, framed.content, ended, broken);
    if (!end) return {};
    read.what = broken ? answer::kind::broken : answer::kind::refused;
    read.end = *end;
    read.is_persistent = !broken && framed.content.kind != turnout::framing_kind::until_close &&
                         turnout::rules::is_persistent(response.facts, bound);
    return read;
  }
}

/// The size of a request, its content included; nothing if it is not whole, or its framing is
/// wrong.
inline std::optional<std::size_t> size_of_request(std::string_view octets) {
  const inspected_request request{octets};
  constexpr auto bound = turnout::grammar::default_list_elements;
  if (!request.is_complete() || turnout::rules::check_framing(request.facts, bound)) return {};
  bool broken = false;
  const std::size_t head = octets.size() - request.reading.rest.size();
  const auto end = wire_detail::end_of_content(
      octets, head, turnout::rules::framing_of(request.facts), false, broken);
  return broken ? std::nullopt : end;
}

}  // namespace wire
