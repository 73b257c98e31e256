// The laws of everything that is read from a value, over the values that the tests have, and over
// all that are one edit away.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/edits.hpp"
#include "support/value_laws.hpp"

namespace {

using namespace turnout;
using namespace std::string_literals;

template <class Law>
void check(const std::string& value, const Law& law) {
  const auto holds = [&law](const std::string& edited) {
    CAPTURE(edited);
    CHECK(law(edited) == "");
  };
  holds(value);
  edits::for_each_edit(value, 0, holds);
}

}  // namespace

TEST_CASE("[ENG-04] a field value reads back the same after it was written") {
  using namespace turnout::field;
  using value_laws::reads_what_it_writes;
  check("websocket, h2c , TLS/1.2", reads_what_it_writes<upgrade>);
  check("keep-alive,, Upgrade", reads_what_it_writes<field::connection>);
  check("100-continue", reads_what_it_writes<expect>);
  check("gzip;a=\"b\\\"c\", chunked", reads_what_it_writes<transfer_encoding>);
  check("13, 8", reads_what_it_writes<sec_websocket_version>);
  check("chat, superchat", reads_what_it_writes<sec_websocket_protocol>);
  check("x; y=\"1\", permessage-deflate; client_max_window_bits",
        reads_what_it_writes<sec_websocket_extensions>);
  check("dGhlIHNhbXBsZSBub25jZQ==", reads_what_it_writes<sec_websocket_key>);
  check("[2001:db8::1]:8080", reads_what_it_writes<field::host>);
  check("0042", reads_what_it_writes<content_length>);
  check("h2, http%2F1.1", reads_what_it_writes<field::alpn>);
}

TEST_CASE("[GRM-03] [GRM-18] the grammar agrees with the reference") {
  using namespace value_laws;
  check("a, b,,\tc", [](const std::string& value) {
    return lists_as_reference<field::connection>(value, reference::is_token);
  });
  for (const std::string& value : {"[::ffff:1.2.3.4]:80"s, "a%20b:65535"s})
    check(value, authority_as_reference);
  check("\"a\\\"b\\\\\" c", word_as_reference);
  check("65535", [](const std::string& value) { return decimal_is_exact(value, 65535); });
  check("18446744073709551615",
        [](const std::string& value) { return decimal_is_exact(value, UINT64_MAX); });
  check("AAMAAABkAAQAAP__", [](const std::string& value) {
    return base64_says_the_same(value, grammar::base64::url_unpadded);
  });
  check("dGhlIHNhbXBsZSBub25jZQ==", [](const std::string& value) {
    return base64_says_the_same(value, grammar::base64::padded);
  });
  check("2001%3Adb8%3a%3A1", uri_variable_decodes);
  for (const std::string& form :
       {"/m{?host,port}"s, "/{host}/{port}/"s, "/{host}{port}"s, "/a?b={port}{&host}"s})
    check(form, template_matches_expansion);
}

TEST_CASE("[PRS-01] [PRS-02] reports of proxies are written as they are read") {
  check("a; error=b; next-hop=c, \"d e\"; details=\"f\"; received-status=502",
        value_laws::reports_read_what_they_write);
}

TEST_CASE("[WS-02] [H2C-10] [ALP-01] URIs, settings and names mean the same to both sides") {
  for (const std::string& uri : {"ws://a.b:81/c?d"s, "wss://[::1]:443?e"s})
    check(uri, value_laws::uri_is_asked_for);
  check("AAMAAABkAAQAAP__", value_laws::settings_are_those_of_the_frame);
  check("\0\x0C\x02h2\x08http/1.1"s, value_laws::names_go_through_alpn);
}
