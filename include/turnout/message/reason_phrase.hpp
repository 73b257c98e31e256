// The reason phrases of the registered status codes: RFC 9110 section 15, RFC 6585 and RFC 8297.
#pragma once

#include <cstdint>
#include <string_view>

#include "turnout/version.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

struct named_status {
  std::uint16_t status;
  const char* reason;
};

inline constexpr named_status reason_phrases[] = {
    {100, "Continue"},
    {101, "Switching Protocols"},
    {103, "Early Hints"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {305, "Use Proxy"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {511, "Network Authentication Required"},
};

}  // namespace detail

/// The reason phrase of a status code. Recipients ignore it.
///
/// Rule      RFC 9110 section 15, RFC 6585, RFC 8297
/// Returns   an empty view for a code that is not registered there
///
/// ```cpp
/// assert(turnout::reason_phrase(426) == "Upgrade Required");
/// assert(turnout::reason_phrase(499).empty());
/// ```
constexpr std::string_view reason_phrase(std::uint16_t status) noexcept {
  for (const detail::named_status& one : detail::reason_phrases)
    if (one.status == status) return one.reason;
  return {};
}

}  // namespace v0
}  // namespace turnout
