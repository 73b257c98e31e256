// Law 8, and what a handshake is to those who keep many: small, copied like its octets, and without
// a call that throws.
#include <doctest/doctest.h>

#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "turnout/connection/gateway.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

/// Neither reading nor ending throws, nor copying or comparing.
template <class Handshake>
concept never_throws = std::is_nothrow_copy_constructible_v<Handshake> &&
    requires(Handshake& one, const Handshake& kept) {
  requires noexcept(one.receive({}));
  requires noexcept(one.input_ended({}));
  requires noexcept(kept.state());
  requires noexcept(kept.why());
  requires noexcept(kept == kept);
};

/// The same for connections.
template <class Connection>
concept never_throws_by_turns = std::is_nothrow_copy_constructible_v<Connection> &&
    std::is_trivially_copyable_v<Connection> && requires(Connection& one, const Connection& kept) {
  requires noexcept(one.advance({}, {}));
  requires noexcept(one.end_of_input({}, {}));
  requires noexcept(kept.state());
  requires noexcept(kept == kept);
};

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

static_assert(never_throws_by_turns<server_connection>);
static_assert(never_throws_by_turns<client_connection<proposal>>);
static_assert(never_throws_by_turns<client_connection<websocket::proposal>>);
static_assert(noexcept(std::declval<const server_connection&>().connection_line()));
static_assert(noexcept(std::declval<const client_connection<proposal>&>().keeps_alive()));
static_assert(noexcept(std::declval<const relay_connection&>().keeps_alive()));
static_assert(std::is_nothrow_copy_constructible_v<relay_connection>);
static_assert(std::is_trivially_copyable_v<relay_connection>);
static_assert(noexcept(std::declval<relay_connection&>().advance(relay_side::client, {}, out{})));
static_assert(noexcept(std::declval<relay_connection&>().end_of_input(relay_side::client, {},
                                                                      out{})));
static_assert(noexcept(std::declval<server_connection&>().answer(agreement{}, out{})));
static_assert(noexcept(
    std::declval<server_connection&>().answer(result<websocket::agreement>{failure{}}, out{})));
static_assert(noexcept(std::declval<server_connection&>().refuse(refusal{}, out{})));
static_assert(noexcept(std::declval<server_connection&>().responded()));
static_assert(
    noexcept(std::declval<client_connection<proposal>&>().ask(std::declval<const proposal&>())));
static_assert(std::is_trivially_copyable_v<server_turn>);
static_assert(std::is_trivially_copyable_v<client_turn>);
static_assert(std::is_trivially_copyable_v<relay_turn>);

static_assert(std::is_nothrow_constructible_v<relay, const relay_policy&, const limits&>);
static_assert(std::is_nothrow_copy_constructible_v<relay>);
static_assert(noexcept(std::declval<relay&>().receive_request(std::string_view{})));
static_assert(noexcept(std::declval<relay&>().receive_response(std::string_view{})));
static_assert(noexcept(std::declval<relay&>().forward(std::declval<const relayed_request&>(),
                                                      out{})));
static_assert(noexcept(std::declval<relay&>().forward(std::declval<const relayed_response&>(),
                                                      out{})));
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

TEST_CASE("[ENG-13] a connection is at most 256 octets") {
  MESSAGE("server_connection: " << sizeof(server_connection) << " octets");
  MESSAGE("client_connection: " << sizeof(client_connection<proposal>) << " octets");
  MESSAGE("relay_connection: " << sizeof(relay_connection) << " octets");
  CHECK(sizeof(server_connection) <= 256);
  CHECK(sizeof(client_connection<proposal>) <= 256);
  CHECK(sizeof(client_connection<websocket::proposal>) <= 256);
  CHECK(sizeof(relay_connection) <= 256);
  MESSAGE("gateway::to_http_1: " << sizeof(gateway::to_http_1) << " octets");
  MESSAGE("gateway::from_http_1: " << sizeof(gateway::from_http_1) << " octets");
  CHECK(sizeof(gateway::to_http_1) <= 256);
  CHECK(sizeof(gateway::from_http_1) <= 256);
}
