// Takes a request through a chain of implementations, by their models, and finds where two of them
// take it apart differently.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "finish.hpp"
#include "model_rows.hpp"
#include "models.hpp"
#include "report.hpp"

namespace chain_detail {

using kind = behaviour::kind;

/// What an implementation does about an oddity.
inline action action_of(const model& who, std::string_view oddity) {
  const auto in = [&](std::span<const reaction> all) -> const reaction* {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const reaction& one) { return one.oddity == oddity; });
    return found == all.end() ? nullptr : &*found;
  };
  if (const reaction* const own = in(who.reactions)) return own->then;
  const reaction* const usual = in(model_rows::of_turnout);
  return usual == nullptr ? action::follow : usual->then;
}

/// One implementation of the chain, and what it does.
struct hop {
  const model* who;
  behaviour is;
  std::size_t after_head;  ///< how many octets came after the head

  bool is_server() const { return who->is == model::kind::server; }

  /// How many octets it leaves to the new protocol.
  std::size_t left() const { return after_head - is.content; }
};

inline std::string name_of(const hop& one) {
  return fmt::format("{} {}", one.who->name, one.who->version);
}

inline std::string_view word_of(const hop& one) {
  switch (one.is.what) {
    case kind::waits:
      return "waits for more";
    case kind::refuses:
      return "refuses the request";
    case kind::serves:
      return one.is_server() ? "serves an ordinary request" : "forwards it without the upgrade";
    case kind::upgrades:
      return one.is_server() ? "switches" : "forwards the upgrade";
  }
  return {};
}

/// What an implementation does, in a sentence.
inline std::string sentence_on(const hop& one) {
  std::string text = fmt::format("{} {}", name_of(one), word_of(one));
  if (!one.is.because.empty()) text += fmt::format(" ({})", one.is.because);
  if (one.is.what != kind::upgrades || one.after_head == 0) return text;
  if (!one.is.is_content_known) return text + "; it takes malformed content for well-formed";
  if (one.is.content > 0) text += fmt::format("; the first {} octets are content", one.is.content);
  if (one.left() > 0) text += fmt::format("; {} octets belong to the new protocol", one.left());
  return text;
}

inline bool is_line_of(std::string_view line, std::string_view name) {
  return turnout::grammar::equal_ignoring_case(
      turnout::grammar::trim(line.substr(0, line.find(':'))), name);
}

/// True for lines that an intermediary does not forward as they are.
inline bool is_replaced(std::string_view line, bool chunked) {
  if (chunked && is_line_of(line, "Content-Length")) return true;
  for (const std::string_view name : {"Connection", "Upgrade", "Keep-Alive", "Proxy-Connection"})
    if (is_line_of(line, name)) return true;
  return false;
}

/// The request as an intermediary forwards it: a clean head with the same fields, and the same
/// octets after it.
inline std::string forwarded(const odd_request& request, std::string_view octets, bool upgrades) {
  const std::size_t version = request.start.rfind(' ');
  std::string head = request.start.substr(0, version) + " HTTP/1.1\r\n";
  std::string offered;
  for (const std::string& line : request.lines) {
    if (is_line_of(line, "Upgrade") && offered.empty()) offered = line.substr(line.find(':') + 1);
    if (!is_replaced(line, request.has("chunked"))) head += line + "\r\n";
  }
  if (upgrades && !offered.empty())
    head += fmt::format("Connection: upgrade\r\nUpgrade:{}\r\n", offered);
  return head.append("\r\n").append(octets.substr(request.head_size));
}

/// What two neighbours make of the same octets, if it differs.
inline std::optional<std::string> difference(const hop& first, const hop& second) {
  if (first.is.what != kind::upgrades || second.is.what != kind::upgrades) return {};
  if (!first.is.is_content_known || !second.is.is_content_known)
    return fmt::format("it is unclear where the content ends that {} and {} accept",
                       first.who->name, second.who->name);
  if (first.is.content == second.is.content) return {};
  const auto [reads, tunnels] = first.is.content > second.is.content ? std::pair{&first, &second}
                                                                     : std::pair{&second, &first};
  return fmt::format("{} reads {} octets as content, which are the new protocol's for {}",
                     reads->who->name, reads->is.content - tunnels->is.content, tunnels->who->name);
}

inline const model& find_model(std::string_view name) {
  for (const model& one : models)
    if (one.name == name) return one;
  std::string names;
  for (const model& one : models) names += fmt::format(" {}", one.name);
  throw std::invalid_argument{fmt::format("there is no model of {}; there are:{}", name, names)};
}

/// The first protocol that a request offers; WebSocket if it is among them, or nobody can tell.
///
/// Borrows   from `read`
inline turnout::protocol offered_first(const odd_request& read) {
  const auto listed =
      turnout::field::upgrade::parse(read.facts.lines(turnout::field_name::upgrade));
  const turnout::protocol websocket = turnout::websocket::profile.token;
  if (!listed || listed->empty() || listed->contains(websocket)) return websocket;
  return *listed->begin();
}

/// A request on its way.
class journey {
 public:
  journey(std::string_view octets, const std::vector<std::string>& names) {
    octets_.emplace_back(octets);
    odd_request& first = read_.emplace_back();
    read_leniently(first, octets_.front(), turnout::websocket::profile.token);
    const turnout::protocol wanted = offered_first(first);
    for (const std::string& name : names) {
      const model& who = find_model(name);
      if (!pass(who, wanted)) return;
    }
  }

  std::vector<hop> hops;

 private:
  /// Returns   true if the request goes on to the next one
  bool pass(const model& who, const turnout::protocol& wanted) {
    odd_request& read = read_.emplace_back();
    read_leniently(read, octets_.back(), wanted);
    const behaviour is =
        behaviour_of(read, [&who](std::string_view oddity) { return action_of(who, oddity); });
    hops.push_back({&who, is, read.size - read.head_size});
    if (is.what == kind::waits || is.what == kind::refuses) return false;
    octets_.push_back(forwarded(read, octets_.back(), is.what == kind::upgrades));
    return true;
  }

  std::list<std::string> octets_;
  std::list<odd_request> read_;
};

inline json json_hop(const hop& one) {
  static constexpr const char* words[] = {"wait", "upgrade", "serve", "refuse"};
  json made{{"name", one.who->name},
            {"version", one.who->version},
            {"place", one.is_server() ? "server" : "intermediary"},
            {"does", words[static_cast<std::size_t>(one.is.what)]}};
  made["because"] = one.is.because.empty() ? json() : json(one.is.because);
  if (one.is.what == kind::upgrades)
    made["content"] = one.is.is_content_known ? json(one.is.content) : json();
  return made;
}

/// The verdict on a whole chain: its word, its exit status and a sentence.
struct verdict {
  std::string_view word;
  int status;
  std::string text;
};

inline verdict judge(const std::vector<hop>& hops, const std::vector<std::string>& differences,
                     bool asked) {
  const hop& last = hops.back();
  const std::string name = name_of(last);
  if (!differences.empty())
    return {"disagree", negative, "disagree: " + differences.front() + ": request smuggling"};
  switch (last.is.what) {
    case kind::waits:
      return {"wait", unfinished, fmt::format("wait: {} waits for more of the request", name)};
    case kind::refuses:
      return {"refuse", negative, fmt::format("refuse: {} refuses the request", name)};
    case kind::serves:
      return {"serve", no_switch,
              fmt::format("serve: no program switches; {} serves a page", name)};
    case kind::upgrades:
      break;
  }
  if (!asked)
    return {"unwanted", negative,
            "unwanted: the request is an ordinary one by the RFCs, but the chain switches"};
  return {"switch", positive, "switch: all agree where the new protocol begins"};
}

}  // namespace chain_detail

/// What a chain of implementations makes of a request.
///
/// Takes     names: the models, from the client to the server
///
/// Throws std::invalid_argument if there is no such model, or one comes after a server.
inline report inspect_chain(const inspected& input, const std::vector<std::string>& names) {
  using namespace chain_detail;
  if (names.empty()) throw std::invalid_argument{"the names of a chain are missing; see --list"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (find_model(names[i]).is == model::kind::server && i + 1 < names.size())
      throw std::invalid_argument{fmt::format("{} is a server: nothing comes after it", names[i])};
  const journey made{input.octets, names};
  const journey by_the_rfcs{input.octets, {"turnout"}};
  std::vector<std::string> differences;
  for (std::size_t i = 0; i + 1 < made.hops.size(); ++i)
    if (auto found = difference(made.hops[i], made.hops[i + 1]))
      differences.push_back(*std::move(found));
  const bool asked = by_the_rfcs.hops.back().is.what != kind::serves;
  const verdict judged = judge(made.hops, differences, asked);

  report found;
  found.inputs = {input};
  found.summary = judged.text;
  found.status = judged.status;
  found.machine["verdict"] = judged.word;
  found.machine["hops"] = json::array();
  for (const hop& one : made.hops) {
    found.machine["hops"].push_back(json_hop(one));
    found.hints.push_back(sentence_on(one));
  }
  found.machine["differences"] = differences;
  finish(found, {});
  found.machine.erase("help");  // The lines of the chain are no advice.
  return found;
}

/// The models that there are, a line each.
inline std::string list_of_models() {
  std::string text;
  for (const model& one : models)
    text += fmt::format("{:16} {:14} {}\n", one.name, one.version,
                        one.is == model::kind::server ? "server" : "intermediary");
  return text;
}
