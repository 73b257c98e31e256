// What the handshakes say of each sample of the corpus, a JSON object per line, with octets in
// hexadecimal: the inspector must say the same.
#include <fmt/core.h>

#include <string>
#include <string_view>
#include <turnout/turnout.hpp>

#include "support/corpus.hpp"
#include "support/parties.hpp"

namespace {

using turnout::client_step;
using turnout::failure;
using turnout::server_step;

std::string hex(std::string_view octets) {
  std::string text;
  for (const char octet : octets) text += fmt::format("{:02x}", static_cast<unsigned char>(octet));
  return text;
}

/// Takes     responses: its key and its value, if the sample is one of responses
void print(std::string_view requirement, std::string_view request, std::string_view responses,
           std::string_view what, failure why) {
  fmt::print(R"({{"requirement":"{}","request":"{}",{}"what":"{}","code":"{}","at":{}}})"
             "\n",
             requirement, hex(request), responses, what, turnout::name_of(why.code), why.at);
}

void print_request(const corpus::sample<server_step>& one) {
  turnout::server_handshake server{laws::supported};
  const auto now = server.receive(one.octets);
  print(one.requirement, one.octets, {}, name_of(now.what), now.why);
}

/// The first answer that is none of the interim ones, and where what is wrong with it is.
template <class Proposal>
void print_responses(const corpus::sample<client_step>& one, const Proposal& asked) {
  turnout::client_handshake client{asked};
  laws::output out{};
  const auto written = client.write_request(out);
  std::string_view unread = one.octets;
  auto now = client.receive(unread);
  while (now.what == client_step::interim_response) {
    unread = now.rest;
    now = client.receive(unread);
  }
  if (now.what == client_step::failed) now.why.at += one.octets.size() - unread.size();
  const std::string responses = fmt::format(R"("responses":"{}",)", hex(one.octets));
  print(one.requirement, *written, responses, name_of(now.what), now.why);
}

}  // namespace

int main() {
  for (const auto& one : corpus::requests) print_request(one);
  for (const auto& one : corpus::responses) print_responses(one, laws::asked);
  for (const auto& one : corpus::websocket_responses) print_responses(one, laws::asked_websocket);
}
