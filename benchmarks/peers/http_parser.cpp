// http_parser, the parser of Node.js before llhttp, as the system ships it.
#include <http_parser.h>

#include <string>
#include <string_view>

#include "called_back.hpp"
#include "peer.hpp"

namespace {

/// Reads a head, in one piece or several. Beside what turnout does, it reads Connection, Upgrade,
/// Content-Length and Transfer-Encoding, and knows the method. It does less: names and values come
/// in as many parts as there are pieces, with the whitespace at the end; a target may have any
/// octet but control ones, a line may end in a bare LF or be folded, and a space may be before a
/// colon.
class reader : public called_back<http_parser> {
 public:
  explicit reader(http_parser_type type) {
    http_parser_init(&parser_, type);
    listen();
  }

  /// Whether the head is whole now, or can't become so.
  bool read(std::string_view piece) {
    http_parser_execute(&parser_, &settings, piece.data(), piece.size());
    return complete_ || HTTP_PARSER_ERRNO(&parser_) != HPE_OK;
  }

 private:
  static const http_parser_settings settings;
};

const http_parser_settings reader::settings{.on_message_begin = nullptr,
                                            .on_url = nullptr,
                                            .on_status = nullptr,
                                            .on_header_field = on_name,
                                            .on_header_value = on_value,
                                            .on_headers_complete = on_complete,
                                            .on_body = nullptr,
                                            .on_message_complete = nullptr,
                                            .on_chunk_header = nullptr,
                                            .on_chunk_complete = nullptr};

std::string version() {
  const unsigned long number = http_parser_version();
  return "http_parser " + std::to_string(number >> 16 & 255) + "." +
         std::to_string(number >> 8 & 255) + "." + std::to_string(number & 255);
}

const added http_parser_of_node{{.name = "http_parser",
                                 .version = version(),
                                 .read_request = read<reader, HTTP_REQUEST>,
                                 .read_response = read<reader, HTTP_RESPONSE>,
                                 .feed_request = feed<reader, HTTP_REQUEST>}};

}  // namespace
