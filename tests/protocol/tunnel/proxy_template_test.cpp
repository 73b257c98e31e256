// The template of a proxy, as a client is configured with it.
#include "turnout/protocol/tunnel/proxy_template.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/both.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::masque::proxy_template;

constexpr failure fault_of(std::string_view text) { return proxy_template::parse(text).error(); }

constexpr bool reads(std::string_view text, std::string_view authority, std::string_view path) {
  const auto read = proxy_template::parse(text);
  return read && read->authority == authority && read->path.text() == path;
}

}  // namespace

TEST_CASE("[TPL-04] [UDP-01] the templates of RFC 9298 section 2 are read") {
  CHECK_BOTH(reads("https://example.org/.well-known/masque/udp/{target_host}/{target_port}/",
                   "example.org", "/.well-known/masque/udp/{target_host}/{target_port}/"));
  CHECK_BOTH(reads("https://proxy.example.org:4443/masque?h={target_host}&p={target_port}",
                   "proxy.example.org:4443", "/masque?h={target_host}&p={target_port}"));
  CHECK_BOTH(reads("https://proxy.example.org:4443/masque{?target_host,target_port}",
                   "proxy.example.org:4443", "/masque{?target_host,target_port}"));
  CHECK_BOTH(proxy_template::parse("HTTPS://a/")->is_https);
  CHECK_BOTH(!proxy_template::parse("http://a/")->is_https);
}

TEST_CASE(
    "[TPL-04] [UDP-01] scheme, authority and path are there, without variables before the path") {
  CHECK_BOTH(fault_of("") == failure{errc::bad_target, 0});
  CHECK_BOTH(fault_of("/masque/{target_host}/{target_port}/") == failure{errc::bad_target, 0});
  CHECK_BOTH(fault_of("ftp://a/") == failure{errc::bad_target, 0});
  CHECK_BOTH(fault_of("https:///x") == failure{errc::bad_authority, 8});
  CHECK_BOTH(fault_of("https://:443/x") == failure{errc::bad_authority, 8});
  CHECK_BOTH(fault_of("https://a") == failure{errc::bad_target, 9});
  CHECK_BOTH(fault_of("https://a?x={target_host}").code != errc::none);
  CHECK_BOTH(fault_of("https://{target_host}/").code == errc::bad_authority);
  CHECK_BOTH(fault_of("https://a/{+target_host}") == failure{errc::bad_target, 11});
  CHECK_BOTH(fault_of("https://a/x#{target_host}") == failure{errc::bad_target, 11});
}
