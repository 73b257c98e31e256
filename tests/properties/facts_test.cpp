// The rules don't need the library's parser: facts shown by somebody else's lead to the verdicts of
// the handshakes.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/corpus.hpp"
#include "support/heads.hpp"
#include "support/parties.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

/// What a parser without any checks makes of a head: a start line, names and values.
class loose_head {
 public:
  explicit loose_head(std::string_view octets) : octets_{octets} {
    while (octets_.starts_with("\r\n")) octets_.remove_prefix(2);
  }

  std::string_view start() const { return octets_.substr(0, octets_.find("\r\n")); }

  /// The field lines, each shown with the whitespace and the folds around and in its value.
  void show(facts& to) const {
    std::size_t at = start().size() + 2;
    while (octets_.substr(at, 2) != "\r\n") {
      std::size_t end = octets_.find("\r\n", at);
      while (octets_[end + 2] == ' ' || octets_[end + 2] == '\t')
        end = octets_.find("\r\n", end + 2);
      const std::string_view line = octets_.substr(at, end - at);
      const std::size_t colon = line.find(':');
      to.see(line.substr(0, colon), line.substr(colon + 1));
      at = end + 2;
    }
  }

 private:
  std::string_view octets_;
};

http_version version_in(std::string_view line) {
  const std::size_t at = line.find("HTTP/1.");
  return {1, static_cast<std::uint8_t>(line[at + 7] - '0')};
}

/// What the handshake does with a verdict on a request.
server_step step_for(verdict::kind what) {
  switch (what) {
    case verdict::kind::ignore:
      return server_step::ordinary_request;
    case verdict::kind::offer:
      return server_step::upgrade_offered;
    case verdict::kind::connect:
      return server_step::tunnel_requested;
    case verdict::kind::refuse:
      return server_step::failed;
  }
  return server_step::need_more;
}

/// What the handshake does with a verdict on a response.
client_step step_for(response_verdict::kind what) {
  switch (what) {
    case response_verdict::kind::interim:
      return client_step::interim_response;
    case response_verdict::kind::switched:
      return client_step::switched;
    case response_verdict::kind::declined:
      return client_step::declined;
    case response_verdict::kind::broken:
      return client_step::failed;
  }
  return client_step::need_more;
}

template <class Proposal>
void check_responses(const std::vector<corpus::sample<client_step>>& samples,
                     const Proposal& asked) {
  for (const auto& sample : samples) {
    CAPTURE(sample.octets);
    resume_mark mark;
    const auto ignore = [](std::string_view, std::string_view) {};
    const auto whole = heads::read<status_line>(sample.octets, {}, mark, ignore);
    if (whole.what != head_step::complete) continue;  // The rules are asked about heads alone.
    const loose_head head{sample.octets};
    const std::string_view line = head.start();
    const std::size_t code = line.find(' ') + 1;
    facts seen{static_cast<std::uint16_t>(*grammar::parse_decimal(line.substr(code, 3))),
               version_in(line)};
    head.show(seen);
    const response_verdict judged = examine_response(seen, asked);
    CHECK(step_for(judged.what) == sample.what);
    CHECK(judged.found.why.code == sample.why);
    const auto now = laws::waiting_client(asked).receive(sample.octets);
    CHECK(now.what == sample.what);
    CHECK(now.framing == judged.content);
  }
}

}  // namespace

TEST_CASE("[UPG-06] [MSG-27] requests shown by another parser are judged as by the handshake") {
  std::size_t judged = 0;
  for (const auto& sample : corpus::requests) {
    CAPTURE(sample.octets);
    resume_mark mark;
    const auto ignore = [](std::string_view, std::string_view) {};
    const auto whole = heads::read<request_line>(sample.octets, {}, mark, ignore);
    if (whole.what != head_step::complete) continue;  // The rules are asked about heads alone.
    ++judged;
    const loose_head head{sample.octets};
    const std::string_view line = head.start();
    facts seen{method_named(line.substr(0, line.find(' '))), version_in(line)};
    head.show(seen);
    const verdict found = examine_request(seen, laws::supported);
    CHECK(step_for(found.what) == sample.what);
    CHECK(found.found.why.code == sample.why);

    server_handshake server{laws::supported};
    const auto now = server.receive(sample.octets);
    CHECK(now.what == sample.what);
    if (now.what == server_step::failed) continue;
    CHECK(found.offer.offered() == now.offer().offered());
    CHECK(rules::framing_of(seen) == now.framing);
    const bool waits = rules::expects_continue(seen) && rules::has_content(seen);
    CHECK((rules::is_persistent(seen, grammar::default_list_elements) && !waits) ==
          server.is_persistent());
  }
  CHECK(judged > 60);
}

TEST_CASE("[UPG-52] [CON-14] the facts of HTTP/2 and HTTP/3 offer nothing, and agree to nothing") {
  for (const std::uint8_t major : {std::uint8_t{2}, std::uint8_t{3}}) {
    facts request{method::get, {major, 0}};
    facts response{101, {major, 0}};
    for (facts* const seen : {&request, &response}) {
      seen->see("Connection", "upgrade");
      seen->see("Upgrade", "foo/2");
    }
    const verdict judged = examine_request(request, laws::supported);
    CHECK(judged.what == verdict::kind::ignore);
    CHECK(judged.found.why.code == errc::unsupported_http_version);
    CHECK(rules::check_switch(response, laws::asked).found.why.code ==
          errc::unsupported_http_version);
  }
}

TEST_CASE("[UPG-13] [WS-24] responses shown by another parser are judged as by the handshake") {
  check_responses(corpus::responses, laws::asked);
  check_responses(corpus::websocket_responses, laws::asked_websocket);
}
