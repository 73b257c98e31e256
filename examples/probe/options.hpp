// The command line.
#pragma once

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <turnout/version.hpp>
#include <vector>

#include "settings.hpp"

/// What the command line says.
struct options {
  probe::settings how;
  bool as_json = false;
  bool lists = false;
  std::string color = "auto";
  std::string junit_file;
  std::vector<std::string> case_files;
  std::vector<std::string> only;
  std::vector<std::string> headers;
  std::string url_text;              ///< of a server
  std::uint16_t listen_port = 0;     ///< where a client or an intermediary connects to
  std::vector<std::string> command;  ///< that starts a client
  std::string proxy;                 ///< host and port
};

namespace options_detail {

/// What comes of the cases.
inline void describe_answers(CLI::App& app, options& asked) {
  app.set_version_flag("--version",
                       fmt::format("turnout-probe {}.{}.{}", TURNOUT_VERSION_MAJOR,
                                   TURNOUT_VERSION_MINOR, TURNOUT_VERSION_PATCH),
                       "Print the version and exit");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.add_flag("--json", asked.as_json, "Print one JSON object on one line");
  app.add_option("--junit", asked.junit_file, "Write JUnit XML to a file")->option_text("FILE");
  app.add_option("--color", asked.color, "When to use colours")
      ->option_text("auto|always|never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

/// Which cases, and how they are tried.
inline void describe_cases(CLI::App& app, options& asked) {
  app.add_flag("--list", asked.lists, "Print the cases and exit");
  app.add_option("--only", asked.only, "Only cases with this tag, or whose names begin with it")
      ->allow_extra_args(false)
      ->option_text("TAG ...");
  app.add_option("--cases", asked.case_files, "Take the cases from a file")
      ->allow_extra_args(false)
      ->option_text("FILE ...");
  app.add_option("--seed", asked.how.seed, "Chooses where octets are cut")->option_text("N");
  app.add_option("--rate", asked.how.rate, "At most so many connections per second (200)")
      ->check(CLI::Range(1, 100'000))
      ->option_text("N");
  app.add_option("--parallel", asked.how.parallel, "At most so many connections at once (8)")
      ->check(CLI::Range(1, 256))
      ->option_text("N");
  app.add_option_function<int>(
         "--patience", [&asked](int time) { asked.how.patience = milliseconds{time}; },
         "Milliseconds to wait for an answer (2000)")
      ->check(CLI::Range(1, 600'000))
      ->option_text("N");
}

inline void add_listen(CLI::App* to, options& asked) {
  to->add_option("--listen", asked.listen_port, "The port of this machine that it connects to")
      ->option_text("PORT");
}

}  // namespace options_detail

/// Tells the parser of the command line what there is.
inline void describe(CLI::App& app, options& asked) {
  using namespace options_detail;
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  describe_answers(app, asked);
  describe_cases(app, asked);

  CLI::App* const server = app.add_subcommand("server", "Test a server");
  server->add_option("URL", asked.url_text, "Its address: ws:, wss:, http: or https:")
      ->option_text(" ");
  server->add_option("-H,--header", asked.headers, "Add a line to the head of each request")
      ->allow_extra_args(false)
      ->option_text("LINE ...");
  server->add_flag("--insecure", asked.how.trusts_any, "Accept any certificate");

  CLI::App* const client =
      app.add_subcommand("client", "Test a client, which is started for each case");
  add_listen(client, asked);
  client
      ->add_option("COMMAND", asked.command,
                   "The command that starts it; {url} and {port} are filled in")
      ->option_text("...");

  CLI::App* const proxy = app.add_subcommand("proxy", "Test an intermediary from both ends");
  add_listen(proxy, asked);
  proxy->add_option("--to", asked.proxy, "Where the intermediary listens")
      ->option_text("HOST:PORT");

  for (CLI::App* const command : app.get_subcommands([](CLI::App*) { return true; }))
    command->group("Commands");
  app.footer(
      "Exit status: 0 if it breaks no rule that it must follow, 1 if it breaks one, 2 if the "
      "command line is wrong or it can't be reached.");
}
