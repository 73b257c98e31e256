// llhttp, the parser of Node.js.
#include <llhttp.h>

#include "called_back.hpp"

namespace differential {
namespace {

using notes_of_it = notes<llhttp_t, HPE_PAUSED>;

reading read(llhttp_type_t type, std::string_view octets) {
  static const llhttp_settings_t settings = [] {
    llhttp_settings_t all;
    llhttp_settings_init(&all);
    return notes_of_it::calling_back(all);
  }();
  notes_of_it taken;
  llhttp_t parser;
  llhttp_init(&parser, type, &settings);
  parser.data = &taken;
  const llhttp_errno_t error = llhttp_execute(&parser, octets.data(), octets.size());
  const char* const end = llhttp_get_error_pos(&parser);
  taken.seen.size = error == HPE_OK || end == nullptr
                        ? octets.size()
                        : static_cast<std::size_t>(end - octets.data());
  const bool wrong = error != HPE_OK && !taken.message_is_complete;
  return taken.finish(parser,
                      type == HTTP_REQUEST
                          ? llhttp_method_name(static_cast<llhttp_method_t>(parser.method))
                          : nullptr,
                      wrong ? llhttp_get_error_reason(&parser) : "");
}

}  // namespace

const parser llhttp{"llhttp",
                    std::to_string(LLHTTP_VERSION_MAJOR) + "." +
                        std::to_string(LLHTTP_VERSION_MINOR) + "." +
                        std::to_string(LLHTTP_VERSION_PATCH),
                    [](std::string_view octets) { return read(HTTP_REQUEST, octets); },
                    [](std::string_view octets) { return read(HTTP_RESPONSE, octets); }};

}  // namespace differential
