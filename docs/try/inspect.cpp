// The inspector of examples/inspect for the page: octets in, JSON out.
#include <emscripten/emscripten.h>

#include <string>
#include <string_view>

#include "exchange.hpp"
#include "paste.hpp"
#include "render.hpp"
#include "report.hpp"
#include "request.hpp"
#include "response.hpp"

namespace {

using kind = inspected::kind;

/// A message as it came, or as text that was pasted, whose line ends and marks are mended.
std::string octets_of(std::string_view given, kind what, bool paste) {
  return paste ? pasted_head(std::string{given}, what) : std::string{given};
}

report look(std::string_view request, std::string_view response) {
  const inspected asked{kind::request, "request", request};
  const inspected answered{kind::response, "response", response};
  if (response.empty()) return inspect_request(asked);
  if (request.empty()) return inspect_response(answered);
  return inspect_exchange(asked, answered);
}

}  // namespace

/// Explains a request, a response, or both; an empty one is not there.
///
/// Takes     paste: whether the text was typed or pasted, and is to be mended
/// Returns   JSON: `text` as the terminal shows it, with its colours, `report`, and `status`
/// Borrows   nothing: the text is good until the next call
extern "C" EMSCRIPTEN_KEEPALIVE const char* inspect(const char* request, int request_size,
                                                    const char* response, int response_size,
                                                    int paste) {
  static std::string answer;
  const auto view = [](const char* octets, int size) {
    return std::string_view{octets, static_cast<std::size_t>(size)};
  };
  const std::string asked =
      request_size == 0 ? "" : octets_of(view(request, request_size), kind::request, paste != 0);
  const std::string answered =
      response_size == 0 ? ""
                         : octets_of(view(response, response_size), kind::response, paste != 0);
  const report found = look(asked, answered);
  answer = nlohmann::ordered_json{{"text", renderer{true}.render(found)},
                                  {"report", found.machine},
                                  {"status", found.status}}
               .dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
  return answer.c_str();
}
