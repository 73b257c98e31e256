// The command line.
#pragma once

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <turnout/version.hpp>
#include <vector>

#include "field.hpp"

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
  std::string url_text;  ///< of a server to connect to
  std::vector<std::string> subprotocols;
  std::string origin;
  std::vector<std::string> headers;
  bool trusts_any = false;
  std::uint16_t port = 0;  ///< where to listen
  std::string server;      ///< host and port to pass on to
  bool once = false;
  std::vector<std::string> models;  ///< of a chain, from the client to the server
  std::string request_file = "-";   ///< that goes through it
  bool lists_models = false;
};

namespace options_detail {

/// The options of all commands.
inline void describe_options(CLI::App& app, options& asked) {
  app.set_version_flag("--version",
                       fmt::format("turnout-inspect {}.{}.{}", TURNOUT_VERSION_MAJOR,
                                   TURNOUT_VERSION_MINOR, TURNOUT_VERSION_PATCH),
                       "Print the version and exit");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.add_flag("--json", asked.as_json, "Print one JSON object on one line");
  app.add_flag("--paste", asked.paste,
               "Repair pasted text: line ends, the marks of curl and ngrep, headers from browsers");
  app.add_option("--color", asked.color, "When to use colours")
      ->option_text("auto|always|never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

inline void add_file(CLI::App* to, options& asked) {
  to->add_option("FILE", asked.file, "The file to read; standard input by default")
      ->option_text(" ");
}

/// The commands that read files, each with its own options.
inline void describe_readers(CLI::App& app, options& asked) {
  add_file(app.add_subcommand("request", "One request head: does it offer to switch?"), asked);
  add_file(app.add_subcommand("response", "One response head: does it switch?"), asked);

  CLI::App* const exchange = app.add_subcommand("exchange", "Both sides of a handshake");
  exchange->add_option("REQUEST", asked.file, "The request head, or a recording of both sides")
      ->required()
      ->option_text(" ");
  exchange->add_option("RESPONSE", asked.response_file, "The responses to it")->option_text(" ");

  CLI::App* const field = app.add_subcommand("field", "One field value, without a line end");
  field->add_option("NAME", asked.field, "One of " + field_names())->required()->option_text(" ");
  field->add_option("--key", asked.key, "With sec-websocket-accept: the key that it answers")
      ->option_text("KEY");
  add_file(field, asked);

  CLI::App* const relay = app.add_subcommand("relay", "What an intermediary forwards of a request");
  relay
      ->add_option("--allow", asked.allowed,
                   "A protocol whose offers it forwards, such as websocket")
      ->allow_extra_args(false)
      ->option_text("TOKEN ...");
  add_file(relay, asked);
}

/// The command that asks the models of implementations.
inline void describe_chain(CLI::App& app, options& asked) {
  CLI::App* const chain =
      app.add_subcommand("chain", "Where a chain of proxies and a server would disagree");
  CLI::Option* const names =
      chain->add_option("NAME", asked.models, "From the client to the server: nginx node")
          ->option_text("...");
  chain->add_option("--request", asked.request_file, "The request; standard input by default")
      ->option_text("FILE");
  CLI::Option* const list =
      chain->add_flag("--list", asked.lists_models, "Print the names of all models and exit");
  names->excludes(list);
}

/// The commands that make or accept connections.
inline void describe_network(CLI::App& app, options& asked) {
  CLI::App* const connect = app.add_subcommand("connect", "A handshake with a server");
  connect->add_option("URL", asked.url_text, "Its address: ws://host/path or wss://host/path")
      ->required()
      ->option_text(" ");
  connect->add_option("--subprotocol", asked.subprotocols, "A subprotocol to offer")
      ->allow_extra_args(false)
      ->option_text("TOKEN ...");
  connect->add_option("--origin", asked.origin, "The origin of a page")->option_text("ORIGIN");
  connect->add_option("-H,--header", asked.headers, "Add a line to the request")
      ->allow_extra_args(false)
      ->option_text("LINE ...");
  connect->add_flag("--insecure", asked.trusts_any, "Accept any certificate");

  CLI::App* const listen = app.add_subcommand("listen", "The handshakes that pass through a port");
  listen->add_option("PORT", asked.port, "The port of this machine; 0 for a free one")
      ->required()
      ->option_text(" ");
  listen->add_option("--to", asked.server, "The server to which everything is forwarded")
      ->required()
      ->option_text("HOST:PORT");
  listen->add_flag("--once", asked.once, "Exit after the first handshake");
}

}  // namespace options_detail

/// Tells the parser of the command line what there is.
inline void describe(CLI::App& app, options& asked) {
  using namespace options_detail;
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  describe_options(app, asked);
  describe_readers(app, asked);
  describe_chain(app, asked);
  describe_network(app, asked);
  for (CLI::App* const command : app.get_subcommands([](CLI::App*) { return true; }))
    command->group("Commands");
  app.footer(
      "Exit status: 0 for an offer or a switch, 4 for a valid message without a switch, 1 for a "
      "broken rule,\n3 for incomplete input, 2 for a wrong command line or input that can't be "
      "read.");
}
