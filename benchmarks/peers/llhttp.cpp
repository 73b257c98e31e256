// llhttp, the parser of Node.js.
#include <llhttp.h>

#include <string>
#include <string_view>

#include "called_back.hpp"
#include "peer.hpp"

namespace {

/// Reads a head, in one piece or several. Beside what turnout does, it reads Connection, Upgrade,
/// Content-Length and Transfer-Encoding, and knows the method. It does less: names and values come
/// in as many parts as there are pieces, with the whitespace at the end; a target may have any
/// octet but control ones, a line may be folded, and a space may be before a colon.
class reader : public called_back<llhttp_t> {
 public:
  explicit reader(llhttp_type_t type) {
    llhttp_init(&parser_, type, &settings());
    listen();
  }

  /// Whether the head is whole now, or can't become so.
  bool read(std::string_view piece) {
    return llhttp_execute(&parser_, piece.data(), piece.size()) != HPE_OK || complete_;
  }

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
};

const std::string version = "llhttp " + std::to_string(LLHTTP_VERSION_MAJOR) + "." +
                            std::to_string(LLHTTP_VERSION_MINOR) + "." +
                            std::to_string(LLHTTP_VERSION_PATCH);

const added llhttp{{.name = "llhttp",
                    .version = version,
                    .read_request = read<reader, HTTP_REQUEST>,
                    .read_response = read<reader, HTTP_RESPONSE>,
                    .feed_request = feed<reader, HTTP_REQUEST>}};

}  // namespace
