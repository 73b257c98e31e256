// What a server makes of a request head: RFC 9112 sections 3, 6.3 and 9.3, RFC 9110 sections 7.2,
// 7.8, 9.3.6 and 10.1.1.
#pragma once

#include <cstddef>
#include <optional>

#include "reference/content.hpp"
#include "reference/lines.hpp"

namespace reference {

/// A protocol that a server speaks, or that a client asks for.
struct protocol {
  text token;               // name [ "/" version ]
  texts methods;            // with which it may be asked for
  bool content = false;     // whether the request may have content
  texts nominated = {};     // what Connection must list besides upgrade, in lower case
  bool websocket = false;   // whether RFC 6455 says more about it
  bool under_http = false;  // whether a 101 for it may name HTTP/1 as the layer above it
  bool needs_host = false;
  bool opportunistic = false;  // whether a request that does not fit is an ordinary one
  // Whether a handshake of its own fails unless both sides have switched, and settles the version.
  bool self_confirming = false;

  bool operator==(const protocol&) const = default;
};

/// RFC 9110 section 7.8: protocol = protocol-name [ "/" protocol-version ], a token each.
inline bool is_protocol(const text& octets) {
  const texts parts = split(octets, '/');
  return parts.size() <= 2 && is_token(parts.front()) && is_token(parts.back());
}

/// RFC 9110 section 7.8: the name in any case is the same; the version is compared as it is.
inline bool same_protocol(const text& one, const text& other) {
  const auto normal = [](const text& octets) {
    const std::size_t slash = octets.find('/');
    return lower(octets.substr(0, slash)) + (slash == text::npos ? "" : octets.substr(slash));
  };
  return normal(one) == normal(other);
}

/// True if a list of protocols has this one.
inline bool lists(const list& protocols, const text& token) {
  for (const text& one : protocols.elements)
    if (same_protocol(one, token)) return true;
  return false;
}

/// RFC 3986 section 2: what a URI is made of. "#" parts it from a fragment, which is no part of a
/// request target.
inline const text uri_octets = letters + digits + "-._~" + ":/?[]@" + "!$&'()*+,;=" + "%";

/// RFC 9112 section 3.2.2: absolute-form = scheme "://" authority path-abempty [ "?" query ]; no
/// userinfo, a host that is not empty (RFC 9110 sections 4.2.1 and 4.2.4).
inline bool is_absolute(const text& target) {
  const std::size_t colon = target.find(':');
  if (colon == text::npos || colon == 0 || !contains(letters, target[0])) return false;
  if (!consists_of(letters + digits + "+-.", target.substr(0, colon))) return false;
  if (target.substr(colon, 3) != "://") return false;
  const std::size_t begin = colon + 3;
  const std::size_t end = std::min(target.find_first_of("/?", begin), target.size());
  const auto where = read_authority(target.substr(begin, end - begin));
  return where && !where->host.empty();
}

/// RFC 9112 section 3.2: a path, a whole URI, for CONNECT alone host and port, for OPTIONS alone
/// "*".
inline bool is_target(const text& method, const text& target) {
  if (target.empty() || !consists_of(uri_octets, target)) return false;
  if (method == "CONNECT") {
    const auto where = read_authority(target);
    return where && !where->host.empty() && !where->port.empty();
  }
  if (target == "*") return method == "OPTIONS";
  return target[0] == '/' || is_absolute(target);
}

/// RFC 9112 section 3: request-line = method SP request-target SP HTTP-version.
inline bool read_request_line(const text& octets, head& request) {
  request.start = split(octets, ' ');
  if (request.start.size() != 3) return false;
  if (!is_token(request.start[0]) || !is_target(request.start[0], request.start[1])) return false;
  const text& version = request.start[2];
  if (!is_version(version)) return false;
  request.minor = version[7] - '0';
  // RFC 9110 section 15.6.6: a major version that is not spoken.
  if (version[5] != '1') request.status = 505;
  return version[5] == '1';
}

/// RFC 9112 section 2.2: one empty line before a request is skipped.
inline head read_request_head(const text& octets) {
  const std::size_t skipped = octets.substr(0, 2) == "\r\n" ? 2 : 0;
  const text after = octets.substr(skipped);
  head request = read_head(after, no_line, read_request_line);
  request.size += skipped;
  // Another empty line is not a request line.
  if (request.what == found::whole && request.start.empty()) request.what = found::broken;
  return request;
}

/// RFC 9112 section 3.2: Host once, which HTTP/1.0 may leave out, and with a host as its value.
inline int check_host(const head& request) {
  const texts hosts = values(request.header, "host");
  if (hosts.empty()) return request.minor >= 1 ? 400 : 0;
  return hosts.size() == 1 && read_authority(hosts[0]) ? 0 : 400;
}

/// RFC 9112 section 6.3: where the content of a request ends; otherwise, the status of the answer.
inline int check_framing(const head& request, framing& how) {
  const texts lengths = values(request.header, "content-length");
  const texts lines = values(request.header, "transfer-encoding");
  if (lines.empty()) {
    if (lengths.empty()) return 0;  // item 7: no content
    const auto length = read_length(lengths);
    if (!length) return 400;  // item 5
    how = {framing::kind::length, *length};
    return 0;
  }
  // Item 3 and section 6.1: both together, or Transfer-Encoding in HTTP/1.0, are faulty framing.
  if (!lengths.empty() || request.minor == 0) return 400;
  const list codings = read_list(lines, is_transfer_coding);
  if (codings.too_long) return 431;
  if (codings.malformed || codings.elements.empty()) return 400;
  // Item 4: the length can't be known.
  if (!is_chunked(codings.elements.back()) || misuses_chunked(codings.elements)) return 400;
  // Section 6.1: a coding that is not understood is answered with 501.
  const texts known{"chunked", "compress", "deflate", "gzip", "x-compress", "x-gzip"};
  for (const text& coding : codings.elements)
    if (!list{known}.has(coding_name(coding))) return 501;
  how = {framing::kind::chunked};
  return 0;
}

/// RFC 9110 section 10.1.1: 100-continue is the only expectation there is; any other may be
/// answered with 417. HTTP/1.0 knows none.
inline int check_expect(const head& request, bool& awaits_continue) {
  if (request.minor == 0) return 0;
  const auto is_continue = [](const text& element) { return lower(element) == "100-continue"; };
  const list expected = read_list(values(request.header, "expect"), is_continue);
  if (expected.too_long) return 431;
  awaits_continue = !expected.elements.empty();
  return expected.malformed ? 417 : 0;
}

/// The methods of RFC 9110 section 9.3, of RFC 5789 and of RFC 10008.
inline const texts known_methods{"CONNECT", "DELETE", "GET", "HEAD",  "OPTIONS",
                                 "PATCH",   "POST",   "PUT", "QUERY", "TRACE"};

/// What a server makes of a request.
struct judgement {
  enum class kind { refused, ordinary, offer, tunnel } what = kind::ordinary;
  int status = 0;  // with refused
  framing content;
  bool awaits_continue = false;
  std::vector<protocol> offered;  // with offer: what both speak, as the server prefers it

  void refuse(int with) {
    what = kind::refused;
    status = with;
  }
};

/// Why a protocol can't be had with this request: the status of the refusal, 0 if it can.
inline int check_fit(const head& request, const framing& content, const protocol& wanted) {
  // RFC 9110 section 7.8: no switch to what can't honour the request. Section 9.1: methods are
  // case-sensitive, and one that nobody knows is answered with 501.
  if (!has_exactly(known_methods, request.start[0])) return 501;
  if (!has_exactly(wanted.methods, request.start[0])) return 405;
  if (content.any() && !wanted.content) return 400;
  // RFC 9112 sections 3.2 and 3.3: Host may be empty, unless the protocol needs to know the host.
  if (!wanted.needs_host) return 0;
  return read_authority(values(request.header, "host")[0])->host.empty() ? 400 : 0;
}

/// RFC 9110 section 7.8: what comes of Upgrade in a request that is well-formed.
inline void judge_upgrade(const head& request, const std::vector<protocol>& spoken,
                          judgement& judged) {
  const texts lines = values(request.header, "upgrade");
  // Section 7.8: a server MUST ignore it in HTTP/1.0.
  if (lines.empty() || request.minor == 0) return;
  // Section 7.6.1: it counts for nothing where Connection does not list it. `close` is about the
  // final response (RFC 9112 section 9.6), and a 101 is none.
  const list options = connection(request);
  if (options.too_long) return judged.refuse(431);
  if (options.malformed || !options.has("upgrade")) return;
  const list wanted = read_list(lines, is_protocol);
  if (wanted.too_long) return judged.refuse(431);
  if (wanted.malformed) return;

  std::optional<int> unfit;
  for (const protocol& one : spoken) {
    // RFC 7540 section 3.2: a server MUST ignore h2.
    if (lower(one.token) == "h2" || !lists(wanted, one.token)) continue;
    // RFC 9110 section 7.6.1: what Connection does not list counts for nothing, and so does a
    // protocol that is nothing without it.
    if (!std::all_of(one.nominated.begin(), one.nominated.end(),
                     [&](const text& name) { return options.has(name); }))
      continue;
    const int status = check_fit(request, judged.content, one);
    if (status == 0) judged.offered.push_back(one);
    // RFC 9110 section 7.8: Upgrade may be ignored.
    if (status != 0 && !unfit && !one.opportunistic) unfit = status;
  }
  if (!judged.offered.empty())
    judged.what = judgement::kind::offer;
  else if (unfit)
    judged.refuse(*unfit);
}

/// The protocol that the client likes best among those offered: RFC 9110 section 7.8 has it list
/// them in that order.
inline protocol choose(const head& request, const std::vector<protocol>& offered) {
  for (const text& token : read_list(values(request.header, "upgrade"), is_protocol).elements)
    for (const protocol& one : offered)
      if (same_protocol(one.token, token)) return one;
  return offered[0];
}

/// Judges a whole head.
inline judgement judge_request(const head& request, const std::vector<protocol>& spoken) {
  judgement judged;
  int status = check_host(request);
  if (status == 0) status = check_framing(request, judged.content);
  if (status == 0) status = check_expect(request, judged.awaits_continue);
  const bool connects = status == 0 && request.start[0] == "CONNECT";
  // RFC 9110 section 9.3.6: content in a CONNECT has no meaning.
  if (connects && judged.content.any()) status = 400;
  if (status != 0)
    judged.refuse(status);
  else if (connects)
    judged.what = judgement::kind::tunnel;
  else
    judge_upgrade(request, spoken, judged);
  return judged;
}

}  // namespace reference
