// The protocols that Docker's API switches connections to. No RFC defines them: this follows
// Docker's client and daemon.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/grammar/ascii.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace docker {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// `tcp`: the octets of a container's terminal, after `POST /containers/ID/attach`, or after `POST
/// /exec/ID/start` and its content in JSON.
///
/// Rule      the 101 has a Content-Type, which the caller adds to accept() and which stream_of()
///           reads. Either side may close its direction, as on a socket: there are no frames. A 200
///           without a length refuses a client that asked for a switch
///
/// ```cpp
/// static constexpr turnout::profile wanted[] = {turnout::docker::tcp};
/// std::array<char, 256> out;
/// const turnout::proposal attach{.method = turnout::method::post,
///                                .target = "/v1.41/containers/7/attach?stream=1",
///                                .host = "docker",
///                                .protocols = wanted};
/// const auto request = turnout::write_request(attach, out);
/// assert(request->ends_with("Upgrade: tcp\r\nContent-Length: 0\r\n\r\n"));
/// ```
inline constexpr profile tcp{.token = {"tcp"sv, {}}, .methods = method::post, .content = true};

/// `h2c` without HTTP2-Settings, after `POST /session` and `POST /grpc`: HTTP/2 begins with the
/// client's preface, and no stream answers the request. It is not the `h2c` of RFC 7540, which
/// other clients may offer with any request: those are ordinary requests.
inline constexpr profile h2c{.token = {"h2c"sv, {}},
                             .methods = method::post,
                             .opportunistic = true,
                             .by_extended_connect = false};

/// The kind of stream on a connection that speaks `tcp`.
enum class stream : std::uint8_t {
  unknown,     ///< Content-Type is missing, or another one
  raw,         ///< the octets of a terminal
  multiplexed  ///< pieces of standard output and error, each after eight octets
};

/// The name of the enumerator.
constexpr std::string_view name_of(stream one) noexcept {
  constexpr const char* names[] = {"unknown", "raw", "multiplexed"};
  return names[static_cast<std::size_t>(one)];
}

/// The Content-Type of a raw stream.
inline constexpr std::string_view raw_stream = "application/vnd.docker.raw-stream"sv;
/// The Content-Type of a multiplexed stream.
inline constexpr std::string_view multiplexed_stream =
    "application/vnd.docker.multiplexed-stream"sv;

/// Which kind of stream a Content-Type means.
///
/// Takes     content_type: the value of the field in the 101
///
/// ```cpp
/// namespace docker = turnout::docker;
/// assert(docker::stream_of("application/vnd.docker.raw-stream") == docker::stream::raw);
/// assert(docker::stream_of("text/plain") == docker::stream::unknown);
/// ```
constexpr stream stream_of(std::string_view content_type) noexcept {
  if (grammar::equal_ignoring_case(content_type, raw_stream)) return stream::raw;
  if (grammar::equal_ignoring_case(content_type, multiplexed_stream)) return stream::multiplexed;
  return stream::unknown;
}

}  // namespace docker
}  // namespace v0
}  // namespace turnout
