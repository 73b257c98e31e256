// Where does a server's handshake spend its time? Each row goes one phase further than the one
// before, so what a phase costs is the difference of two; table.py prints it.
#include <benchmark/benchmark.h>

#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "mix.hpp"
#include "question.hpp"
#include "response.hpp"
#include "tally.hpp"

namespace {

constexpr turnout::profile supported[] = {turnout::websocket::profile};

enum class phase { head, facts, checks, handshake, offer, agreement, writing };

/// True if this was the last phase. The compiler has to make what it came to.
template <class Made>
bool ends(phase last, phase this_one, Made& made) {
  benchmark::DoNotOptimize(made);
  return last == this_one;
}

bool read(std::string_view head, phase last) {
  turnout::resume_mark mark;
  turnout::request_head read;
  if (last == phase::head) {
    tally fields;
    const auto see = [&fields](std::string_view name, std::string_view value) {
      fields.add(name.size(), value.size());
    };
    const auto outcome = turnout::read_head(read, head, {}, mark, see);
    benchmark::DoNotOptimize(fields);
    return outcome.what == turnout::head_step::complete;
  }

  turnout::facts seen;
  const auto outcome = turnout::read_facts(read, seen, head, {}, mark);
  if (ends(last, phase::facts, seen)) return outcome.what == turnout::head_step::complete;
  auto judged = turnout::examine_request(seen, supported);
  benchmark::DoNotOptimize(judged);
  return judged.what == turnout::verdict::kind::offer;
}

bool shake_hands(std::string_view head, phase last) {
  static output out;
  turnout::server_handshake handshake{supported};
  auto now = handshake.receive(head);
  if (ends(last, phase::handshake, now)) return now.what == turnout::server_step::upgrade_offered;
  auto asked = turnout::websocket::offer::read(now.offer());
  if (ends(last, phase::offer, asked)) return bool{asked};
  auto agreed = asked->agree();
  if (ends(last, phase::agreement, agreed)) return bool{agreed};
  auto size = handshake.accept(agreed, out);
  benchmark::DoNotOptimize(size);
  return bool{size};
}

template <phase last>
bool go(std::string_view head) {
  return last < phase::handshake ? read(head, last) : shake_hands(head, last);
}

void ask() {
  for (const sample& heads :
       {read_head_file("a1_min.req"), read_head_file("a2_chrome.req"), mix()}) {
    question<bool> asked{"phases", heads};
    asked.ask("head", go<phase::head>);
    asked.ask("facts", go<phase::facts>);
    asked.ask("checks", go<phase::checks>);
    asked.ask("handshake", go<phase::handshake>);
    asked.ask("offer", go<phase::offer>);
    asked.ask("agreement", go<phase::agreement>);
    asked.ask("writing", go<phase::writing>);
  }
}

const question_file phases{ask};

}  // namespace
