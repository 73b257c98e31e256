// The URL of a server on a command line.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

/// The address of a server, and the target of a request.
struct url {
  bool is_secure = false;     ///< wss: or https:
  bool is_websocket = false;  ///< ws: or wss:
  std::string host;           ///< without the brackets of an IPv6 address
  std::string port;
  std::string authority;  ///< the value of Host: without the default port
  std::string target;     ///< path and query, at least "/"
};

/// Reads a URL whose scheme is ws, wss, http or https; nothing for another text.
inline std::optional<url> parse_url(std::string_view text) {
  const auto skip = [&text](std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
  };
  url read;
  read.is_websocket = text.starts_with("ws");
  if (skip("wss://") || skip("https://"))
    read.is_secure = true;
  else if (!skip("ws://") && !skip("http://"))
    return {};

  text = text.substr(0, text.find('#'));
  const auto visible = [](char octet) { return octet > ' ' && octet < '\x7f'; };
  if (!std::all_of(text.begin(), text.end(), visible)) return {};
  const std::string_view authority = text.substr(0, text.find_first_of("/?"));
  read.target = text.substr(authority.size());
  if (!read.target.starts_with('/')) read.target.insert(0, "/");

  const std::size_t colon = authority.rfind(':');
  const bool has_port = colon != authority.npos && authority.find(']', colon) == authority.npos;
  const std::string_view host = authority.substr(0, has_port ? colon : authority.npos);
  const std::string_view usual = read.is_secure ? "443" : "80";
  read.port = has_port ? authority.substr(colon + 1) : usual;
  const bool has_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  read.host = has_brackets ? host.substr(1, host.size() - 2) : host;
  read.authority = read.port == usual ? host : authority;
  const bool is_number = read.port.find_first_not_of("0123456789") == read.port.npos;
  const bool has_user = authority.find('@') != authority.npos;
  if (read.host.empty() || read.port.empty() || !is_number || has_user) return {};
  return read;
}
