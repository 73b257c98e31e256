// Fits the models of the inspector to what was measured, and prints
// examples/inspect/model_rows.hpp. On standard error: how many of the cases each model predicts.
//
//   fit_models tests/vectors [MODEL]    with a model: the cases that it gets wrong
#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../../examples/inspect/models.hpp"
#include "vectors/setup.hpp"
#include "vectors/vector.hpp"

namespace {

using actions = std::map<std::string, action, std::less<>>;

/// A case that was measured: the request, and what the implementation did.
struct measured {
  std::string id;
  const odd_request* request;
  std::string answer;
};

action action_in(const actions& all, std::string_view oddity) {
  const auto found = all.find(oddity);
  return found == all.end() ? action::follow : found->second;
}

/// An outcome in the words of the measurements.
std::string in_brief(const behaviour& is, const odd_request& request) {
  using kind = behaviour::kind;
  switch (is.what) {
    case kind::waits:
      return "incomplete";
    case kind::serves:
      return "ordinary";
    case kind::refuses:
      return "refuse";
    case kind::upgrades:
      break;
  }
  if (!is.is_content_known) return "switch";
  return fmt::format("switch {}", request.size - request.head_size - is.content);
}

/// True if what a model says is what was measured, as far as both say it.
bool is_same(std::string_view said, std::string_view measured) {
  const std::string_view outcome = measured.substr(0, measured.find(' '));
  if (outcome == "refuse" || outcome == "close" || outcome == "exception") return said == "refuse";
  const bool both_say_more = said.find(' ') != said.npos && measured.find(' ') != measured.npos;
  return both_say_more ? said == measured : said.substr(0, said.find(' ')) == outcome;
}

std::string predicted(const measured& one, const actions& with) {
  return in_brief(
      behaviour_of(*one.request,
                   [&with](std::string_view oddity) { return action_in(with, oddity); }),
      *one.request);
}

std::size_t agreement(const std::vector<measured>& all, const actions& with) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const measured& one) {
    return is_same(predicted(one, with), one.answer);
  }));
}

/// The oddities of some cases, the rarest first. Common ones are fitted last, to the cases that the
/// rare ones do not explain.
std::vector<std::string> rarest_first(const std::vector<measured>& all) {
  std::map<std::string, std::size_t> counts;
  for (const measured& one : all)
    for (const std::string& oddity : one.request->oddities) ++counts[oddity];
  std::vector<std::string> oddities;
  for (const auto& [oddity, count] : counts) oddities.push_back(oddity);
  std::stable_sort(oddities.begin(), oddities.end(), [&counts](const auto& one, const auto& other) {
    return counts[one] < counts[other];
  });
  return oddities;
}

/// Changes one action after the other as long as more cases agree.
actions fit(const std::vector<measured>& all, actions with) {
  const std::vector<std::string> oddities = rarest_first(all);
  std::size_t best = agreement(all, with);
  for (bool better = true; std::exchange(better, false);)
    for (const std::string& oddity : oddities)
      for (const action tried : {action::follow, action::tunnel, action::ignore, action::refuse}) {
        actions changed = with;
        changed[oddity] = tried;
        const std::size_t same = agreement(all, changed);
        if (same <= best) continue;
        best = same;
        with = std::move(changed);
        better = true;
      }
  return with;
}

/// An implementation that was measured, and its name on the command line.
struct subject {
  std::string_view measured;
  std::string_view name;
};

constexpr subject subjects[] = {
    {"turnout", "turnout"},
    {"nginx", "nginx"},
    {"HAProxy", "haproxy"},
    {"Apache httpd", "apache"},
    {"Caddy", "caddy"},
    {"lighttpd", "lighttpd"},
    {"nghttpx", "nghttpx"},
    {"Node http", "node"},
    {"npm ws", "ws"},
    {"Go net/http", "go"},
    {"Go gorilla", "gorilla"},
    {"Go coder", "coder"},
    {"Go gobwas", "gobwas"},
    {"Rust hyper", "hyper"},
    {"Rust tungstenite", "tungstenite"},
    {"Rust fastwebsockets", "fastwebsockets"},
    {"Python aiohttp", "aiohttp"},
    {"Python h11", "h11"},
    {"Python websockets", "websockets"},
    {"Python wsproto", "wsproto"},
    {"Netty", "netty"},
    {"Boost.Beast", "beast"},
    {"http_parser", "http_parser"},
    {"llhttp", "llhttp"},
    {"Rust httparse", "httparse"},
    {"picohttpparser", "picohttpparser"},
};

std::string_view name_of(std::string_view measured) {
  for (const subject& one : subjects)
    if (measured.starts_with(one.measured)) return one.name;
  return {};
}

/// A protocol stack without WebSocket is never asked for what only WebSocket requires: it follows.
void follow_where_unasked(actions& fitted, const std::vector<measured>& all) {
  const auto is_asked = [&all](std::string_view oddity) {
    return std::any_of(all.begin(), all.end(),
                       [&](const measured& one) { return one.request->has(oddity); });
  };
  if (is_asked("missing_websocket_key")) return;
  for (auto& [oddity, then] : fitted)
    if (!is_asked(oddity)) then = action::follow;
}

/// True for a case that says something about models. They know nothing of extensions, origins and
/// subprotocols, of several requests on one connection, and of its end.
bool is_for_models(const vectors::vector& one) {
  const std::string_view topic = std::string_view{one.id}.substr(0, one.id.find('/'));
  return one.role == "server" && (one.profile == "websocket" || one.profile == "foo/2") &&
         one.setup.empty() && !one.ends && topic != "early-data" && topic != "connect";
}

/// The cases, and what was measured with them.
class measurements {
 public:
  explicit measurements(const std::filesystem::path& folder) : cases_{vectors::read_all(folder)} {
    for (const vectors::vector& one : cases_) {
      if (!is_for_models(one)) continue;
      odd_request& request = requests_[one.id];
      read_leniently(request, one.request, vectors::profile_of(one.profile).token);
    }
  }

  std::vector<measured> of(const vectors::json& answers) const {
    std::vector<measured> all;
    for (const auto& [id, answer] : answers.items())
      if (const auto found = requests_.find(id); found != requests_.end())
        all.push_back({id, &found->second, answer.get<std::string>()});
    return all;
  }

 private:
  std::vector<vectors::vector> cases_;
  std::map<std::string, odd_request, std::less<>> requests_;
};

constexpr std::string_view row_head =
    "// What implementations do with what is unusual in a request, as it was measured.\n"
    "// Printed by tests/inspect/fit_models.cpp; not to be edited by hand.\n"
    "#pragma once\n\n"
    "#include \"models.hpp\"\n\n"
    "namespace model_rows {\n";

/// Prints rows, and collects the table of models.
class printer {
 public:
  explicit printer(std::string_view wanted) : wanted_{wanted} {}

  void add(const vectors::json& one, std::string_view kind, const measurements& cases) {
    const auto measured_name = one["name"].get<std::string>();
    const std::string_view name = name_of(measured_name);
    if (name.empty()) return;
    const auto all = cases.of(one["answers"]);
    actions fitted = fit(all, usual_);
    follow_where_unasked(fitted, all);
    fmt::print(stderr, "{:16} {:4} of {}\n", name, agreement(all, fitted), all.size());
    if (name == wanted_) print_wrong(all, fitted);
    print_reactions(name, fitted);
    if (usual_.empty()) usual_ = fitted;
    auto version = one["version"].get<std::string>();
    version.erase(std::min(version.find('+'), version.size()));
    table_ += fmt::format("    {{\"{}\", \"{}\", model::kind::{}, model_rows::of_{}}},\n", name,
                          version, kind, name);
  }

  const std::string& table() const { return table_; }

 private:
  static void print_wrong(const std::vector<measured>& all, const actions& fitted) {
    for (const measured& one : all)
      if (const auto said = predicted(one, fitted); !is_same(said, one.answer))
        fmt::print(stderr, "  {}: {}, not {} ({})\n", one.id, one.answer, said,
                   fmt::join(one.request->oddities, " "));
  }

  /// Those that differ from the first ones, which are turnout's.
  void print_reactions(std::string_view name, const actions& all) const {
    static constexpr const char* names[] = {"follow", "tunnel", "ignore", "refuse"};
    fmt::print("\ninline constexpr reaction of_{}[] = {{\n", name);
    for (const auto& [oddity, then] : all)
      if (then != action_in(usual_, oddity))
        fmt::print("    {{\"{}\", action::{}}},\n", oddity, names[static_cast<std::size_t>(then)]);
    fmt::print("}};\n");
  }

  std::string_view wanted_;
  actions usual_;
  std::string table_;
};

vectors::json read_json(const std::filesystem::path& path) {
  std::ifstream file{path};
  return vectors::json::parse(file);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder{argv[1]};
  const measurements cases{folder};
  printer to{argc > 2 ? argv[2] : ""};
  fmt::print("{}", row_head);
  for (const auto& one : read_json(folder / "measured/servers.json")) to.add(one, "server", cases);
  for (const auto& one : read_json(folder / "measured/intermediaries.json"))
    to.add(one, "intermediary", cases);
  fmt::print("\n}}  // namespace model_rows\n\ninline constexpr model models[] = {{\n{}}};\n",
             to.table());
}
