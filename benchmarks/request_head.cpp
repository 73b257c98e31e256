// How long does it take to read the head of a request that is there whole?
#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "mix.hpp"
#include "question.hpp"
#include "tally.hpp"

namespace {

tally read_with_turnout(std::string_view head) {
  turnout::resume_mark mark;
  tally fields;
  turnout::request_head read;
  const auto outcome = turnout::read_head(read, head, {}, mark,
                                          [&fields](std::string_view name, std::string_view value) {
                                            fields.add(name.size(), value.size());
                                          });
  return outcome.what == turnout::head_step::complete ? fields : tally{};
}

void ask() {
  for (const sample& heads :
       {read_head_file("a1_min.req"), read_head_file("a2_chrome.req"), read_head_file("a3_h2c.req"),
        read_head_file("a4_docker.req"), read_head_file("a5_large.req"), mix()}) {
    question<tally> asked{"request_head", heads};
    asked.ask("turnout", read_with_turnout);
    asked.ask_peers(&peer::read_request);
  }
}

const question_file request_head{ask};

}  // namespace
