// What happens on a whole connection, as text: what a server makes of all octets that come to it,
// and what a client makes of all octets that answer it.
#pragma once

#include <string>

#include "reference/content.hpp"
#include "reference/request.hpp"
#include "reference/response.hpp"
#include "reference/websocket.hpp"

namespace reference {

/// How many interim responses a client reads before the answer.
inline constexpr int most_interim_responses = 16;

/// What is made of the content of a message, if it has any. Takes it from the front of `octets`.
inline found take_content(const framing& how, folding may_fold, text& octets, text& says) {
  if (!how.any()) return found::whole;
  const content read = read_content(how, octets, may_fold);
  says += "content " + read.octets + "\n";
  if (read.what != found::whole) return read.what;
  says += "content ended\n";
  octets.erase(0, read.size);
  return found::whole;
}

/// What a client makes of the octets that answer its one request.
inline text ask(text octets, const wish& asked) {
  text says;
  bool content_sent = !asked.awaits_continue;
  for (int interim = 0;;) {
    const head response = read_response_head(octets);
    if (response.what == found::incomplete) return says + "incomplete";
    if (response.what == found::broken) return says + "broken";
    octets.erase(0, response.size);

    const int status = status_of(response);
    const bool connects = asked.method == "CONNECT";
    if (status == 101) {
      const auto agreed = judge_switch(response, asked);
      if (!agreed) return says + "broken";
      return says + "switched " + agreed->token + "\nrest " + octets;
    }
    if (is_interim(status)) {
      if (++interim > most_interim_responses) return says + "broken";
      says += "interim " + response.start[1] + "\n";
      // RFC 9110 section 15.2.1: the client sends its content.
      if (status == 100) content_sent = true;
      continue;
    }
    // RFC 9110 section 9.3.6: any 2xx to a CONNECT opens the tunnel, whatever the fields say.
    if (connects && status / 100 == 2) return says + "switched \nrest " + octets;

    const auto how = response_framing(response, asked);
    if (!how) return says + "broken";
    says += "declined " + response.start[1] + "\n";
    const found end = take_content(*how, all_lines, octets, says);
    if (end == found::broken) return says + "broken";
    if (end == found::incomplete) return says + "incomplete";
    // RFC 9112 section 9.3: the connection stays open unless it ends the content, or the request
    // was not sent whole. Section 9.2: octets without a request are not a response. RFC 9931
    // section 8: a connection on which a CONNECT was refused is not used again.
    const bool ends = connects || !content_sent || how->how == framing::kind::until_close;
    const bool reusable = !ends && octets.empty() && is_persistent(response);
    return says + (reusable ? "reusable\nrest " : "closing\nrest ") + octets;
  }
}

/// When a server answers an offer: RFC 9110 section 7.8 has it read the content before it takes
/// what comes for the new protocol's, but not before it answers.
enum class answers { at_once, behind_content };

/// How a server answers an offer: it switches to what the client likes best. After "answer" comes
/// what the client makes of it.
inline text answer_offer(const head& request, const judgement& judged) {
  const protocol chosen = choose(request, judged.offered);
  const int status = chosen.websocket ? check_websocket_request(request) : 0;
  // RFC 9112 section 9.6: who was told that the connection ends says so in the answer.
  const text after = is_persistent(request) ? "reusable" : "closing";
  if (status != 0) return "answer declined " + std::to_string(status) + "\n" + after + "\nrest \n";
  // RFC 9110 section 7.8: the 100 (Continue) comes before the 101.
  const text first = judged.awaits_continue ? "interim 100\n" : "";
  return "answer " + first + "switched " + chosen.token + "\nrest \n";
}

inline bool is_switch(const text& answer) { return answer.find("switched") != text::npos; }

inline text refuse(int status) {
  return "answer declined " + std::to_string(status) + "\nclosing\nrest ";
}

/// What a server makes of the octets of a connection. Its program serves ordinary requests, and
/// opens every tunnel.
inline text serve(text octets, const std::vector<protocol>& spoken, answers when) {
  text says;
  while (!octets.empty()) {
    const head request = read_request_head(octets);
    if (request.what == found::incomplete) return says + "incomplete";
    if (request.what == found::broken) return says + refuse(request.status);
    octets.erase(0, request.size);

    const judgement judged = judge_request(request, spoken);
    using kind = judgement::kind;
    if (judged.what == kind::refused) return says + refuse(judged.status);
    const text line = request.start[0] + " " + request.start[1] + "\n";
    if (judged.what == kind::tunnel)
      return says + "tunnel " + line + "answer switched \nrest \nrest " + octets;
    says += (judged.what == kind::offer ? "offer " : "ordinary ") + line;
    for (const protocol& one : judged.offered) says += "offered " + one.token + "\n";
    if (judged.awaits_continue) says += "awaits 100\n";

    const text answer = judged.what == kind::offer ? answer_offer(request, judged) : "";
    const bool answered = when == answers::at_once && !answer.empty();
    if (answered) says += answer;
    // A final answer with close ends the connection, whatever content is still to come.
    if (answered && !is_switch(answer) && !is_persistent(request))
      return says + "closing\nrest " + octets;
    const found end = take_content(judged.content, no_line, octets, says);
    if (end == found::incomplete) return says + "incomplete";
    if (end == found::broken) return says + (answered ? "broken" : refuse(400));
    if (!answered) says += answer;
    if (is_switch(answer)) return says + "rest " + octets;
    if (!is_persistent(request)) return says + "closing\nrest " + octets;
  }
  return says + "ended";
}

}  // namespace reference
