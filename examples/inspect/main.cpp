// turnout-inspect shows why a handshake fails. It reads octets and prints a diagnosis: for people,
// or as JSON for scripts and other languages.
#include <fmt/core.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>
#include <vector>

#include "chain.hpp"
#include "exchange.hpp"
#include "field.hpp"
#include "inputs.hpp"
#include "network.hpp"
#include "options.hpp"
#include "recorded.hpp"
#include "relay.hpp"
#include "render.hpp"
#include "report.hpp"
#include "request.hpp"
#include "response.hpp"
#include "url.hpp"

namespace {

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
  if (asked.response_file.empty()) {
    const auto [request, response] = all.exchange(asked.file);
    return inspect_exchange(request, response);
  }
  if (asked.file == "-" && asked.response_file == "-")
    throw std::invalid_argument{"standard input can't be both the request and the response"};
  const inspected request = all.request(asked.file);
  return inspect_exchange(request, all.response(asked.response_file));
}

/// A handshake of WebSocket, with a key of its own.
std::string handshake_for(const url& to, const options& asked) {
  std::random_device random;
  std::array<std::uint8_t, 16> nonce;
  std::generate(nonce.begin(), nonce.end(),
                [&random] { return static_cast<std::uint8_t>(random()); });
  const turnout::field::sec_websocket_key key{nonce};
  std::string head = fmt::format(
      "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Key: {}\r\nSec-WebSocket-Version: 13\r\n",
      to.target, to.authority, key.text());
  if (!asked.origin.empty()) head += fmt::format("Origin: {}\r\n", asked.origin);
  if (!asked.subprotocols.empty())
    head += fmt::format("Sec-WebSocket-Protocol: {}\r\n", fmt::join(asked.subprotocols, ", "));
  for (const std::string& line : asked.headers) head += line + "\r\n";
  return head + "\r\n";
}

report run_connect(const options& asked, inputs& all) {
  const auto to = parse_url(asked.url_text);
  if (!to) throw std::invalid_argument{fmt::format("{} is no URL of ws: or wss:", asked.url_text)};
  const auto [request, response] =
      all.both(perform(*to, handshake_for(*to, asked), asked.trusts_any));
  return inspect_exchange(request, response);
}

report run(std::string_view command, const options& asked, inputs& all) {
  if (command == "request") return inspect_request(all.request(asked.file));
  if (command == "response") return inspect_response(all.response(asked.file));
  if (command == "field") return run_field(asked, all);
  if (command == "relay") return run_relay(asked, all);
  if (command == "connect") return run_connect(asked, all);
  if (command == "chain") return inspect_chain(all.request(asked.request_file), asked.models);
  return run_exchange(asked, all);
}

bool is_colored(const options& asked) {
  if (asked.color != "auto") return asked.color == "always";
  const char* const unwanted = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (unwanted == nullptr || *unwanted == '\0');
}

/// Prints a report; false if it can't be.
bool print(const report& found, const options& asked) {
  if (asked.as_json)
    fmt::print("{}\n", found.machine.dump(-1, ' ', true));
  else
    fmt::print("{}", renderer{is_colored(asked)}.render(found));
  return std::fflush(stdout) == 0;
}

/// Prints each handshake that passes: without an end, or up to the first one.
int run_listen(const options& asked) {
  const auto to = parse_url("http://" + asked.server);
  if (!to) throw std::invalid_argument{fmt::format("{} is no host and port", asked.server)};
  int status = positive;
  pass_on(asked.port, *to, [&](const recorded& one) {
    inputs all{false};
    const auto [request, response] = all.both(one);
    const report found = inspect_exchange(request, response);
    status = found.status;
    if (!print(found, asked)) throw std::runtime_error{"the answer can't be written"};
    if (!asked.once && !asked.as_json) fmt::print("\n");
    return !asked.once;
  });
  return status;
}

int print_models() {
  fmt::print("{}", list_of_models());
  return std::fflush(stdout) == 0 ? positive : usage_error;
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
  const std::string command = app.get_subcommands().front()->get_name();
  if (command == "listen") return run_listen(asked);
  if (asked.lists_models) return print_models();
  inputs all{asked.paste};
  const report found = run(command, asked, all);
  if (!print(found, asked)) return complain("the answer can't be written");
  return found.status;
} catch (const std::exception& failed) {
  return complain(failed.what());
}
