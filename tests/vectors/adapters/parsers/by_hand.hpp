// What a program decides that uses a parser and checks the rest by hand, carefully: the adapter of
// llhttp, http_parser, picohttpparser and Boost.Beast's parser.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "differential/reading.hpp"

namespace by_hand {

using differential::reading;
using json = nlohmann::ordered_json;

inline std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char one) { return static_cast<char>(std::tolower(one)); });
  return text;
}

/// The values of a field.
inline std::vector<std::string> values_of(const reading& message, std::string_view name) {
  std::vector<std::string> all;
  for (const auto& [other, value] : message.fields)
    if (lowered(other) == name) all.push_back(value);
  return all;
}

/// The members of the lists in a field, in lower case.
inline std::vector<std::string> members_of(const reading& message, std::string_view name) {
  std::vector<std::string> all;
  for (const std::string& value : values_of(message, name)) {
    for (std::size_t begin = 0; begin <= value.size();) {
      const std::size_t end = std::min(value.find(',', begin), value.size());
      const std::size_t first = value.find_first_not_of(" \t", begin);
      const std::size_t last = value.find_last_not_of(" \t", end == 0 ? 0 : end - 1);
      if (first < end && last >= first)
        all.push_back(lowered(value.substr(first, last - first + 1)));
      begin = end + 1;
    }
  }
  return all;
}

inline bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

inline std::string method_of(const reading& request) {
  return request.start.substr(0, request.start.find(' '));
}

enum class content { whole, part, bad };

/// Reads the content of a message of which the parser has read the head alone. It is bad if it is
/// chunked, which this program does not read.
inline content read_content(reading& message, std::string_view rest) {
  if (message.content) return message.content->second ? content::whole : content::part;
  if (!values_of(message, "transfer-encoding").empty()) return content::bad;
  const auto lengths = values_of(message, "content-length");
  if (lengths.empty()) return content::whole;
  const bool digits = lengths.front().find_first_not_of("0123456789") == std::string::npos;
  if (lengths.size() > 1 || !digits || lengths.front().empty() || lengths.front().size() > 9)
    return content::bad;
  const std::size_t size = std::stoull(lengths.front());
  if (rest.size() < size) return content::part;
  message.content.emplace(rest.substr(0, size), true);
  message.size += size;
  return content::whole;
}

/// True for 24 octets of base64 that are 16 octets.
inline bool is_key(const std::vector<std::string>& values) {
  if (values.size() != 1 || values.front().size() != 24 || !values.front().ends_with("=="))
    return false;
  return std::all_of(values.front().begin(), values.front().end() - 2, [](unsigned char one) {
    return std::isalnum(one) || one == '+' || one == '/';
  });
}

/// What a server answers to a request: 101, 200 or a refusal.
inline int answer_to(const reading& request, const std::vector<std::string>& spoken,
                     std::string& chosen) {
  const std::string method = method_of(request);
  const std::size_t hosts = values_of(request, "host").size();
  if (hosts > 1 || (request.minor_version >= 1 && hosts == 0)) return 400;
  if (method == "CONNECT") return 501;
  if (request.minor_version < 1 || !has(members_of(request, "connection"), "upgrade")) return 200;
  for (const std::string& one : members_of(request, "upgrade"))
    if (chosen.empty() && has(spoken, one)) chosen = one;
  if (chosen.empty()) return 200;
  if (chosen != "websocket")
    return method == "GET" || method == "POST" || method == "OPTIONS" ? 101 : 405;
  if (method != "GET") return 405;
  if (values_of(request, "sec-websocket-version") != std::vector<std::string>{"13"}) return 426;
  return is_key(values_of(request, "sec-websocket-key")) ? 101 : 400;
}

inline bool closes(const reading& request) {
  const auto options = members_of(request, "connection");
  return has(options, "close") || (request.minor_version < 1 && !has(options, "keep-alive"));
}

/// Plays a server.
inline json serve(const differential::parser& parser, std::string_view octets, bool ends,
                  const std::vector<std::string>& spoken) {
  json last;
  for (int before = 0;; ++before) {
    reading request = parser.read_request(octets);
    if (request.what == reading::outcome::refused)
      return {{"outcome", "refuse"}, {"status", 400}, {"close", true}, {"before", before}};
    if (request.what == reading::outcome::waits && octets.empty() && !last.is_null()) return last;
    if (request.what == reading::outcome::waits)
      return {{"outcome", ends ? "close" : "incomplete"}, {"before", before}};
    const content read =
        read_content(request, octets.substr(std::min(request.size, octets.size())));
    if (read == content::bad)
      return {{"outcome", "refuse"}, {"status", 400}, {"close", true}, {"before", before}};
    if (read == content::part)
      return {{"outcome", ends ? "close" : "incomplete"}, {"before", before}};
    std::string chosen;
    const int status = answer_to(request, spoken, chosen);
    const std::size_t left = octets.size() - std::min(request.size, octets.size());
    if (status == 101)
      return {{"outcome", "switch"}, {"protocol", chosen}, {"leftover", left}, {"before", before}};
    if (status != 200)
      return {{"outcome", "refuse"}, {"status", status}, {"close", true}, {"before", before}};
    last = {{"outcome", "ordinary"}, {"close", closes(request)}, {"before", before}};
    if (closes(request)) return last;
    octets.remove_prefix(octets.size() - left);
  }
}

/// Plays a client that has offered a protocol.
inline json ask(const differential::parser& parser, std::string_view octets, bool ends,
                const std::string& offered) {
  json interim = json::array();
  for (;;) {
    reading response = parser.read_response(octets);
    if (response.what == reading::outcome::refused) return {{"outcome", "failed"}};
    if (response.what == reading::outcome::waits) {
      const bool waits = octets.empty() && !interim.empty();
      return {{"outcome", ends    ? "failed"
                          : waits ? "interim"
                                  : "incomplete"},
              {"interim", interim}};
    }
    const int status = std::stoi("0" + response.start);
    const std::size_t used = std::min(response.size, octets.size());
    if (status == 101) {
      const bool right = members_of(response, "upgrade") == std::vector{lowered(offered)} &&
                         has(members_of(response, "connection"), "upgrade");
      if (!right) return {{"outcome", "failed"}};
      return {{"outcome", "switched"},
              {"protocol", offered},
              {"leftover", octets.size() - used},
              {"interim", interim}};
    }
    if (status >= 200) {
      const content read = read_content(response, octets.substr(used));
      if (read == content::bad) return {{"outcome", "failed"}};
      return {{"outcome", "refused"},
              {"status", status},
              {"complete", read == content::whole},
              {"interim", interim}};
    }
    interim.push_back(status);
    octets.remove_prefix(used);
  }
}

}  // namespace by_hand
