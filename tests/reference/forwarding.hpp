// What an intermediary makes of a request head: RFC 9110 sections 5.3, 7.6, 7.8 and 10.1.1, RFC
// 9112 sections 2.3 and 3.2.
#pragma once

#include <cstddef>

#include "reference/request.hpp"

namespace reference {

/// What becomes of a request.
struct forwarding {
  enum class kind { incomplete, broken, refused, answered, sent } what = kind::incomplete;
  int status = 0;      // with refused
  text start = {};     // with sent: the request line
  fields header = {};  // with sent
};

/// RFC 9110 section 7.6.1: what is for one connection, listed or not; RFC 7540 section 3.2.1;
/// RFC 9112 section 9.6: `close` is not a field.
inline const texts of_one_hop{"close", "connection", "http2-settings",  "keep-alive",
                              "te",    "upgrade",    "proxy-connection"};

/// RFC 9110 section 7.6.1: what is for all recipients is not to be listed, by an RFC or by wide
/// use.
inline bool is_for_all(const text& name) {
  const texts names{"alpn",
                    "authorization",
                    "authentication-info",
                    "cache-control",
                    "capsule-protocol",
                    "client-cert",
                    "client-cert-chain",
                    "client-ip",
                    "cookie",
                    "expect",
                    "fastly-client-ip",
                    "fly-client-ip",
                    "forwarded",
                    "host",
                    "max-forwards",
                    "origin",
                    "range",
                    "referer",
                    "remote-user",
                    "set-cookie",
                    "strict-transport-security",
                    "trailer",
                    "transfer-encoding",
                    "true-client-ip",
                    "vary",
                    "via",
                    "www-authenticate",
                    "x-api-key",
                    "x-client-ip",
                    "x-cluster-client-ip",
                    "x-csrf-token",
                    "x-f5-auth-token",
                    "x-frame-options",
                    "x-proxyuser-ip",
                    "x-real-ip",
                    "x-rewrite-url",
                    "x-stream-protocol-version",
                    "x-xsrf-token"};
  const texts beginnings{"access-control-", "cf-",           "content-",    "if-",
                         "impersonate-",    "sec-",          "ssl-client-", "x-amz-",
                         "x-amzn-",         "x-appengine-",  "x-auth-",     "x-authenticated-",
                         "x-azure-",        "x-client-cert", "x-envoy-",    "x-forwarded-",
                         "x-goog-",         "x-ms-",         "x-original-", "x-remote-",
                         "x-ssl-",          "x-webauth-"};
  for (const text& one : beginnings)
    if (name.substr(0, one.size()) == one) return true;
  return has_exactly(names, name);
}

/// RFC 9112 section 3.2: the target in two parts, of which only the second one is forwarded: the
/// authority, which says what Host is, and what a server is asked for.
struct target_parts {
  text authority;
  text asked;
};

inline target_parts cut_target(const text& method, const text& target) {
  if (method == "CONNECT") return {target, target};
  if (target[0] == '/' || target == "*") return {"", target};
  const std::size_t begin = target.find("://") + 3;
  const std::size_t end = std::min(target.find_first_of("/?", begin), target.size());
  const auto where = read_authority(target.substr(begin, end - begin));
  const text authority = where->host + (where->port.empty() ? "" : ":" + where->port);
  const text asked = target.substr(end);
  // Section 3.2.4: OPTIONS for the server as a whole; section 3.2.1: no path is "/".
  if (asked.empty()) return {authority, method == "OPTIONS" ? "*" : "/"};
  return {authority, (asked[0] == '?' ? "/" : "") + asked};
}

/// RFC 9110 section 7.6.2: a number, or what exceeds 64 bits; one less is forwarded.
inline text one_less(const text& octets) {
  const text number = octets.substr(octets.find_first_not_of('0'));
  const text most = "18446744073709551615";
  const bool fits = number.size() < most.size() || (number.size() == most.size() && number <= most);
  return std::to_string(std::stoull(fits ? number : most) - 1);
}

/// Why a request is not forwarded: the status of the answer, 0 if it is.
inline int check_forwarding(const head& request, const std::vector<protocol>& allowed,
                            judgement& judged) {
  int status = check_host(request);
  if (status == 0) status = check_framing(request, judged.content);
  if (status == 0) status = check_expect(request, judged.awaits_continue);
  if (status != 0) return status;
  const bool connects = request.start[0] == "CONNECT";
  if (connects && judged.content.any()) return 400;
  // What only does not fit the protocols does not matter here; a limit does.
  if (!connects) judge_upgrade(request, allowed, judged);
  if (judged.what == judgement::kind::refused && judged.status == 431) return 431;
  const list options = connection(request);
  if (options.too_long) return 431;
  if (options.malformed) return 400;
  for (const text& option : options.elements)
    if (is_for_all(lower(option))) return 400;
  return 0;
}

/// RFC 9110 section 7.8: the protocols that the intermediary itself offers, in the client's order.
/// What needs more fields for this connection is not offered on.
inline text offered_on(const head& request, const std::vector<protocol>& offered) {
  list made;
  for (const text& token : read_list(values(request.header, "upgrade"), is_protocol).elements)
    for (const protocol& one : offered)
      if (one.nominated.empty() && same_protocol(one.token, token) && !lists(made, one.token))
        made.elements.push_back(one.token);
  text joined;
  for (const text& one : made.elements) joined += (joined.empty() ? "" : ", ") + one;
  return joined;
}

/// RFC 9112 section 6.1: content is forwarded with its codings.
inline text joined_codings(const head& request) {
  text joined;
  const texts lines = values(request.header, "transfer-encoding");
  for (const text& one : read_list(lines, is_transfer_coding).elements)
    joined += (joined.empty() ? "" : ", ") + one;
  return joined;
}

/// Forwards a request for an intermediary of that name.
inline forwarding forward(const text& octets, const std::vector<protocol>& allowed,
                          const text& name) {
  using kind = forwarding::kind;
  const head request = read_request_head(octets);
  if (request.what != found::whole)
    return {request.what == found::broken ? kind::broken : kind::incomplete};
  judgement judged;
  const int status = check_forwarding(request, allowed, judged);
  if (status != 0) return {kind::refused, status};
  const text& method = request.start[0];
  const texts hops = values(request.header, "max-forwards");
  const bool counts = (method == "OPTIONS" || method == "TRACE") && !hops.empty();
  if (counts && (hops.size() > 1 || hops[0].empty() || !consists_of(digits, hops[0])))
    return {kind::refused, 400};
  if (counts && consists_of("0", hops[0])) return {kind::answered};

  const target_parts target = cut_target(method, request.start[1]);
  forwarding sent{kind::sent, 0, method + " " + target.asked + " HTTP/1.1"};
  const bool named = !target.authority.empty();
  if (named || values(request.header, "host").empty())
    sent.header.push_back({"host", target.authority});
  const list options = connection(request);
  for (const field& one : request.header) {
    const bool again = one.name == "transfer-encoding" && !values(sent.header, one.name).empty();
    if (has_exactly(of_one_hop, one.name) || options.has(one.name) || again) continue;
    if (one.name == "host" && named) continue;
    if (one.name == "expect" && request.minor == 0) continue;
    sent.header.push_back(one);
    if (one.name == "transfer-encoding") sent.header.back().value = joined_codings(request);
    if (one.name == "max-forwards" && counts) sent.header.back().value = one_less(one.value);
  }
  sent.header.push_back({"via", "1." + std::to_string(request.minor) + " " + name});
  const text offer = offered_on(request, judged.offered);
  if (offer.empty()) return sent;
  sent.header.push_back({"connection", "Upgrade"});
  sent.header.push_back({"upgrade", offer});
  return sent;
}

}  // namespace reference
