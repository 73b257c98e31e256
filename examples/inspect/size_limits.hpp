// How large a head known implementations accept by default, including turnout.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "heads.hpp"

namespace size_limits_detail {

/// The sizes of a head.
struct sizes {
  std::size_t head = 0;
  std::size_t start_line = 0;
  std::size_t field_line = 0;  ///< the longest
  std::size_t lines = 0;
};

struct limit {
  std::size_t sizes::*of;
  std::size_t most;
  std::string_view what;
  std::string_view who;
  std::string_view answer;
};

inline constexpr turnout::limits ours{};

inline constexpr limit limits[] = {
    {&sizes::head, 8192, "octets in a head", "Tomcat, Jetty", "400 or 431"},
    {&sizes::head, 15360, "octets in a head", "HAProxy", "400"},
    {&sizes::head, 16384, "octets in a head", "Node", "431"},
    {&sizes::head, 32768, "octets in a head", ".NET (Kestrel)", "431"},
    {&sizes::head, ours.head, "octets in a head", "turnout", "431"},
    {&sizes::head, 61440, "octets in a head", "Envoy", "431"},
    {&sizes::start_line, 8190, "octets in a request line", "Apache, aiohttp", "414 or 400"},
    {&sizes::start_line, 8192, "octets in a request line", "nginx, .NET (Kestrel)", "414"},
    {&sizes::start_line, ours.start_line, "octets in a request line", "turnout", "414"},
    {&sizes::field_line, 8190, "octets in a field line", "Apache, aiohttp", "400"},
    {&sizes::field_line, 8192, "octets in a field line", "nginx", "400"},
    {&sizes::field_line, ours.field_line, "octets in a field line", "turnout", "431"},
    {&sizes::lines, 100, "field lines", "Apache, hyper, Envoy, .NET (Kestrel)", "400 or 431"},
    {&sizes::lines, ours.field_lines, "field lines", "turnout", "431"},
};

inline sizes sizes_of(const turnout::request_head& head) {
  sizes all;
  all.head = head.octets.size();
  all.start_line = head.octets.find("\r\n");
  for (const turnout::field_line& line : head.fields) {
    ++all.lines;
    const std::size_t begin = offset_in(head.octets, line.name);
    all.field_line = std::max(all.field_line, head.octets.find("\r\n", begin) - begin);
  }
  return all;
}

}  // namespace size_limits_detail

/// Adds the implementations that refuse a request of this size.
inline void add_size_limits(std::vector<std::string>& to, const turnout::request_head& head) {
  using namespace size_limits_detail;
  const sizes all = sizes_of(head);
  for (const limit& one : limits)
    if (all.*one.of > one.most)
      to.push_back(fmt::format("{}: {} for more than {} {}; here are {}", one.who, one.answer,
                               one.most, one.what, all.*one.of));
}
