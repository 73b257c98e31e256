// http_parser, the parser of Node.js before llhttp.
#include <http_parser.h>

#include "called_back.hpp"

namespace differential {
namespace {

using notes_of_it = notes<::http_parser, 1>;

reading read(http_parser_type type, std::string_view octets) {
  static const http_parser_settings settings = [] {
    http_parser_settings all;
    http_parser_settings_init(&all);
    return notes_of_it::calling_back(all);
  }();
  notes_of_it taken;
  ::http_parser parser;
  http_parser_init(&parser, type);
  parser.data = &taken;
  taken.seen.size = http_parser_execute(&parser, &settings, octets.data(), octets.size());
  const http_errno error = HTTP_PARSER_ERRNO(&parser);
  const bool wrong = error != HPE_OK && !taken.message_is_complete;
  return taken.finish(
      parser,
      type == HTTP_REQUEST ? http_method_str(static_cast<http_method>(parser.method)) : nullptr,
      wrong ? http_errno_description(error) : "");
}

std::string version() {
  const unsigned long number = http_parser_version();
  return std::to_string(number >> 16 & 255) + "." + std::to_string(number >> 8 & 255) + "." +
         std::to_string(number & 255);
}

}  // namespace

const parser http_parser{"http_parser", version(),
                         [](std::string_view octets) { return read(HTTP_REQUEST, octets); },
                         [](std::string_view octets) { return read(HTTP_RESPONSE, octets); }};

}  // namespace differential
