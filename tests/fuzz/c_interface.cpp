// The C interface does the same as the C++ connections that it wraps, whatever is called in which
// order. Objects, input and room are blocks of exactly their size.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "fuzz/common.hpp"
#include "support/windows.hpp"
#include "turnout.h"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;

// What both get. Every call gets input and room in blocks of their own.

/// A text that ends with a NUL.
class c_text {
 public:
  explicit c_text(std::string_view octets)
      : size_{std::min(octets.find('\0'), octets.size())}, block_{new char[size_ + 1]()} {
    octets.copy(block_.get(), size_);
  }
  const char* get() const { return block_.get(); }
  std::string_view view() const { return {block_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<char[]> block_;
};

/// Room for what either writes.
class space {
 public:
  explicit space(std::size_t size) : size_{size}, c_{new char[size]}, cpp_{new char[size]} {}

  char* in_c() const { return c_.get(); }
  std::size_t size() const { return size_; }
  turnout::span<char> in_cpp() const { return {cpp_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<char[]> c_;
  std::unique_ptr<char[]> cpp_;
};

/// Much room, or little: by then what was asked for is an octet too many.
space space_of(fuzz::input& in) {
  const std::size_t size = in.octet();
  return space{size < 192 ? 16384 : size - 192};
}

/// The octets of a connection that have arrived and were not dropped.
class arriving {
 public:
  explicit arriving(std::string_view octets) : to_come_{octets} {}

  void arrive(std::size_t size) { shown_ = std::min(to_come_.size(), shown_ + size); }
  std::string_view unread() { return block_(to_come_.substr(0, shown_)); }
  void drop(std::size_t size) {
    to_come_.remove_prefix(size);
    shown_ -= size;
  }

 private:
  std::string_view to_come_;
  std::size_t shown_ = 0;
  windows::in_blocks block_;
};

constexpr profile spoken[] = {
    websocket::profile,
    {.token = {"foo", "2"}, .methods = method::get | method::post, .content = true},
    {.token = {"bar", {}}}};

/// The same list in C.
std::unique_ptr<turnout_protocols> spoken_in_c() {
  auto list = std::make_unique<turnout_protocols>();
  turnout_protocols_init(list.get());
  turnout_protocols_add_websocket(list.get());
  turnout_protocols_add(list.get(), "foo/2", TURNOUT_GET | TURNOUT_POST, 1);
  turnout_protocols_add(list.get(), "bar", TURNOUT_GET, 0);
  return list;
}

/// What a server wants of a WebSocket.
class terms {
 public:
  explicit terms(fuzz::input& in)
      : origins_{in.below(3)}, subprotocols_{2 - in.below(3)}, deflate_{!in.flag()} {}

  turnout_terms in_c() const {
    static constexpr const char* origins[] = {"https://a", "http://example.com"};
    static constexpr const char* subprotocols[] = {"chat", "superchat"};
    return {origins, origins_, subprotocols, subprotocols_, deflate_};
  }
  result<websocket::agreement> agree(const offer& offered) const {
    static constexpr std::string_view origins[] = {"https://a", "http://example.com"};
    static constexpr std::string_view subprotocols[] = {"chat", "superchat"};
    static constexpr websocket::permessage_deflate::settings deflate;
    return websocket::agree(offered, {.origins = {origins, origins_},
                                      .subprotocols = {subprotocols, subprotocols_},
                                      .deflate = deflate_ ? &deflate : nullptr});
  }

 private:
  std::size_t origins_;
  std::size_t subprotocols_;
  bool deflate_;
};

constexpr std::uint16_t statuses[] = {403, 404, 503, 426, 200, 101, 99, 700};
constexpr const char* names[] = {"host", "Upgrade", "SEC-WEBSOCKET-KEY", "", "x:y"};

// What both say.

std::string_view view(turnout_text text) {
  return text.size == 0 ? std::string_view{} : std::string_view{text.octets, text.size};
}
bool same(turnout_error one, failure other) {
  return one.code == static_cast<int>(other.code) && one.at == other.at;
}
bool same(turnout_error why, turnout_text written, const result<std::string_view>& other) {
  return same(why, other.error()) && view(written) == (other ? *other : std::string_view{});
}
std::string_view name_of(const profile* one) {
  return one == nullptr ? std::string_view{} : one->token.name;
}
/// What turns of every side have.
template <class InC, class Turn>
bool same_turn(const InC& one, const Turn& other) {
  return one.need == static_cast<int>(other.need) && one.used == other.used &&
         same(one.why, other.why);
}
template <class Fields>
bool same_field(bool found, turnout_text value, const Fields& fields, const char* name) {
  const auto line = fields.find(name);
  return found != line->name.empty() && (!found || view(value) == line->value);
}

/// A server's connection, twice.
class server {
 public:
  server(std::size_t capacity, std::string_view octets)
      : cpp_{spoken, {.limits = limits::for_buffer(capacity)}}, octets_{octets} {
    turnout_server_init(c_.get(), list_.get(), capacity);
  }

  /// The first turn: what takes one needs it. Returns whether both did the same.
  bool begin() { return advance(space{1024}); }

  /// Makes a call. Returns whether both did the same.
  bool call(fuzz::input& chosen) {
    switch (chosen.below(10)) {
      case 0:
        return end(chosen.flag(), space_of(chosen));
      case 1:
      case 2:
        return answer(terms{chosen}, space_of(chosen));
      case 3:
        return refuse(chosen.pick(statuses), space_of(chosen));
      case 4:
        return responded(chosen.flag());
      case 5:
        return field(chosen.pick(names));
      default:
        octets_.arrive(chosen.octet());
        return advance(space_of(chosen));
    }
  }
  /// What a program does with all that has come.
  bool usual() {
    const space out{16384};
    fuzz::input none{nullptr, 0};
    octets_.arrive(fuzz::most_octets);
    return advance(out) && answer(terms{none}, out) && responded(false);
  }

 private:
  bool advance(const space& out) {
    const std::string_view unread = octets_.unread();
    turnout_server_advance(c_.get(), unread.data(), unread.size(), out.in_c(), out.size(),
                           in_c_.get());
    in_cpp_ = cpp_.advance(unread, out.in_cpp());
    return same_turns();
  }
  bool end(bool late, const space& out) {
    const std::string_view unread = octets_.unread();
    turnout_server_end(c_.get(), late, unread.data(), unread.size(), out.in_c(), out.size(),
                       in_c_.get());
    in_cpp_ = late ? cpp_.time_out(unread, out.in_cpp()) : cpp_.end_of_input(unread, out.in_cpp());
    return same_turns();
  }
  bool same_turns() {
    const profile* const chosen =
        in_cpp_.need == server_need::decision   ? in_cpp_.offer().choose(preference::client)
        : in_cpp_.need == server_need::switched ? &in_cpp_.switched()->protocol()
                                                : nullptr;
    octets_.drop(in_cpp_.used);
    return same_turn(*in_c_, in_cpp_) && view(in_c_->output) == in_cpp_.output &&
           view(in_c_->method) == in_cpp_.request.method_name &&
           view(in_c_->target) == in_cpp_.request.target.octets &&
           view(in_c_->content) == in_cpp_.content && view(in_c_->rest) == in_cpp_.rest &&
           view(in_c_->protocol) == name_of(chosen);
  }
  bool answer(const terms& wanted, const space& out) {
    const turnout_terms given = wanted.in_c();
    turnout_text written{};
    const turnout_error why =
        turnout_server_answer(c_.get(), in_c_.get(), &given, out.in_c(), out.size(), &written);
    if (in_cpp_.need != server_need::decision)
      return why.code == static_cast<int>(errc::out_of_turn);
    const offer offered = in_cpp_.offer();
    const bool opens = offered.choose(preference::client) == &spoken[0];
    return same(why, written,
                opens ? cpp_.answer(wanted.agree(offered), out.in_cpp())
                      : cpp_.answer(offered.agree(preference::client), out.in_cpp()));
  }
  bool refuse(std::uint16_t status, const space& out) {
    turnout_text written{};
    const turnout_error why =
        turnout_server_refuse(c_.get(), status, out.in_c(), out.size(), &written);
    return same(why, written, cpp_.refuse({.status = status}, out.in_cpp()));
  }
  bool responded(bool close) {
    return same(turnout_server_responded(c_.get(), close), cpp_.responded(close).error()) &&
           view(turnout_server_connection_line(c_.get())) == cpp_.connection_line();
  }
  bool field(const char* name) {
    turnout_text value{};
    const bool found = turnout_server_field(in_c_.get(), name, &value) != 0;
    return same_field(found, value, in_cpp_.request.fields, name);
  }

  std::unique_ptr<turnout_protocols> list_ = spoken_in_c();
  std::unique_ptr<turnout_server> c_ = std::make_unique<turnout_server>();
  std::unique_ptr<turnout_server_turn> in_c_ = std::make_unique<turnout_server_turn>();
  server_connection cpp_;
  server_turn in_cpp_;
  arriving octets_;
};

/// A client's connection, twice.
class client {
 public:
  explicit client(fuzz::input& in)
      : capacity_{in.flag() ? in.below(512) : 16384},
        has_{in.octet()},
        target_{in.part()},
        host_{in.part()},
        origin_{in.part()},
        subprotocols_{in.part()},
        octets_{in.rest()} {}

  /// Makes both, and takes the first turn. Returns whether both did the same.
  bool begin() {
    const turnout_request request{has(0) ? target_.get() : nullptr,
                                  has(1) ? host_.get() : "example.com",
                                  has(2) ? origin_.get() : nullptr,
                                  has(3) ? subprotocols_.get() : nullptr,
                                  {}};
    const turnout_error why = turnout_client_init(c_.get(), &request, capacity_);
    websocket::request wanted{.target = has(0) && !target_.view().empty() ? target_.view() : "/",
                              .host = has(1) ? host_.view() : "example.com",
                              .origin = has(2) ? origin_.view() : ""};
    if (has(3)) {
      const auto list = field::sec_websocket_protocol::parse(subprotocols_.view());
      if (!list) return same(why, list.error());
      wanted.subprotocols = *list;
    }
    proposal_.emplace(std::array<std::uint8_t, 16>{}, wanted);
    cpp_.emplace(*proposal_, client_options{.limits = limits::for_buffer(capacity_)});
    return same(why, {}) && advance(space{16384});
  }

  /// Makes a call. Returns whether both did the same.
  bool call(fuzz::input& chosen) {
    const std::size_t which = chosen.below(8);
    if (!cpp_) return true;
    switch (which) {
      case 0:
        return end(chosen.flag(), space_of(chosen));
      case 1:
        return field(chosen.pick(names));
      default:
        octets_.arrive(chosen.octet());
        return advance(space_of(chosen));
    }
  }
  /// What a program does with all that has come.
  bool usual() {
    octets_.arrive(fuzz::most_octets);
    return !cpp_ || advance(space{16384});
  }

 private:
  bool has(unsigned number) const { return (has_ >> number & 1) != 0; }

  bool advance(const space& out) {
    const std::string_view unread = octets_.unread();
    turnout_client_advance(c_.get(), unread.data(), unread.size(), out.in_c(), out.size(),
                           in_c_.get());
    in_cpp_ = cpp_->advance(unread, out.in_cpp());
    return same_turns();
  }
  bool end(bool late, const space& out) {
    const std::string_view unread = octets_.unread();
    turnout_client_end(c_.get(), late, unread.data(), unread.size(), out.in_c(), out.size(),
                       in_c_.get());
    in_cpp_ =
        late ? cpp_->time_out(unread, out.in_cpp()) : cpp_->end_of_input(unread, out.in_cpp());
    return same_turns();
  }
  bool same_turns() {
    octets_.drop(in_cpp_.used);
    const bool has_head = !in_cpp_.response.octets.empty();
    return same_turn(*in_c_, in_cpp_) && view(in_c_->output) == in_cpp_.output &&
           in_c_->status == (has_head ? in_cpp_.response.status : 0) &&
           view(in_c_->content) == in_cpp_.content && view(in_c_->rest) == in_cpp_.rest;
  }
  bool field(const char* name) {
    turnout_text value{};
    const bool found = turnout_client_field(in_c_.get(), name, &value) != 0;
    return same_field(found, value, in_cpp_.response.fields, name);
  }

  std::size_t capacity_;
  unsigned has_;
  c_text target_;
  c_text host_;
  c_text origin_;
  c_text subprotocols_;
  arriving octets_;
  std::unique_ptr<turnout_client> c_ = std::make_unique<turnout_client>();
  std::unique_ptr<turnout_client_turn> in_c_ = std::make_unique<turnout_client_turn>();
  std::optional<websocket::proposal> proposal_;
  std::optional<client_connection<websocket::proposal>> cpp_;
  client_turn in_cpp_;
};

/// A relay's connections, twice.
class relay {
 public:
  relay(std::size_t capacity, std::string_view request, std::string_view response)
      : cpp_{policy_, {.limits = limits::for_buffer(capacity)}},
        octets_{arriving{request}, arriving{response}} {
    turnout_relay_init(c_.get(), list_.get(), policy_.name.data(), capacity);
  }

  /// The first turn. Returns whether both did the same.
  bool begin() { return advance(relay_side::client, space{16384}); }

  /// Makes a call. Returns whether both did the same.
  bool call(fuzz::input& chosen) {
    const relay_side side = chosen.flag() ? relay_side::server : relay_side::client;
    switch (chosen.below(10)) {
      case 0:
        return end(side, chosen.flag(), space_of(chosen));
      case 1:
      case 2:
      case 3:
        return forward(space_of(chosen));
      case 4:
        return refuse(chosen.pick(statuses), space_of(chosen));
      default:
        octets_of(side).arrive(chosen.octet());
        return advance(side, space_of(chosen));
    }
  }
  /// What a program does with all that has come.
  bool usual() {
    for (arriving& octets : octets_) octets.arrive(fuzz::most_octets);
    return advance(relay_side::client, space{16384}) && forward(space{16384}) &&
           advance(relay_side::server, space{16384});
  }

 private:
  arriving& octets_of(relay_side side) { return octets_[side == relay_side::client ? 0 : 1]; }

  bool advance(relay_side side, const space& out) {
    const std::string_view unread = octets_of(side).unread();
    turnout_relay_advance(c_.get(), static_cast<turnout_side>(side), unread.data(), unread.size(),
                          out.in_c(), out.size(), in_c_.get());
    in_cpp_ = cpp_.advance(side, unread, out.in_cpp());
    return same_turns(side);
  }
  bool end(relay_side side, bool late, const space& out) {
    const std::string_view unread = octets_of(side).unread();
    turnout_relay_end(c_.get(), static_cast<turnout_side>(side), late, unread.data(), unread.size(),
                      out.in_c(), out.size(), in_c_.get());
    in_cpp_ = late ? cpp_.time_out(side, unread, out.in_cpp())
                   : cpp_.end_of_input(side, unread, out.in_cpp());
    return same_turns(side);
  }
  bool same_turns(relay_side side) {
    octets_of(side).drop(in_cpp_.used);
    return same_turn(*in_c_, in_cpp_) && same_parts(in_c_->to_client, in_cpp_.to_client) &&
           same_parts(in_c_->to_server, in_cpp_.to_server) &&
           (in_c_->idle != 0) == in_cpp_.is_idle() &&
           view(in_c_->method) == in_cpp_.request.method_name &&
           view(in_c_->target) == in_cpp_.request.target.octets &&
           view(in_c_->protocol) == name_of(in_cpp_.protocol);
  }
  template <class Parts>
  static bool same_parts(const turnout_text (&one)[3], const Parts& other) {
    std::string all;
    for (const turnout_text& part : one) all += view(part);
    for (const std::string_view part : other) {
      if (!all.starts_with(part)) return false;
      all.erase(0, part.size());
    }
    return all.empty();
  }
  bool forward(const space& out) {
    turnout_text written{};
    const turnout_error why =
        turnout_relay_forward(c_.get(), in_c_.get(), out.in_c(), out.size(), &written);
    return same(why, written, cpp_.forward(in_cpp_, out.in_cpp()));
  }
  bool refuse(std::uint16_t status, const space& out) {
    turnout_text written{};
    const turnout_error why =
        turnout_relay_refuse(c_.get(), status, out.in_c(), out.size(), &written);
    return same(why, written, cpp_.refuse({.status = status}, out.in_cpp()));
  }

  static constexpr relay_policy policy_{.allowed = spoken, .name = "p"};
  std::unique_ptr<turnout_protocols> list_ = spoken_in_c();
  std::unique_ptr<turnout_relay> c_ = std::make_unique<turnout_relay>();
  std::unique_ptr<turnout_relay_turn> in_c_ = std::make_unique<turnout_relay_turn>();
  relay_connection cpp_;
  relay_turn in_cpp_;
  arriving octets_[2];
};

/// A head that another parser has read, told twice.
bool same_facts(std::string_view method, std::uint8_t minor_version, std::string_view lines,
                const terms& wanted, const space& out) {
  const auto c = std::make_unique<turnout_facts>();
  turnout_facts_init(c.get(), method.data(), method.size(), minor_version);
  facts cpp{method_named(method), {1, minor_version}};
  for (std::string_view left = lines; !left.empty();) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    const std::string_view name = line.substr(0, line.find(':'));
    std::string_view value = line.substr(std::min(line.size(), name.size() + 1));
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (value.ends_with('\r')) value.remove_suffix(1);
    turnout_facts_see(c.get(), name.data(), name.size(), value.data(), value.size());
    cpp.see(name, value);
  }
  const turnout_terms given = wanted.in_c();
  turnout_text written{};
  const turnout_error why =
      turnout_facts_open_websocket(c.get(), &given, out.in_c(), out.size(), &written);
  const verdict judged = examine_request(cpp, std::span{spoken}.first(1));
  if (judged.what != verdict::kind::offer)
    return why.code != TURNOUT_OK && view(written).empty() &&
           (judged.found.why.code == errc::none || same(why, judged.found.why));
  const auto agreed = wanted.agree(judged.offer);
  if (!agreed) return same(why, written, agreed.error());
  return same(why, written, write_switch(*agreed, false, {}, out.in_cpp()));
}

/// Makes calls until one differs, and continues as programs do. Returns what is wrong.
template <class Side>
std::string play(Side&& side, std::string_view choices) {
  fuzz::input chosen{reinterpret_cast<const std::uint8_t*>(choices.data()), choices.size()};
  bool same = side.begin();
  while (same && chosen.size() > 0) same = side.call(chosen);
  for (int turns = 0; same && turns < 8; ++turns) same = side.usual();
  return same ? "" : "the C interface does something else than the connection";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const std::size_t which = in.below(4);
  const std::size_t capacity = in.flag() ? in.below(512) : 16384;
  const std::string_view choices = in.choices();
  if (which == 0) {
    fuzz::must_hold(play(server{capacity, in.rest()}, choices));
  } else if (which == 1) {
    fuzz::must_hold(play(client{in}, choices));
  } else if (which == 2) {
    const std::string_view request = in.part();
    fuzz::must_hold(play(relay{capacity, request, in.rest()}, choices));
  } else {
    fuzz::input chosen{reinterpret_cast<const std::uint8_t*>(choices.data()), choices.size()};
    const terms wanted{chosen};
    const std::uint8_t minor = chosen.octet() % 3;
    const space out = space_of(chosen);
    const std::string_view method = chosen.flag() ? in.part() : "GET";
    if (!same_facts(method, minor, in.rest(), wanted, out))
      fuzz::must_hold("the C interface judges a head differently");
  }
  return 0;
}
