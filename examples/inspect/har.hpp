// Exchanges from a HAR file, in which browsers and proxies save what they have seen.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "recorded.hpp"
#include "report.hpp"

namespace har_detail {

inline std::string text_in(const json& from, const char* key) {
  const auto found = from.find(key);
  return found != from.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// HTTP/1.1, in upper case: Chromium writes lower case, or nothing.
inline std::string version_in(const json& message) {
  std::string version = text_in(message, "httpVersion");
  for (char& octet : version)
    if (octet >= 'a' && octet <= 'z') octet = static_cast<char>(octet - 'a' + 'A');
  return version.starts_with("HTTP/") ? version : version == "H2" ? "HTTP/2.0" : "HTTP/1.1";
}

/// The field lines, without the pseudo fields of HTTP/2.
inline std::string lines_in(const json& message) {
  std::string lines;
  for (const json& one : message.value("headers", json::array())) {
    const std::string name = text_in(one, "name");
    if (!name.starts_with(':')) lines += fmt::format("{}: {}\r\n", name, text_in(one, "value"));
  }
  return lines + "\r\n";
}

inline bool has_field(const json& message, std::string_view name) {
  for (const json& one : message.value("headers", json::array()))
    if (turnout::grammar::equal_ignoring_case(text_in(one, "name"), name)) return true;
  return false;
}

/// What a URL asks of its server.
inline std::string target_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return std::string{url};
  const std::size_t path = url.find_first_of("/?", scheme + 3);
  if (path == url.npos) return "/";
  return fmt::format("{}{}", url[path] == '/' ? "" : "/", url.substr(path));
}

inline recorded read_entry(const json& entry) {
  const json request = entry.value("request", json::object());
  const json response = entry.value("response", json::object());
  recorded made;
  made.request =
      fmt::format("{} {} {}\r\n{}", text_in(request, "method"), target_of(text_in(request, "url")),
                  version_in(request), lines_in(request));
  const auto status = response.find("status");
  const bool is_answered = status != response.end() && status->is_number_integer() && *status > 0;
  if (!is_answered) return made;
  made.response = fmt::format("{} {} {}\r\n{}", version_in(response), status->get<int>(),
                              text_in(response, "statusText"), lines_in(response));
  // Content is saved without its codings.
  const bool is_plain =
      !has_field(response, "content-encoding") && !has_field(response, "transfer-encoding");
  const json content = response.value("content", json::object());
  if (is_plain && text_in(content, "encoding").empty()) made.response += text_in(content, "text");
  return made;
}

}  // namespace har_detail

/// The exchanges of a HAR file; none if it is no such file.
inline std::vector<recorded> read_har(std::string_view octets) {
  std::vector<recorded> all;
  if (octets.substr(0, octets.find_first_not_of(" \t\r\n\xef\xbb\xbf") + 1).find('{') ==
      octets.npos)
    return all;
  const json file = json::parse(octets, nullptr, false);
  if (!file.is_object() || !file.contains("log") || !file["log"].is_object()) return all;
  for (const json& entry : file["log"].value("entries", json::array())) try {
      all.push_back(har_detail::read_entry(entry));
    } catch (const json::exception&) {
      continue;  // It has another shape: what else is in the file may be of use.
    }
  return all;
}
