// Hints about valid messages.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

#include "heads.hpp"
#include "intent.hpp"
#include "report.hpp"
#include "shown_lines.hpp"

namespace hints_detail {

inline constexpr std::string_view tls_offer =
    "Apache HttpClient 5.4 and later offers TLS/1.2 by default with requests in clear text. A "
    "server "
    "may ignore the offer; Envoy answers it with 403 unless told to ignore it. To switch it off: "
    "RequestConfig.custom().setProtocolUpgradeEnabled(false)";

/// The meaning of a refusal, by its status code.
inline std::string_view sentence_on(std::uint16_t status) {
  switch (status) {
    case 400:
      return "400: the server rejects the request as malformed, or a handler for another protocol "
             "answered";
    case 401:
    case 407:
      return "the client has to authenticate: browsers can't add fields to a WebSocket's request, "
             "so use a cookie or the target";
    case 403:
      return "403: the path exists, but the server refuses this client: check Origin against "
             "its list, the login, and whether a proxy allows the protocol";
    case 404:
      return "404: nothing is at this path: check it, and whether a proxy rewrites it";
    case 405:
      return "405: the path exists, but not for this method";
    case 426:
      return "426: the server requires the protocols in its Upgrade, or HTTP/1.1";
    case 502:
    case 503:
    case 504:
      return "a proxy answered because the server did not: check that the server runs, on this "
             "port, "
             "and without TLS";
    default:
      return {};
  }
}

inline std::string sentence_on(const turnout::response_head& head) {
  if (head.status / 100 == 2)
    return fmt::format(
        "{}: an ordinary handler answered; it ignores the offer, or never received it because a "
        "proxy removed it",
        head.status);
  if (head.status / 100 == 3) {
    const std::string_view location = head.fields.find("Location")->value;
    return fmt::format(
        "{}: neither browsers nor most clients follow redirects here: use {} from the start",
        head.status, location.empty() ? "the right address" : show(location).text);
  }
  return std::string{sentence_on(head.status)};
}

/// The content without the line before its first chunk.
inline std::string_view first_content(const inspected_response& response) {
  const std::string_view rest = response.reading.rest;
  if (!response.facts.has(turnout::field_name::transfer_encoding)) return rest;
  const std::size_t end = rest.find("\r\n");
  return end == rest.npos ? std::string_view{} : rest.substr(end + 2);
}

/// The first non-empty line of a refusal's content.
inline std::string first_line(const inspected_response& response) {
  constexpr std::size_t shown = 100;
  if (has_line(response.head, "Content-Encoding")) return {};
  std::string_view content = first_content(response);
  content.remove_prefix(std::min(content.find_first_not_of("\r\n\t "), content.size()));
  return show(content.substr(0, std::min(content.find_first_of("\r\n"), shown))).text;
}

}  // namespace hints_detail

/// Adds hints about an offer.
inline void hint_at_offer(report& to, const inspected_request& request) {
  if (!nominates(request.facts, "upgrade") || request.head.target.octets == "*") return;
  const auto listed =
      turnout::field::upgrade::parse(request.facts.lines(turnout::field_name::upgrade));
  if (!listed || listed->size() != 1 || !(*listed->begin() == turnout::tls::v1_2.token)) return;
  to.hints.emplace_back(hints_detail::tls_offer);
}

/// Adds what a final response to a request that wanted to switch means, and how its content begins.
inline void hint_at_refusal(report& to, const inspected_request& request,
                            const inspected_response& response) {
  using namespace hints_detail;
  if (!means_to_switch(request.facts)) return;
  if (const auto meaning = sentence_on(response.head); !meaning.empty())
    to.hints.push_back(meaning);
  if (const auto line = first_line(response); !line.empty())
    to.hints.push_back(fmt::format("its content begins: {}", line));
}
