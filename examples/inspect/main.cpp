// turnout-inspect shows why a handshake fails. It reads octets and prints a diagnosis: for people,
// or as JSON for scripts and other languages.
#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "exchange.hpp"
#include "field.hpp"
#include "input.hpp"
#include "paste.hpp"
#include "relay.hpp"
#include "render.hpp"
#include "report.hpp"
#include "request.hpp"
#include "response.hpp"

namespace {

/// The options of the command line.
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

  inspected request(const std::string& path) { return head(inspected::kind::request, path); }

  inspected response(const std::string& path) { return head(inspected::kind::response, path); }

  inspected value(const std::string& field, const std::string& path) {
    const std::string octets = read_input(path);
    return {inspected::kind::field, field, keep(paste_ ? pasted_value(octets) : octets)};
  }

 private:
  inspected head(inspected::kind what, const std::string& path) {
    const std::string octets = read_input(path);
    return {what, shown_name(path), keep(paste_ ? pasted_head(octets, what) : octets)};
  }

  std::string_view keep(std::string octets) {
    kept_.push_back(std::move(octets));
    return kept_.back();
  }

  bool paste_;
  std::list<std::string> kept_;
};

report run_accept(const options& asked, inputs& all) {
  if (asked.key.empty()) throw std::invalid_argument{"sec-websocket-accept needs --key"};
  const auto key = turnout::field::sec_websocket_key::parse(asked.key);
  if (!key) throw std::invalid_argument{"--key is not a value of Sec-WebSocket-Key"};
  return inspect_accept(*key, all.value(asked.field, asked.file));
}

report run_field(const options& asked, inputs& all) {
  if (turnout::grammar::equal_ignoring_case(asked.field, "sec-websocket-accept"))
    return run_accept(asked, all);
  const auto* const reader = find_reader(asked.field);
  if (reader == nullptr)
    throw std::invalid_argument{
        fmt::format("{} can't be inspected alone; what can be: {}", asked.field, field_names())};
  if (!asked.key.empty()) throw std::invalid_argument{"--key is only for sec-websocket-accept"};
  return inspect_field(*reader, all.value(asked.field, asked.file));
}

report run_relay(const options& asked, inputs& all) {
  std::vector<turnout::protocol> allowed;
  for (const std::string& one : asked.allowed) {
    const auto token = turnout::protocol::parse_prefix(one);
    if (!token || token->size != one.size())
      throw std::invalid_argument{fmt::format("--allow {}: this is not a protocol", one)};
    allowed.push_back(token->value);
  }
  if (allowed.size() > turnout::detail::max_profiles)
    throw std::invalid_argument{"--allow is given too often"};
  return inspect_relay(all.request(asked.file), allowed);
}

report run_exchange(const options& asked, inputs& all) {
  if (asked.file == "-" && asked.response_file == "-")
    throw std::invalid_argument{"standard input can't be both the request and the response"};
  const inspected request = all.request(asked.file);
  return inspect_exchange(request, all.response(asked.response_file));
}

report run(std::string_view command, const options& asked, inputs& all) {
  if (command == "request") return inspect_request(all.request(asked.file));
  if (command == "response") return inspect_response(all.response(asked.file));
  if (command == "field") return run_field(asked, all);
  if (command == "relay") return run_relay(asked, all);
  return run_exchange(asked, all);
}

bool is_colored(const options& asked) {
  if (asked.color != "auto") return asked.color == "always";
  const char* const unwanted = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (unwanted == nullptr || *unwanted == '\0');
}

/// The options of all commands.
void describe_options(CLI::App& app, options& asked) {
  app.set_version_flag("--version",
                       fmt::format("turnout-inspect {}.{}.{}", TURNOUT_VERSION_MAJOR,
                                   TURNOUT_VERSION_MINOR, TURNOUT_VERSION_PATCH),
                       "Print the version and exit");
  app.set_help_flag("-h,--help", "Print this and exit");
  app.add_flag("--json", asked.as_json, "Print one JSON object on one line");
  app.add_flag("--paste", asked.paste,
               "Repair pasted text: line ends, the empty line, the marks of curl and ngrep");
  app.add_option("--color", asked.color, "When to use colours")
      ->option_text("auto|always|never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

/// The commands, each with its own options.
void describe_commands(CLI::App& app, options& asked) {
  const auto add_file = [&asked](CLI::App* to) {
    to->add_option("FILE", asked.file, "The file to read; standard input by default")
        ->option_text(" ");
  };
  add_file(app.add_subcommand("request", "One request head: does it offer to switch?"));
  add_file(app.add_subcommand("response", "One response head: does it switch?"));

  CLI::App* const exchange = app.add_subcommand("exchange", "Both sides of a handshake");
  exchange->add_option("REQUEST", asked.file, "The request head")->required()->option_text(" ");
  exchange->add_option("RESPONSE", asked.response_file, "The responses to it")
      ->required()
      ->option_text(" ");

  CLI::App* const field = app.add_subcommand("field", "One field value, without a line end");
  field->add_option("NAME", asked.field, "One of " + field_names())->required()->option_text(" ");
  field->add_option("--key", asked.key, "With sec-websocket-accept: the key that it answers")
      ->option_text("KEY");
  add_file(field);

  CLI::App* const relay = app.add_subcommand("relay", "What an intermediary forwards of a request");
  relay
      ->add_option("--allow", asked.allowed,
                   "A protocol that it forwards offers of, such as websocket")
      ->allow_extra_args(false)
      ->option_text("TOKEN ...");
  add_file(relay);
}

void describe(CLI::App& app, options& asked) {
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  describe_options(app, asked);
  describe_commands(app, asked);
  for (CLI::App* const command : app.get_subcommands([](CLI::App*) { return true; }))
    command->group("Commands");
  app.footer(
      "Exit status: 0 for an offer or a switch, 4 for a valid message without a switch, 1 for a "
      "broken "
      "rule,\n3 for incomplete input, 2 for a wrong command or input that can't be read.");
}

/// Prints a report; false if it can't be.
bool print(const report& found, const options& asked) {
  if (asked.as_json)
    fmt::print("{}\n", found.machine.dump(-1, ' ', true));
  else
    fmt::print("{}", renderer{is_colored(asked)}.render(found));
  return std::fflush(stdout) == 0;
}

int complain(std::string_view what) {
  fmt::print(stderr, "turnout-inspect: {}\n", what);
  return usage_error;
}

}  // namespace

int main(int argc, char** argv) try {
  options asked;
  CLI::App app{"Shows why an HTTP/1.1 upgrade fails.", "turnout-inspect"};
  describe(app, asked);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help and --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& wrong) {
    return complain(fmt::format("{}; see --help", wrong.what()));
  }
  if (app.get_subcommands().empty()) return complain("a command is missing; see --help");
  inputs all{asked.paste};
  const report found = run(app.get_subcommands().front()->get_name(), asked, all);
  if (!print(found, asked)) return complain("the answer can't be written");
  return found.status;
} catch (const std::exception& failed) {
  return complain(failed.what());
}
