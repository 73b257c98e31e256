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
  std::string_view reason;
};

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

inline constexpr named_status reason_phrases[] = {
    {100, "Continue"sv},
    {101, "Switching Protocols"sv},
    {103, "Early Hints"sv},
    {200, "OK"sv},
    {201, "Created"sv},
    {202, "Accepted"sv},
    {203, "Non-Authoritative Information"sv},
    {204, "No Content"sv},
    {205, "Reset Content"sv},
    {206, "Partial Content"sv},
    {300, "Multiple Choices"sv},
    {301, "Moved Permanently"sv},
    {302, "Found"sv},
    {303, "See Other"sv},
    {304, "Not Modified"sv},
    {305, "Use Proxy"sv},
    {307, "Temporary Redirect"sv},
    {308, "Permanent Redirect"sv},
    {400, "Bad Request"sv},
    {401, "Unauthorized"sv},
    {402, "Payment Required"sv},
    {403, "Forbidden"sv},
    {404, "Not Found"sv},
    {405, "Method Not Allowed"sv},
    {406, "Not Acceptable"sv},
    {407, "Proxy Authentication Required"sv},
    {408, "Request Timeout"sv},
    {409, "Conflict"sv},
    {410, "Gone"sv},
    {411, "Length Required"sv},
    {412, "Precondition Failed"sv},
    {413, "Content Too Large"sv},
    {414, "URI Too Long"sv},
    {415, "Unsupported Media Type"sv},
    {416, "Range Not Satisfiable"sv},
    {417, "Expectation Failed"sv},
    {421, "Misdirected Request"sv},
    {422, "Unprocessable Content"sv},
    {426, "Upgrade Required"sv},
    {428, "Precondition Required"sv},
    {429, "Too Many Requests"sv},
    {431, "Request Header Fields Too Large"sv},
    {500, "Internal Server Error"sv},
    {501, "Not Implemented"sv},
    {502, "Bad Gateway"sv},
    {503, "Service Unavailable"sv},
    {504, "Gateway Timeout"sv},
    {505, "HTTP Version Not Supported"sv},
    {511, "Network Authentication Required"sv},
};

}  // namespace detail

/// The reason phrase of a status code. Recipients ignore it.
///
/// Rule      RFC 9110 section 15, RFC 6585, RFC 8297
/// Returns   an empty view for a code that is not registered there
constexpr std::string_view reason_phrase(std::uint16_t status) noexcept {
  for (const detail::named_status& one : detail::reason_phrases)
    if (one.status == status) return one.reason;
  return {};
}

}  // namespace v0
}  // namespace turnout
