// Law 8, and what a handshake is to those who keep many: small, copied like its octets, and without
// a call that throws.
#include <doctest/doctest.h>

#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

/// Neither reading nor ending throws, nor copying or comparing.
template <class Handshake>
constexpr bool never_throws =
    noexcept(std::declval<Handshake&>().receive(std::string_view{})) && noexcept(
        std::declval<Handshake&>().input_ended(
            {})) && noexcept(std::declval<Handshake&>()
                                 .state()) && noexcept(std::declval<Handshake&>()
                                                           .why()) && noexcept(std::
                                                                                   declval<
                                                                                       Handshake&>() ==
                                                                               std::declval<
                                                                                   Handshake&>()) &&
    std::is_nothrow_copy_constructible_v<Handshake>;

using plain_client = client_handshake<proposal>;
using websocket_client = client_handshake<websocket::proposal>;
using server = server_handshake;
using relay = relay_handshake;
using out = std::span<char>;

static_assert(sizeof(server) <= 128);
static_assert(sizeof(plain_client) <= 128);
static_assert(sizeof(websocket_client) == sizeof(plain_client));  // it refers to the proposal
static_assert(sizeof(relay) <= 144);                              // of two connections

static_assert(std::is_trivially_copyable_v<server>);
static_assert(std::is_trivially_copyable_v<plain_client>);
static_assert(std::is_trivially_copyable_v<websocket_client>);
static_assert(std::is_trivially_copyable_v<server_received>);
static_assert(std::is_trivially_copyable_v<client_received>);
static_assert(std::is_trivially_copyable_v<switched>);
static_assert(std::is_trivially_copyable_v<relay>);

static_assert(never_throws<server>);
static_assert(never_throws<plain_client>);
static_assert(never_throws<websocket_client>);
static_assert(std::is_nothrow_constructible_v<server, std::span<const profile>, const limits&>);
static_assert(noexcept(std::declval<server&>().accept(agreement{}, out{})));
static_assert(noexcept(std::declval<server&>().accept(websocket::agreement{}, out{})));
static_assert(noexcept(std::declval<server&>().decline()));
static_assert(noexcept(std::declval<server&>().require(out{})));
static_assert(noexcept(std::declval<server&>().refuse(refusal{}, out{})));
static_assert(noexcept(std::declval<server&>().start_over()));
static_assert(std::is_nothrow_constructible_v<plain_client, const proposal&, const limits&>);
static_assert(noexcept(std::declval<plain_client&>().write_request(out{})));
static_assert(noexcept(std::declval<websocket_client&>().write_request(out{})));

static_assert(std::is_nothrow_constructible_v<relay, const relay_policy&, const limits&>);
static_assert(std::is_nothrow_copy_constructible_v<relay>);
static_assert(noexcept(std::declval<relay&>().receive_request(std::string_view{})));
static_assert(noexcept(std::declval<relay&>().receive_response(std::string_view{})));
static_assert(noexcept(std::declval<relay&>().forward(relayed_request{}, out{})));
static_assert(noexcept(std::declval<relay&>().forward(relayed_response{}, out{})));
static_assert(noexcept(std::declval<relay&>().open_tunnel(out{})));
static_assert(noexcept(std::declval<relay&>().refuse(refusal{}, out{})));
static_assert(noexcept(std::declval<relay&>().start_over()));
static_assert(noexcept(std::declval<relay&>().client_ended({})));
static_assert(noexcept(std::declval<relay&>().server_ended({})));

}  // namespace

TEST_CASE("[ENG-13] a handshake is at most 128 octets, and 144 of two connections") {
  MESSAGE("server_handshake: " << sizeof(server) << " octets");
  MESSAGE("client_handshake: " << sizeof(plain_client) << " octets");
  MESSAGE("relay_handshake: " << sizeof(relay) << " octets");
  CHECK(sizeof(server) <= 128);
  CHECK(sizeof(plain_client) <= 128);
  CHECK(sizeof(relay) <= 144);
}
