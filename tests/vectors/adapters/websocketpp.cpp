// websocketpp as an adapter of score.py, over its transport in memory.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>
#include <websocketpp/client.hpp>
#include <websocketpp/config/core.hpp>
#include <websocketpp/config/core_client.hpp>
#include <websocketpp/extensions/permessage_deflate/enabled.hpp>
#include <websocketpp/server.hpp>
#include <websocketpp/version.hpp>

#include "lines.hpp"

namespace {

using lines::json;
using websocketpp::connection_hdl;

const json skip{{"outcome", "skip"}};

struct deflating : websocketpp::config::core {
  struct permessage_deflate_config {};
  using permessage_deflate_type =
      websocketpp::extensions::permessage_deflate::enabled<permessage_deflate_config>;
};

bool is_name(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(line[i])) != name[i]) return false;
  return true;
}

/// The lines of a head, its start line first.
std::vector<std::string> lines_of(const std::string& head) {
  std::vector<std::string> all;
  std::size_t begin = 0;
  for (std::size_t end; (end = head.find("\r\n", begin)) != std::string::npos && end != begin;) {
    all.push_back(head.substr(begin, end - begin));
    begin = end + 2;
  }
  return all;
}

/// The value of a field in a head; nothing if it is not there.
std::string value_of(const std::vector<std::string>& head, std::string_view name) {
  for (const std::string& line : head)
    if (is_name(line, name)) return line.substr(line.find_first_not_of(' ', name.size() + 1));
  return {};
}

json text_or_null(const std::string& text) { return text.empty() ? json{} : json(text); }

/// An endpoint that logs nothing, and writes into `sent`.
template <class Endpoint>
void set_up(Endpoint& endpoint, std::ostringstream& sent) {
  endpoint.clear_access_channels(websocketpp::log::alevel::all);
  endpoint.clear_error_channels(websocketpp::log::elevel::all);
  endpoint.register_ostream(&sent);
}

template <class Connection>
void give(Connection& connection, const std::string& octets, bool ends) {
  connection.read_all(octets.data(), octets.size());
  if (ends) connection.eof();
}

template <class Config>
json serve(const json& one) {
  std::ostringstream sent;
  websocketpp::server<Config> server;
  set_up(server, sent);
  const json setup = one.value("setup", json::object());
  const json known = setup.value("subprotocols", json::array());
  bool closed = false;
  server.set_validate_handler([&](connection_hdl from) {
    const auto connection = server.get_con_from_hdl(from);
    for (const std::string& name : connection->get_requested_subprotocols()) {
      if (std::find(known.begin(), known.end(), name) == known.end()) continue;
      connection->select_subprotocol(name);
      break;
    }
    return true;
  });
  server.set_http_handler([&](connection_hdl from) {
    server.get_con_from_hdl(from)->set_status(websocketpp::http::status_code::ok);
  });
  server.set_shutdown_handler([&](connection_hdl) {
    closed = true;
    return websocketpp::lib::error_code();
  });
  const auto connection = server.get_connection();
  connection->start();
  give(*connection, lines::octets_of(one, "request"), one.value("end", false));
  const std::vector<std::string> head = lines_of(sent.str());
  if (head.empty()) return {{"outcome", closed ? "close" : "incomplete"}};
  const int status = std::stoi(head.front().substr(head.front().find(' ')));
  const std::vector<std::string> fields(head.begin() + 1, head.end());
  if (status == 101)
    return {{"outcome", "switch"},
            {"protocol", "websocket"},
            {"subprotocol", text_or_null(connection->get_subprotocol())},
            {"deflate", text_or_null(value_of(fields, "sec-websocket-extensions"))},
            {"fields", fields}};
  if (status == 200) return {{"outcome", "ordinary"}, {"close", closed}};
  return {{"outcome", "refuse"}, {"status", status}, {"close", closed}, {"fields", fields}};
}

/// A client whose key is that of the cases.
struct client_config : websocketpp::config::core_client {
  struct rng_type {
    std::uint32_t operator()() {
      std::uint32_t four = 0;
      std::memcpy(&four, &"the sample nonce"[4 * (calls++ % 4)], 4);
      return four;
    }
    int calls = 0;
  };
};

json ask(const json& one) {
  const std::vector<std::string> asked = lines_of(lines::octets_of(one, "request"));
  if (asked.empty() || !value_of(asked, "sec-websocket-extensions").empty()) return skip;
  std::ostringstream sent;
  websocketpp::client<client_config> client;
  set_up(client, sent);
  json answer{{"outcome", "incomplete"}};
  client.set_open_handler([&](connection_hdl to) {
    const std::string name =
        client.get_con_from_hdl(to)->get_response_header("Sec-WebSocket-Protocol");
    answer = {
        {"outcome", "switched"}, {"protocol", "websocket"}, {"subprotocol", text_or_null(name)}};
  });
  client.set_fail_handler([&](connection_hdl to) {
    const int status = client.get_con_from_hdl(to)->get_response_code();
    answer = {{"outcome", "failed"}};
    if (status != 0 && status != 101) answer = {{"outcome", "refused"}, {"status", status}};
  });
  websocketpp::lib::error_code error;
  const std::string& start = asked.front();
  const std::size_t path = start.find(' ') + 1;
  const auto connection =
      client.get_connection("ws://a" + start.substr(path, start.find(' ', path) - path), error);
  if (error) return skip;
  std::istringstream names(value_of(asked, "sec-websocket-protocol"));
  for (std::string name; std::getline(names >> std::ws, name, ',');)
    connection->add_subprotocol(name);
  client.connect(connection);
  give(*connection, lines::octets_of(one, "response"), one.value("end", false));
  return answer;
}

json play(const json& one) {
  if (one.value("profile", "") != "websocket") return skip;
  if (one["role"] == "client") return ask(one);
  const json setup = one.value("setup", json::object());
  if (one["role"] != "server" || setup.contains("origins")) return skip;
  if (!setup.contains("deflate")) return serve<websocketpp::config::core>(one);
  // A server has no way to set the limits that its extension knows.
  const json deflate = setup["deflate"];
  const bool limited = deflate["server_max_window_bits"] != 15 ||
                       deflate["client_max_window_bits"] != 15 ||
                       deflate.contains("server_no_context_takeover");
  return limited ? skip : serve<deflating>(one);
}

}  // namespace

int main(int argc, char**) {
  if (argc > 1) {
    std::cout << websocketpp::major_version << '.' << websocketpp::minor_version << '.'
              << websocketpp::patch_version << '\n';
    return 0;
  }
  lines::answer_each(play);
}
