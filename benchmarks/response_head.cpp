// How long does it take to read the head of a response that is there whole?
#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "question.hpp"
#include "tally.hpp"

namespace {

tally read_with_turnout(std::string_view head) {
  turnout::resume_mark mark;
  tally fields;
  turnout::response_head read;
  const auto outcome = turnout::read_head(read, head, {}, mark,
                                          [&fields](std::string_view name, std::string_view value) {
                                            fields.add(name.size(), value.size());
                                          });
  return outcome.what == turnout::head_step::complete ? fields : tally{};
}

void ask() {
  for (const sample& heads : {read_head_file("b1_min101.resp"), read_head_file("b2_101_12.resp"),
                              read_head_file("b3_426.resp")}) {
    question<tally> asked{"response_head", heads};
    asked.ask("turnout", read_with_turnout);
    asked.ask_peers(&peer::read_response);
  }
}

const question_file response_head{ask};

}  // namespace
