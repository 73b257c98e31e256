// Prints docs/differences.md: in what turnout and other parsers differ, and which rule decides it.
// Fails if no rule does.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compare.hpp"
#include "differential/turnout.hpp"
#include "inputs.hpp"
#include "reading.hpp"
#include "rules.hpp"
#include "support/parties.hpp"
#include "support/turns.hpp"
#include "turnout/core/explain.hpp"

namespace {

using namespace differential;

/// The other parsers. A function, because each is made in a file of its own.
const std::vector<parser>& peers() {
  static const std::vector<parser> all = {
    http_parser,
    llhttp,
    beast,
#if defined(ORIGIN)
    picohttpparser,
#endif
  };
  return all;
}

/// How often something was seen with each peer, and the shortest message with it.
struct sightings {
  std::map<std::string, std::size_t> count;
  std::string example;

  void add(const std::string& peer, const std::string& octets) {
    ++count[peer];
    if (example.empty() || octets.size() < example.size()) example = octets;
  }
};

/// What was found among messages of one kind.
struct findings {
  std::size_t messages = 0;
  std::map<std::string, sightings> takes;         ///< by the name of the errc
  std::map<std::string_view, sightings> decided;  ///< by the rule
  std::map<std::string, sightings> undecided;     ///< by the difference

  /// Reads a message with each peer.
  void compare_all(const std::string& octets, const reading& ours,
                   reading (*parser::*read)(std::string_view)) {
    ++messages;
    for (const parser& peer : peers()) {
      const difference found = compare(ours, (peer.*read)(octets));
      if (found.what == difference::kind::none) continue;
      const rule* const decides = rule_for(found, octets, ours);
      if (found.what == difference::kind::takes)
        takes[found.how].add(peer.name, octets);
      else if (decides != nullptr)
        decided[decides->sentence].add(peer.name, octets);
      else
        undecided[peer.name + ": " + found.how].add(peer.name, octets);
    }
  }

  /// Notes that a relay did not send what it read.
  void note_if_other(const reading& before, const reading& after, const std::string& octets) {
    using enum reading::outcome;
    if (before.what != accepted) return;
    const bool same = after.what == accepted && before.content == after.content &&
                      before.start.substr(0, 3) == after.start.substr(0, 3);
    if (!same) undecided["it is another message once it is relayed"].add("relay", octets);
  }
};

findings read_here;
findings relayed;

constexpr turnout::relay_policy policy{.allowed = spoken, .name = "p"};

void look_at_request(const std::string& octets) {
  const reading ours = read_request(octets);
  read_here.compare_all(octets, ours, &parser::read_request);

  turns::relay_program relay{policy, {.allow_connect = true}};
  relay.from_client(octets);
  const std::string sent = relay.to_server();
  if (sent.empty() || relay.closed) return;
  const reading again = read_request(sent);
  relayed.compare_all(sent, again, &parser::read_request);
  relayed.note_if_other(ours, again, octets);
}

void look_at_response(const std::string& octets) {
  const reading ours = read_response(laws::asked, octets);
  read_here.compare_all(octets, ours, &parser::read_response);

  static const std::string asked = [] {
    std::array<char, 1024> out;
    turnout::client_connection client{laws::asked};
    return std::string{client.advance({}, out).output};
  }();
  turns::relay_program relay{policy};
  relay.from_client(asked);
  relay.from_server(octets);
  const std::string sent = relay.to_client();
  if (sent.empty() || relay.closed) return;
  const reading again = read_response(laws::asked, sent);
  relayed.compare_all(sent, again, &parser::read_response);
  relayed.note_if_other(ours, again, octets);
}

/// Octets in a cell of a table, the last of them if they are many.
std::string cell(std::string_view octets) {
  constexpr std::size_t most = 70;
  const std::size_t left_out = octets.size() > most ? octets.size() - most : 0;
  std::string text = turns::escaped(octets.substr(left_out));
  constexpr std::array<std::array<std::string_view, 2>, 4> shorter{
      {{"\\x0d", "\\r"}, {"\\x0a", "\\n"}, {"\\x09", "\\t"}, {"|", "\\|"}}};
  for (const auto& [from, to] : shorter)
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  return "`" + std::string{left_out != 0 ? "..." : ""} + text + "`";
}

std::string names(const sightings& seen) {
  std::string all;
  for (const auto& [peer, count] : seen.count)
    all += fmt::format("{}{} ({})", all.empty() ? "" : ", ", peer, count);
  return all;
}

void print_taken() {
  fmt::print(
      "\n## What turnout refuses and others take\n\n"
      "picohttpparser reads heads alone, so that it can't see what is wrong with content. The "
      "other parsers leave the checks of some fields to their callers.\n\n"
      "| why turnout refuses it | taken by (messages) | the shortest |\n|---|---|---|\n");
  for (const auto& row : turnout::detail::explanation_table::rows) {
    const turnout::explanation why = turnout::explain(row.code);
    const auto found = read_here.takes.find(std::string{name_of(row.code)});
    if (found == read_here.takes.end()) continue;
    const sightings& seen = found->second;
    fmt::print("| {}: {} | {} | {} |\n", why.text, why.section, names(seen), cell(seen.example));
  }
}

void print_decided(const findings& from) {
  fmt::print("| rule | who differs (messages) | the shortest |\n|---|---|---|\n");
  for (const auto& [sentence, seen] : from.decided)
    fmt::print("| {} | {} | {} |\n", sentence, names(seen), cell(seen.example));
}

void print_page() {
  fmt::print(
      "# Differences from other parsers\n\n"
      "{} messages, those of the tests and all that are one edit away from them, were read by "
      "turnout and in the same program by",
      read_here.messages);
  for (const parser& peer : peers())
    fmt::print("{} {} {}", &peer == &peers().front() ? "" : ",", peer.name, peer.version);
  fmt::print(
      ". Each difference is in one of these tables, with the rule that decides it. "
      "`sh tests/differential/run.sh` repeats it, and fails if no rule explains a difference.\n");
  print_taken();
  fmt::print("\n## What turnout takes and others refuse, or read otherwise\n\n");
  print_decided(read_here);
  fmt::print(
      "\n## What a relay sends\n\n"
      "{} of the messages went on through a `relay_connection`, and what it sent was read again "
      "by all parsers. Each has the content and the end that turnout read in the original.\n\n",
      relayed.messages);
  print_decided(relayed);
}

/// Returns how many differences no rule decides, and prints them.
std::size_t print_finds(const char* where, const findings& from) {
  for (const auto& [what, seen] : from.undecided)
    fmt::print(stderr, "{}: {}: {}\n  {}\n", where, what, names(seen),
               turns::escaped(seen.example));
  return from.undecided.size();
}

}  // namespace

int main(int, char** argv) {
  differential::for_each(requests(argv[1]), look_at_request);
  differential::for_each(responses(), look_at_response);
  print_page();
  // A relay sends nothing that turnout itself would refuse.
  for (const auto& [code, seen] : relayed.takes) relayed.undecided["relayed: " + code] = seen;
  return print_finds("read", read_here) + print_finds("relayed", relayed) == 0 ? 0 : 1;
}
