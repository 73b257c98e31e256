// How long does it take to read the head of a request that comes in small pieces?
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "mix.hpp"
#include "question.hpp"
#include "tally.hpp"

namespace {

tally feed_turnout(std::string_view head, std::size_t piece) {
  turnout::resume_mark mark;
  turnout::request_head read;
  for (std::size_t shown = 0; shown < head.size();) {
    shown = std::min(shown + piece, head.size());
    tally fields;
    const auto outcome =
        turnout::read_head(read, head.substr(0, shown), {}, mark,
                           [&fields](std::string_view name, std::string_view value) {
                             fields.add(name.size(), value.size());
                           });
    if (outcome.what == turnout::head_step::complete) return fields;
  }
  return {};
}

void ask() {
  for (const std::size_t piece : {1u, 16u}) {
    const auto in_pieces = [piece](auto* feed) {
      return [piece, feed](std::string_view head) { return feed(head, piece); };
    };
    for (const sample& heads : {read_head_file("a2_chrome.req"), mix()}) {
      question<tally> asked{fmt::format("feeding_by_{}", piece), heads};
      asked.ask("turnout", in_pieces(feed_turnout));
      for (const peer& one : peers())
        if (one.feed_request != nullptr) asked.ask(one.name, in_pieces(one.feed_request));
    }
  }
}

const question_file feeding{ask};

}  // namespace
