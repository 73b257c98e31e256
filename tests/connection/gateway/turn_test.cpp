// One turn of a gateway: the codes of resets, and when nothing was done.
#include "turnout/connection/gateway/turn.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string_view>
#include <type_traits>

#include "support/both.hpp"

namespace {

using namespace turnout;
using gateway::need, gateway::stream_error, gateway::detail::deliver;

constexpr field_line line{":status", "200"};

/// A turn that is idle but for what `change` does.
template <class Change>
constexpr bool is_idle_with(const Change& change) {
  gateway::turn now;
  change(now);
  return now.is_idle();
}

}  // namespace

TEST_CASE("nothing is asked for and nothing is sent at first") {
  constexpr gateway::turn nothing;
  CHECK_BOTH(nothing.need == need::more);
  CHECK_BOTH(nothing.is_idle());
  CHECK_BOTH(nothing.protocol == nullptr);
  CHECK_BOTH(!nothing.why);
  CHECK_BOTH(!gateway::options{}.allow_connect);
  CHECK_BOTH(gateway::options{} == gateway::options{});
  CHECK_BOTH(!(gateway::options{} == gateway::options{.allow_connect = true}));
  CHECK_BOTH(std::is_trivially_copyable_v<gateway::turn>);
}

TEST_CASE("a turn is idle unless something is sent, ended or used, or has to be done") {
  CHECK_BOTH(is_idle_with([](gateway::turn& now) { now.need = need::wait; }));
  CHECK_BOTH(!is_idle_with([](gateway::turn& now) { now.need = need::request; }));
  CHECK_BOTH(!is_idle_with([](gateway::turn& now) { now.need = need::close; }));
  CHECK_BOTH(!is_idle_with([](gateway::turn& now) { now.used = 1; }));
  CHECK_BOTH(!is_idle_with([](gateway::turn& now) { now.data = "x"; }));
  CHECK_BOTH(!is_idle_with([](gateway::turn& now) { now.end_stream = true; }));
  CHECK_BOTH(!is_idle_with([](gateway::turn& now) { now.octets.add("x"); }));
  CHECK_BOTH(!is_idle_with([](gateway::turn& now) { now.end_connection = true; }));
  CHECK(!is_idle_with([](gateway::turn& now) { now.list = {&line, 1}; }));
}

TEST_CASE("every need, side and stream error has a name of its own") {
  std::set<std::string_view> names;
  for (int one = 0; one <= static_cast<int>(need::close); ++one)
    CHECK(names.insert(name_of(static_cast<need>(one))).second);
  CHECK_BOTH(name_of(need::more) == "more");
  CHECK_BOTH(name_of(need::ordinary) == "ordinary");
  CHECK_BOTH(name_of(need::close) == "close");
  CHECK_BOTH(name_of(gateway::side::stream) == "stream");
  CHECK_BOTH(name_of(gateway::side::connection) == "connection");
  CHECK_BOTH(name_of(stream_error::none) == "none");
  CHECK_BOTH(name_of(stream_error::malformed) == "malformed");
  CHECK_BOTH(name_of(stream_error::cancelled) == "cancelled");
  CHECK_BOTH(name_of(stream_error::connect) == "connect");
  CHECK_BOTH(name_of(stream_error::internal) == "internal");
  CHECK_BOTH(name_of(gateway::state::open) == "open");
}

TEST_CASE("[XC-15] a reset has the error code of each version") {
  CHECK_BOTH(http_2_code(stream_error::none) == 0x0);         // NO_ERROR
  CHECK_BOTH(http_2_code(stream_error::malformed) == 0x1);    // PROTOCOL_ERROR
  CHECK_BOTH(http_2_code(stream_error::cancelled) == 0x8);    // CANCEL
  CHECK_BOTH(http_2_code(stream_error::connect) == 0xa);      // CONNECT_ERROR
  CHECK_BOTH(http_2_code(stream_error::internal) == 0x2);     // INTERNAL_ERROR
  CHECK_BOTH(http_3_code(stream_error::none) == 0x100);       // H3_NO_ERROR
  CHECK_BOTH(http_3_code(stream_error::malformed) == 0x10e);  // H3_MESSAGE_ERROR
  CHECK_BOTH(http_3_code(stream_error::cancelled) == 0x10c);  // H3_REQUEST_CANCELLED
  CHECK_BOTH(http_3_code(stream_error::connect) == 0x10f);    // H3_CONNECT_ERROR
  CHECK_BOTH(http_3_code(stream_error::internal) == 0x102);   // H3_INTERNAL_ERROR
}

TEST_CASE("each side and each need has its name") {
  CHECK_BOTH(name_of(gateway::side::stream) == "stream");
  CHECK_BOTH(name_of(gateway::side::connection) == "connection");
  std::set<std::string_view> names;
  for (int one = 0; one <= static_cast<int>(need::close); ++one)
    CHECK(names.insert(name_of(static_cast<need>(one))).second);
  CHECK_BOTH(name_of(need::more) == "more");
  CHECK_BOTH(name_of(need::close) == "close");
}

TEST_CASE("[ENG-04] what does not fit is not delivered, and the turn has the size needed") {
  static constexpr failure no_space{errc::no_space, 9};
  CHECK_BOTH([] {
    gateway::turn now;
    const bool sent = deliver(now, extended_connect::list_size{no_space, 2, 9}, {});
    return !sent && now.list.empty() && now.needed.octets == 9 && now.needed.lines == 2 &&
           now.need == need::close && now.why == no_space;
  }());
  CHECK_BOTH([] {
    gateway::turn now;
    const bool sent = deliver(now, result<std::string_view>{no_space});
    return !sent && now.octets.empty() && now.needed.octets == 9 && now.need == need::close &&
           now.why == no_space;
  }());
  CHECK_BOTH([] {
    gateway::turn now;
    return deliver(now, result<std::string_view>{"ab"}) && !now.octets.empty() &&
           now.need == need::more;
  }());
}
