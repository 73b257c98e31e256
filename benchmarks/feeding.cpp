// How long does it take to read the head of a request that comes in small pieces?
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "mix.hpp"
#include "question.hpp"
#include "tally.hpp"
#ifdef WITH_BEAST
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>

#include "beast_heads.hpp"
#endif

namespace {

template <std::size_t piece>
tally read_pieces_with_turnout(std::string_view head) {
  turnout::resume_mark mark;
  for (std::size_t shown = 0; shown < head.size();) {
    shown = std::min(shown + piece, head.size());
    tally fields;
    const auto reading = turnout::read_head<turnout::request_line>(
        head.substr(0, shown), {}, mark, [&fields](std::string_view name, std::string_view value) {
          fields.add(name.size(), value.size());
        });
    if (reading.what == turnout::head_step::complete) return fields;
  }
  return {};
}

#ifdef WITH_BEAST
// See beast_views for what it does more or less.
template <std::size_t piece>
tally read_pieces_with_beast(std::string_view head) {
  beast_views<true> parser;
  std::size_t used = 0;
  for (std::size_t shown = 0; shown < head.size();) {
    shown = std::min(shown + piece, head.size());
    boost::beast::error_code failed;
    used += parser.put(boost::asio::buffer(head.data() + used, shown - used), failed);
    if (failed && failed != boost::beast::http::error::need_more) return {};
    if (parser.is_header_done()) return parser.fields();
  }
  return {};
}
#endif

template <std::size_t piece>
void ask(std::string_view name, const sample& heads) {
  question<tally> asked{name, heads};
  asked.row("turnout", read_pieces_with_turnout<piece>);
#ifdef WITH_BEAST
  asked.row("beast", read_pieces_with_beast<piece>);
#endif
}

}  // namespace

void ask_feeding() {
  for (const sample& heads : {read_head_file("a2_chrome.req"), mix()}) {
    ask<1>("feeding_by_1", heads);
    ask<16>("feeding_by_16", heads);
  }
}
