// Law 8, the other half: turnout throws nothing itself, and lets through what the caller's own code
// throws. A function that is noexcept whatever it calls would end the program instead.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "support/fixtures.hpp"
#include "turnout/protocol.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

// Each function is as noexcept as what it is given.
constexpr auto takes_octets = [](std::string_view) noexcept {};
constexpr auto takes_octets_or_throws = [](std::string_view) {};
static_assert(noexcept(forwarding::forwarded_content{}.for_each_part(takes_octets)));
static_assert(!noexcept(forwarding::forwarded_content{}.for_each_part(takes_octets_or_throws)));

constexpr auto takes_profile = [](const profile&) noexcept {};
constexpr auto takes_profile_or_throws = [](const profile&) {};
static_assert(noexcept(offer{}.for_each(takes_profile)));
static_assert(noexcept(forwarding::relayed_offer{}.for_each(takes_profile)));
static_assert(!noexcept(offer{}.for_each(takes_profile_or_throws)));
static_assert(!noexcept(forwarding::relayed_offer{}.for_each(takes_profile_or_throws)));

constexpr auto sees_line = [](std::string_view, std::string_view) noexcept {};
constexpr auto sees_line_or_throws = [](std::string_view, std::string_view) {};
template <class See>
constexpr bool reads_nothrow = requires(resume_mark mark, request_head into, const See& see) {
  requires noexcept(read_head(into, std::string_view{}, limits{}, mark, see));
};
static_assert(reads_nothrow<decltype(sees_line)>);
static_assert(!reads_nothrow<decltype(sees_line_or_throws)>);

}  // namespace

#if defined(__cpp_exceptions)

namespace {

constexpr std::string_view asking =
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: mine\r\n\r\n";
constexpr std::string_view switching =
    "HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: mine\r\n\r\n";
constexpr profile mine{.token = {"mine", ""}};

// What a caller's function throws, as a write to a closed connection does.
struct broken_pipe {};

constexpr auto throws = [](const auto&...) { throw broken_pipe{}; };

struct throwing_value {
  void put(writer&) const { throw broken_pipe{}; }
};

struct throwing_proposal : proposal {
  throwing_proposal() : proposal{.host = "a", .protocols = {&mine, 1}} {}
  void put_fields(writer&) const { throw broken_pipe{}; }
  finding check_switch(const facts&, const profile&, std::size_t) const { throw broken_pipe{}; }
  failure check_after(const throwing_proposal&) const { throw broken_pipe{}; }
};

struct silent_proposal : throwing_proposal {
  void put_fields(writer&) const noexcept {}
};

struct throwing_agreement : agreement {
  void put_fields(writer&) const { throw broken_pipe{}; }
};

// Field lines of another parser, which may throw when it is asked for them.
struct throwing_fields {
  const field_line* begin() const { throw broken_pipe{}; }
  const field_line* end() const { return nullptr; }
};

// Names that another program keeps.
struct throwing_names {
  const std::string_view* begin() const { throw broken_pipe{}; }
  const std::string_view* end() const { return nullptr; }
};

struct throwing_text {
  operator std::string_view() const { throw broken_pipe{}; }
};

struct throwing_octets {
  char* data() const { throw broken_pipe{}; }
  std::size_t size() const { return 0; }
};

struct throwing_target {
  static constexpr turnout::profile profile = mine;
  static constexpr turnout::grammar::uri_template default_template =
      *turnout::grammar::uri_template::parse("/{target}");
  static result<throwing_target> parse(std::string_view, const turnout::grammar::uri_template&) {
    throw broken_pipe{};
  }
};

}  // namespace

TEST_CASE("[ENG-13] an exception of a function for field lines reaches the caller") {
  resume_mark mark;
  request_head into;
  CHECK_THROWS_AS((void)read_head(into, asking, limits{}, mark, throws), broken_pipe);
  response_head answer;
  CHECK_THROWS_AS((void)read_head(answer, switching, limits{}, mark, throws), broken_pipe);
  // A line that is not usual is shown elsewhere.
  constexpr std::string_view unusual = "GET / HTTP/1.1\r\nHost:a\r\n\r\n";
  CHECK_THROWS_AS((void)read_head(into, unusual, limits{}, mark, throws), broken_pipe);
}

TEST_CASE("[ENG-13] an exception of a function for elements reaches the caller") {
  CHECK_THROWS_AS((void)field::connection::each("a, b", 2, throws), broken_pipe);
  const forwarding::forwarded_content piece{"octets", framing_kind::chunked};
  CHECK_THROWS_AS(piece.for_each_part(throws), broken_pipe);

  facts request{method::get, http_1_1};
  request.see("Host", "a");
  request.see("Connection", "Upgrade");
  request.see("Upgrade", "mine");
  const verdict judged = examine_request(request, {&mine, 1});
  REQUIRE(judged.what == verdict::kind::offer);
  CHECK_THROWS_AS(judged.offer.for_each(throws), broken_pipe);
  CHECK_THROWS_AS(forwarding::relayed_offer{judged.offer}.for_each(throws), broken_pipe);
}

TEST_CASE("[ENG-13] an exception of a caller's value reaches the caller") {
  std::array<char, 64> out{};
  CHECK_THROWS_AS((void)write(throwing_value{}, out), broken_pipe);
  CHECK_THROWS_AS((void)write_whole(out, throws), broken_pipe);
  CHECK_THROWS_AS((void)extended_connect::write_list({}, throws), broken_pipe);
  CHECK_THROWS_AS((void)websocket::written_extensions<>{}.add(throwing_value{}), broken_pipe);
  CHECK_THROWS_AS((void)result<int>::filled([](int&) -> failure { throw broken_pipe{}; }),
                  broken_pipe);
  writer to;
  CHECK_THROWS_AS(field::put_alpn(to, throwing_names{}), broken_pipe);
  CHECK_THROWS_AS(alpn::put_protocol_names(to, throwing_names{}), broken_pipe);
}

TEST_CASE("[ENG-13] an exception of a caller's string or container reaches the caller") {
  CHECK_THROWS_AS((void)grammar::value_lines{throwing_text{}}, broken_pipe);
  throwing_octets octets;
  CHECK_THROWS_AS((void)span<char>{octets}, broken_pipe);
  CHECK_THROWS_AS((void)span<char>{throwing_octets{}}, broken_pipe);
}

TEST_CASE("[ENG-13] an exception of a proposal reaches the caller") {
  std::array<char, 512> out{};
  const throwing_proposal asked;
  client_handshake handshake{asked};
  CHECK_THROWS_AS((void)handshake.write_request(out), broken_pipe);
  CHECK(handshake == client_handshake{asked});

  const silent_proposal silent;
  client_handshake waiting{silent};
  REQUIRE(waiting.write_request(out));
  CHECK_THROWS_AS((void)waiting.receive(switching), broken_pipe);
  CHECK(waiting.state() == client_state::waiting);
  REQUIRE(waiting.receive("HTTP/1.1 204 N\r\n\r\n").what == client_step::declined);
  CHECK_THROWS_AS((void)waiting.start_over(silent), broken_pipe);
}

TEST_CASE("[ENG-13] an exception of an agreement reaches the caller, and the offer still waits") {
  std::array<char, 512> out{};
  server_handshake handshake{{&mine, 1}};
  const server_received now = handshake.receive(asking);
  REQUIRE(now.what == server_step::upgrade_offered);
  const throwing_agreement agreed{*now.offer().agree({"mine", ""})};
  const server_handshake before = handshake;
  CHECK_THROWS_AS((void)handshake.accept(agreed, out), broken_pipe);
  CHECK_THROWS_AS((void)handshake.accept(result{agreed}, out), broken_pipe);
  CHECK(handshake == before);
  CHECK_THROWS_AS((void)masque::offer<throwing_target>::read(now.offer(), "/"), broken_pipe);
}

TEST_CASE("[ENG-13] an exception of another parser's field lines reaches the caller") {
  std::array<char, 512> out{};
  const relay_policy policy{.allowed = {&mine, 1}};
  relay_handshake handshake{policy};
  const relayed_request now = handshake.receive_request(asking);
  REQUIRE(now.what == relay_step::request);
  const relay_handshake before = handshake;
  CHECK_THROWS_AS((void)handshake.forward(now, out, throwing_fields{}), broken_pipe);
  CHECK(handshake == before);

  const facts answer{204, http_1_1};
  const forwarding::relayed_proposal asked{method::get, http_1_1, {}, true};
  const response_verdict judged = forwarding::examine_response(answer, asked, policy);
  CHECK_THROWS_AS(
      (void)forwarding::write_forwarded(status_line{http_1_1, 204, ""}, throwing_fields{}, answer,
                                        judged, asked, policy, out),
      broken_pipe);
}

#endif
