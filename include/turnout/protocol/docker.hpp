// The protocols to which Docker's API switches a connection. No RFC has them: they are as Docker's
// client and daemon write and read them.
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

/// `tcp`: the octets of a container's terminal, after `POST /containers/ID/attach` and, after the
/// JSON that is its content, `POST /exec/ID/start`.
///
/// Rule      the 101 has a Content-Type, which the caller adds to accept() and which stream_of()
///           reads. Either side may close its direction, as with a socket: nothing is framed. A 200
///           without a length refuses a client that asked for a switch
inline constexpr profile tcp{.token = {"tcp"sv, {}}, .methods = method::post, .content = true};

/// `h2c` without HTTP2-Settings, after `POST /session` and `POST /grpc`: HTTP/2 begins with the
/// client's preface, and no stream answers the request. It is not the `h2c` of RFC 7540, which
/// other clients may offer with requests that are none for it: those are ordinary requests.
inline constexpr profile h2c{.token = {"h2c"sv, {}},
                             .methods = method::post,
                             .opportunistic = true,
                             .by_extended_connect = false};

/// What is on a connection that speaks `tcp`.
enum class stream : std::uint8_t {
  unknown,     ///< Content-Type says something else, or nothing
  raw,         ///< the octets of a terminal
  multiplexed  ///< pieces of standard output and error, each after eight octets
};

/// The name of an enumerator.
constexpr std::string_view name_of(stream one) noexcept {
  constexpr const char* names[] = {"unknown", "raw", "multiplexed"};
  return names[static_cast<std::size_t>(one)];
}

/// The Content-Type of a raw stream.
inline constexpr std::string_view raw_stream = "application/vnd.docker.raw-stream"sv;
/// The Content-Type of a multiplexed stream.
inline constexpr std::string_view multiplexed_stream =
    "application/vnd.docker.multiplexed-stream"sv;

/// Which stream a Content-Type means.
///
/// Takes     content_type: the value of the field in the 101
constexpr stream stream_of(std::string_view content_type) noexcept {
  if (grammar::equal_ignoring_case(content_type, raw_stream)) return stream::raw;
  if (grammar::equal_ignoring_case(content_type, multiplexed_stream)) return stream::multiplexed;
  return stream::unknown;
}

}  // namespace docker
}  // namespace v0
}  // namespace turnout
