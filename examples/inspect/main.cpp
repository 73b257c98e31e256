// turnout-inspect: why a handshake fails. Octets in, a diagnosis out: for people, or as JSON for
// scripts and other languages.
#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "exchange.hpp"
#include "field.hpp"
#include "input.hpp"
#include "relay.hpp"
#include "render.hpp"
#include "report.hpp"
#include "request.hpp"
#include "response.hpp"

namespace {

/// What the command line says.
struct options {
  bool as_json = false;
  bool paste = false;
  std::string color = "auto";
  std::string file = "-";
  std::string response_file;
  std::string field;
  std::string key;
  std::vector<std::string> allowed;
};

/// Everything that was read, as long as the report borrows from it.
class inputs {
 public:
  explicit inputs(bool paste) : paste_{paste} {}

  inspected head(const std::string& path) {
    const std::string octets = read_input(path);
    kept_.push_back(paste_ ? pasted_head(octets) : octets);
    return {path == "-" ? "standard input" : path, kept_.back(), true};
  }

  inspected value(const std::string& name, const std::string& path) {
    const std::string octets = read_input(path);
    kept_.push_back(paste_ ? pasted_value(octets) : octets);
    return {name, kept_.back(), false};
  }

 private:
  bool paste_;
  std::list<std::string> kept_;
};

report run_field(const options& asked, inputs& all) {
  const bool accept = turnout::equal_ignoring_case(asked.field, "sec-websocket-accept");
  if (accept == asked.key.empty())
    throw std::invalid_argument{"--key goes with sec-websocket-accept, which needs it"};
  const inspected input = all.value(asked.field, asked.file);
  return accept ? inspect_accept(asked.key, input) : inspect_field(asked.field, input);
}

report run_relay(const options& asked, inputs& all) {
  std::vector<turnout::protocol> allowed;
  for (const std::string& one : asked.allowed) {
    const auto token = turnout::protocol::read(one);
    if (!token || token->size != one.size())
      throw std::invalid_argument{fmt::format("--allow {}: that is no protocol", one)};
    allowed.push_back(token->value);
  }
  if (allowed.size() > turnout::max_profiles)
    throw std::invalid_argument{"--allow stands there too often"};
  return inspect_relay(all.head(asked.file), allowed);
}

report run(std::string_view command, const options& asked, inputs& all) {
  if (command == "request") return inspect_request(all.head(asked.file));
  if (command == "response") return inspect_response(all.head(asked.file));
  if (command == "field") return run_field(asked, all);
  if (command == "relay") return run_relay(asked, all);
  const inspected request = all.head(asked.file);
  return inspect_exchange(request, all.head(asked.response_file));
}

bool is_colored(const options& asked) {
  if (asked.color != "auto") return asked.color == "always";
  const char* const unwanted = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (unwanted == nullptr || *unwanted == '\0');
}

void describe(CLI::App& app, options& asked) {
  app.set_version_flag("--version", fmt::format("turnout-inspect {}.{}.{}", TURNOUT_VERSION_MAJOR,
                                                TURNOUT_VERSION_MINOR, TURNOUT_VERSION_PATCH));
  app.require_subcommand(1);
  app.fallthrough();
  app.add_flag("--json", asked.as_json, "Print one JSON object on one line");
  app.add_flag("--paste", asked.paste,
               "Take line ends for CRLF, and add the empty line if it is missing");
  app.add_option("--color", asked.color, "Whether to use colours: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.footer(
      "Exit status: 0 if the answer is positive, 1 if negative, 3 if the input is "
      "incomplete, 2 if it was not asked right.");

  const auto add_file = [&asked](CLI::App* to) {
    to->add_option("FILE", asked.file, "Where the octets are; standard input without it");
  };
  add_file(app.add_subcommand("request", "One request head: does it offer to switch?"));
  add_file(app.add_subcommand("response", "One response head: does it switch?"));

  CLI::App* const exchange = app.add_subcommand("exchange", "Both sides of a handshake");
  exchange->add_option("REQUEST", asked.file, "The request head")->required();
  exchange->add_option("RESPONSE", asked.response_file, "The responses to it")->required();

  CLI::App* const field = app.add_subcommand("field", "One field value, without a line end");
  field->add_option("NAME", asked.field, "The field's name, such as upgrade")->required();
  field->add_option("--key", asked.key, "With sec-websocket-accept: the key that it answers");
  add_file(field);

  CLI::App* const relay = app.add_subcommand("relay", "What an intermediary forwards of a request");
  relay->add_option("--allow", asked.allowed, "A protocol that it lets pass, such as websocket")
      ->allow_extra_args(false);
  add_file(relay);
}

int complain(std::string_view what) {
  fmt::print(stderr, "turnout-inspect: {}\n", what);
  return usage_error;
}

}  // namespace

int main(int argc, char** argv) try {
  options asked;
  CLI::App app{"Shows why the negotiation of an upgrade of HTTP/1.1 fails.", "turnout-inspect"};
  describe(app, asked);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? positive : usage_error;
  }
  inputs all{asked.paste};
  const report found = run(app.get_subcommands().front()->get_name(), asked, all);
  if (asked.as_json)
    fmt::print("{}\n", found.machine.dump(-1, ' ', true));
  else
    fmt::print("{}", renderer{is_colored(asked)}.render(found));
  return found.status;
} catch (const std::exception& failed) {
  return complain(failed.what());
}
