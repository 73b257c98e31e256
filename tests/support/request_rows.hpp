// Requests that a server and an intermediary judge alike, where both speak `foo/2` with GET alone,
// and `bar` with GET and OPTIONS and where Host names a host.
#pragma once

#include "support/noted.hpp"
#include "turnout/core/errc.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/facts.hpp"

namespace fixtures {

/// Requests that do not fit the protocol that they offer, and why.
inline constexpr row unfit_requests[] = {
    {"Connection: upgrade\r\nUpgrade: foo/2\r\n", turnout::errc::method_not_allowed, 0,
     turnout::field_name::other, turnout::method::post},
    {"Connection: upgrade\r\nUpgrade: foo/2\r\n", turnout::errc::unknown_method, 0,
     turnout::field_name::other, turnout::method::other},
    {"Connection: upgrade\r\nUpgrade: foo/2\r\nContent-Length: 5\r\n",
     turnout::errc::content_not_allowed, 0, turnout::field_name::content_length},
    {"Connection: upgrade\r\nUpgrade: bar\r\nTransfer-Encoding: chunked\r\n",
     turnout::errc::content_not_allowed, 0, turnout::field_name::transfer_encoding},
    {"Connection: upgrade\r\nUpgrade: bar\r\nHost:\r\n", turnout::errc::empty_host, 0,
     turnout::field_name::host},
};

/// Requests that nobody takes, and why.
inline constexpr row malformed_requests[] = {
    {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
     turnout::errc::length_and_transfer_encoding, 0, turnout::field_name::transfer_encoding,
     turnout::method::post},
    {"Content-Length: 42, 42\r\n", turnout::errc::bad_content_length, 2,
     turnout::field_name::content_length},
    {"Content-Length: +5\r\n", turnout::errc::bad_content_length, 0,
     turnout::field_name::content_length},
    {"Content-Length: 5\r\nContent-Length: 5\r\n", turnout::errc::repeated_content_length, 2,
     turnout::field_name::content_length},
    {"Transfer-Encoding: gzip\r\n", turnout::errc::chunked_not_final, 0,
     turnout::field_name::transfer_encoding},
    {"Transfer-Encoding: foo, chunked\r\n", turnout::errc::unknown_transfer_coding, 0,
     turnout::field_name::transfer_encoding},
    {"Transfer-Encoding: chunked\r\n",
     turnout::errc::transfer_encoding_in_http_1_0,
     0,
     turnout::field_name::transfer_encoding,
     turnout::method::post,
     {1, 0}},
    {"Host: a\r\nHost: a\r\n", turnout::errc::repeated_host, 2, turnout::field_name::host},
    {"Host: a b\r\n", turnout::errc::bad_host, 1, turnout::field_name::host},
    {"Host: a b\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n", turnout::errc::bad_host, 1,
     turnout::field_name::host},
    {"Expect: foo\r\n", turnout::errc::expectation_failed, 0, turnout::field_name::expect},
    // Neither an Upgrade that nobody accepts nor one that counts makes it better.
    {"Connection: upgrade\r\nUpgrade: foo/2\r\nExpect: foo\r\n", turnout::errc::expectation_failed,
     0, turnout::field_name::expect, turnout::method::post},
    {"Connection: upgrade\r\nUpgrade: foo/2\r\nExpect: foo\r\n", turnout::errc::expectation_failed,
     0, turnout::field_name::expect},
};

/// Requests for a tunnel, and why there is no offer in them.
inline constexpr row connect_requests[] = {
    {"", turnout::errc::none, 0, turnout::field_name::other, turnout::method::connect},
    {"Connection: close\r\nContent-Length: 0\r\n",
     turnout::errc::none,
     0,
     turnout::field_name::other,
     turnout::method::connect,
     {1, 0}},
    {"Connection: upgrade\r\nUpgrade: foo/2\r\n", turnout::errc::upgrade_on_connect, 0,
     turnout::field_name::upgrade, turnout::method::connect},
};

/// Requests for a tunnel that nobody takes, and why.
inline constexpr row malformed_connect_requests[] = {
    {"Content-Length: 5\r\n", turnout::errc::content_not_allowed, 0,
     turnout::field_name::content_length, turnout::method::connect},
    {"Transfer-Encoding: chunked\r\n", turnout::errc::content_not_allowed, 0,
     turnout::field_name::transfer_encoding, turnout::method::connect},
    {"Host: a b\r\n", turnout::errc::bad_host, 1, turnout::field_name::host,
     turnout::method::connect},
};

}  // namespace fixtures
