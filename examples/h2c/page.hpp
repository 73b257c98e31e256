// The page of the server, which says how the request came.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "message.hpp"

/// How a request came. The response to one with `Upgrade: h2c` is sent over HTTP/2.
inline constexpr std::string_view over_http_1 = "over HTTP/1.1";
inline constexpr std::string_view by_upgrade = "over HTTP/2, by upgrade from HTTP/1.1";
inline constexpr std::string_view over_http_2 = "over HTTP/2";

inline constexpr std::string_view allowed = "GET, HEAD, OPTIONS, POST";

/// How much of the content of a request the page repeats. Responses are short: curl 7.88 has a
/// buffer of 32 kB for octets after a 101, and fails if there are more.
inline constexpr std::size_t most_shown = 32;

inline message page(std::string_view status, std::string content) {
  message made;
  made.fields = {{":status", std::string{status}},
                 {"content-length", std::to_string(content.size())},
                 {"content-type", "text/plain; charset=utf-8"}};
  made.content = std::move(content);
  return made;
}

/// The response to a request; to HEAD, it has the same fields but no content.
inline message answer(const message& request, std::string_view how) {
  const std::string_view method = request.field(":method");
  if (request.is_too_large) return page("413", "That is too much content.\n");
  if (method == "OPTIONS") {
    message options = page("200", "");
    options.fields["allow"] = allowed;
    return options;
  }
  if (method != "GET" && method != "HEAD" && method != "POST") {
    message refusal = page("405", "This method is not for pages.\n");
    refusal.fields["allow"] = allowed;
    return refusal;
  }
  std::string text = fmt::format("This page came {}.\n", how);
  if (method == "POST") {
    const std::string_view content = request.content;
    const std::string_view end =
        content.substr(content.size() - std::min(content.size(), most_shown));
    text +=
        fmt::format("{} octets came with the request; they end with: {}\n", content.size(), end);
  }
  const std::string_view path = request.field(":path");
  message found = path.substr(0, path.find('?')) == "/" ? page("200", std::move(text))
                                                        : page("404", "There is nothing here.\n");
  if (method == "HEAD") found.content.clear();
  return found;
}
