// llhttp, the parser of Node.js, from its C sources.
#include <llhttp.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "peer.hpp"

namespace {

/// Reads a head, in one piece or several. Beside what turnout does, it reads Connection, Upgrade,
/// Content-Length and Transfer-Encoding, and knows the method. It does less: names and values come
/// in as many parts as there are pieces, with the whitespace at the end; a target may have any
/// octet but control ones, a line may be folded, and a space may stand before a colon.
class reader {
 public:
  explicit reader(llhttp_type_t type) {
    llhttp_init(&parser_, type, &settings());
    parser_.data = this;
  }

  /// Whether the head is whole now, or can't become so.
  bool read(std::string_view piece) {
    return llhttp_execute(&parser_, piece.data(), piece.size()) != HPE_OK || complete_;
  }

  /// The field lines, once the head is whole.
  tally fields() const { return complete_ ? fields_ : tally{}; }

 private:
  static const llhttp_settings_t& settings() {
    static const llhttp_settings_t made = [] {
      llhttp_settings_t all;
      llhttp_settings_init(&all);
      all.on_header_field = on_name;
      all.on_header_value = on_value;
      all.on_headers_complete = on_complete;
      return all;
    }();
    return made;
  }

  static reader& of(llhttp_t* parser) { return *static_cast<reader*>(parser->data); }

  static int on_name(llhttp_t* parser, const char*, std::size_t size) {
    reader& self = of(parser);
    self.fields_.lines += !self.in_name_;
    self.fields_.octets += size;
    self.in_name_ = true;
    return 0;
  }
  static int on_value(llhttp_t* parser, const char*, std::size_t size) {
    reader& self = of(parser);
    self.fields_.octets += size;
    self.in_name_ = false;
    return 0;
  }
  static int on_complete(llhttp_t* parser) {
    of(parser).complete_ = true;
    return 0;
  }

  llhttp_t parser_;
  tally fields_;
  bool in_name_ = false;
  bool complete_ = false;
};

template <llhttp_type_t type>
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

const std::string version = "llhttp " + std::to_string(LLHTTP_VERSION_MAJOR) + "." +
                            std::to_string(LLHTTP_VERSION_MINOR) + "." +
                            std::to_string(LLHTTP_VERSION_PATCH);

const added llhttp{{.name = "llhttp",
                    .version = version,
                    .read_request = read<HTTP_REQUEST>,
                    .read_response = read<HTTP_RESPONSE>,
                    .feed_request = feed}};

}  // namespace
