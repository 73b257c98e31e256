// http_parser, the parser of Node.js before llhttp, as the system ships it.
#include <http_parser.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "peer.hpp"

namespace {

/// Reads a head, in one piece or several. Beside what turnout does, it reads Connection, Upgrade,
/// Content-Length and Transfer-Encoding, and knows the method. It does less: names and values come
/// in as many parts as there are pieces, with the whitespace at the end; a target may have any
/// octet but control ones, a line may end in a bare LF or be folded, and a space may stand before a
/// colon.
class reader {
 public:
  explicit reader(http_parser_type type) {
    http_parser_init(&parser_, type);
    parser_.data = this;
  }

  /// Whether the head is whole now, or can't become so.
  bool read(std::string_view piece) {
    http_parser_execute(&parser_, &settings, piece.data(), piece.size());
    return complete_ || HTTP_PARSER_ERRNO(&parser_) != HPE_OK;
  }

  /// The field lines, once the head is whole.
  tally fields() const { return complete_ ? fields_ : tally{}; }

 private:
  static const http_parser_settings settings;

  static reader& of(http_parser* parser) { return *static_cast<reader*>(parser->data); }

  static int on_name(http_parser* parser, const char*, std::size_t size) {
    reader& self = of(parser);
    self.fields_.lines += !self.in_name_;
    self.fields_.octets += size;
    self.in_name_ = true;
    return 0;
  }
  static int on_value(http_parser* parser, const char*, std::size_t size) {
    reader& self = of(parser);
    self.fields_.octets += size;
    self.in_name_ = false;
    return 0;
  }
  static int on_complete(http_parser* parser) {
    of(parser).complete_ = true;
    return 0;
  }

  http_parser parser_;
  tally fields_;
  bool in_name_ = false;
  bool complete_ = false;
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

template <http_parser_type type>
tally read(std::string_view head) {
  reader reading{type};
  reading.read(head);
  return reading.fields();
}

tally feed(std::string_view head, std::size_t piece) {
  reader reading{HTTP_REQUEST};
  for (std::size_t at = 0; at < head.size() && !reading.read(head.substr(at, piece));) at += piece;
  return reading.fields();
}

std::string version() {
  const unsigned long number = http_parser_version();
  return "http_parser " + std::to_string(number >> 16 & 255) + "." +
         std::to_string(number >> 8 & 255) + "." + std::to_string(number & 255);
}

const added http_parser_of_node{{.name = "http_parser",
                                 .version = version(),
                                 .read_request = read<HTTP_REQUEST>,
                                 .read_response = read<HTTP_RESPONSE>,
                                 .feed_request = feed}};

}  // namespace
