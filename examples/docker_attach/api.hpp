// The part of Docker's API that this daemon has: https://docs.docker.com/reference/api/engine/
// There is one container, for any name.
#pragma once

#include <cstdint>
#include <string_view>
#include <turnout/turnout.hpp>

/// The kind of resource at a path.
enum class resource : std::uint8_t {
  document,  ///< always the same content
  echo,      ///< the content of the request
  stream     ///< the container's input and output, after a switch to tcp
};

/// A method and a path, and what is there.
struct place {
  turnout::method method;
  std::string_view path;  ///< without the version of the API; `*` matches any single segment
  resource what = resource::document;
  std::string_view status{"200 OK"};
  std::string_view content{};
  std::string_view media_type{"application/json"};
};

inline constexpr place places[] = {
    {turnout::method::get, "/_ping", resource::document, "200 OK", "OK", "text/plain"},
    {turnout::method::get, "/containers/*/json", resource::document, "200 OK",
     R"({"Id":"echo","State":{"Running":true},"Config":{"OpenStdin":true,"Tty":false}})"},
    {turnout::method::post, "/containers/*/attach", resource::stream},
    {turnout::method::post, "/containers/*/resize"},
    {turnout::method::post, "/containers/*/wait", resource::document, "200 OK",
     R"({"StatusCode":0})"},
    {turnout::method::post, "/containers/*/exec", resource::document, "201 Created",
     R"({"Id":"echo"})"},
    {turnout::method::post, "/exec/*/start", resource::stream},
    {turnout::method::post, "/exec/*/resize", resource::document, "201 Created"},
    {turnout::method::get, "/exec/*/json", resource::document, "200 OK",
     R"({"ID":"echo","Running":false,"ExitCode":0,"Pid":1})"},
    {turnout::method::post, "/echo", resource::echo, "200 OK", "", "application/octet-stream"},
};

/// Removes and returns the first segment of a path, with the slash before it.
constexpr std::string_view take_segment(std::string_view& path) {
  const std::size_t end = path.find('/', path.empty() ? 0 : 1);
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(segment.size());
  return segment;
}

/// True if a pattern matches a path.
constexpr bool matches(std::string_view path, std::string_view pattern) {
  while (!path.empty() && !pattern.empty()) {
    const std::string_view segment = take_segment(path);
    const std::string_view wanted = take_segment(pattern);
    if (segment != wanted && (wanted != "/*" || segment == "/")) return false;
  }
  return path.empty() && pattern.empty();
}

/// The path without the version before it: /v1.49/info is /info.
constexpr std::string_view without_version(std::string_view path) {
  std::string_view rest = path;
  const std::string_view version = take_segment(rest);
  const bool is_one =
      version.starts_with("/v") && version.find_first_not_of("0123456789.", 2) == version.npos;
  return is_one ? rest : path;
}

/// The resource of a request; nullptr if there is none. HEAD finds the same as GET.
constexpr const place* find_place(turnout::method method, std::string_view path) {
  if (method == turnout::method::head) method = turnout::method::get;
  for (const place& one : places)
    if (one.method == method && matches(without_version(path), one.path)) return &one;
  return nullptr;
}
