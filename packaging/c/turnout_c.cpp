// turnout.h in terms of the C++ headers.
#include "turnout.h"

#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

using namespace turnout;

namespace {

/// A list of protocols, which servers and relays view.
struct protocols {
  std::array<profile, TURNOUT_MAX_PROTOCOLS> all{};
  std::size_t size = 0;

  bool add(const profile& one) {
    if (size == all.size()) return false;
    all[size++] = one;
    return true;
  }
  lasting_span<const profile> view() const { return {all.data(), size}; }
};

struct client {
  websocket::proposal asked;
  client_connection<websocket::proposal> connection;

  client(const websocket::proposal& proposed, const client_options& options)
      : asked{proposed}, connection{asked, options} {}
};

struct relay {
  relay_policy policy;
  relay_connection connection;

  relay(const relay_policy& by, const relay_options& options)
      : policy{by}, connection{policy, options} {}
};

/// The object that an opaque one holds.
template <class Object, class Opaque>
Object& in(Opaque& opaque) {
  static_assert(sizeof(Object) <= sizeof opaque.opaque && alignof(Object) <= alignof(Opaque));
  static_assert(std::is_trivially_destructible_v<Object>);
  return *std::launder(reinterpret_cast<Object*>(opaque.opaque));
}
template <class Object, class Opaque>
const Object& in(const Opaque& opaque) {
  return in<Object>(const_cast<Opaque&>(opaque));
}

template <class Object, class Opaque, class... Arguments>
Object& make(Opaque& opaque, Arguments&&... arguments) {
  return *std::construct_at(&in<Object>(opaque), std::forward<Arguments>(arguments)...);
}

std::string_view view(const char* text) { return text == nullptr ? "" : std::string_view{text}; }
std::string_view view(const char* octets, std::size_t size) {
  return size == 0 ? std::string_view{} : std::string_view{octets, size};
}

turnout_text text(std::string_view octets) { return {octets.data(), octets.size()}; }
turnout_error error(failure why) { return {static_cast<int>(why.code), why.at}; }

/// A code from outside; errc::none for what is none.
errc code_of(int code) {
  constexpr auto codes = static_cast<int>(std::size(turnout::detail::explanation_table::rows));
  return code < 0 || code >= codes ? errc::none : static_cast<errc>(code);
}

turnout_error give(const result<std::string_view>& octets, turnout_text* written) {
  *written = octets ? text(*octets) : turnout_text{};
  return error(octets.error());
}

/// A whole text as a protocol.
result<protocol> token_of(std::string_view octets) {
  const auto read = protocol::parse_prefix(octets);
  if (!read) return read.error();
  if (read->size != octets.size()) return failure{errc::bad_protocol, read->size};
  return read->value;
}

/// A refusal with its sentence, as the connections write it themselves.
refusal refusal_of(int status) {
  const bool fits = status >= 0 && status <= 999;
  return {.status = static_cast<std::uint16_t>(fits ? status : 0)};
}

template <class Fields>
int find(const Fields& fields, const char* name, turnout_text* value) {
  const auto found = fields.find(name);
  if (found->name.empty()) return 0;
  *value = text(found->value);
  return 1;
}

/// Texts of the caller as views. Lists that are too long are cut: what is not in them is not
/// spoken.
struct views {
  std::array<std::string_view, 16> all{};
  std::size_t size = 0;

  views(const char* const* texts, std::size_t count) {
    for (; size < count && size < all.size(); ++size) all[size] = texts[size];
  }
  lasting_span<const std::string_view> list() const { return {all.data(), size}; }
};

/// Agrees to a WebSocket on these terms, and calls `use` with the result.
template <class Use>
auto with_agreement(const offer& offered, const turnout_terms* terms, const Use& use) {
  const turnout_terms wanted = terms == nullptr ? turnout_terms{} : *terms;
  const views origins{wanted.origins, wanted.origin_count};
  const views subprotocols{wanted.subprotocols, wanted.subprotocol_count};
  const websocket::permessage_deflate::settings deflate;
  return use(websocket::agree(offered, {.origins = origins.list(),
                                        .subprotocols = subprotocols.list(),
                                        .deflate = wanted.deflate != 0 ? &deflate : nullptr}));
}

turnout_text name_of_protocol(const profile* one) {
  return one == nullptr ? turnout_text{} : text(one->token.name);
}

void show(const server_turn& turn, turnout_server_turn& out) {
  out.need = static_cast<int>(turn.need);
  out.output = text(turn.output);
  out.used = turn.used;
  out.why = error(turn.why);
  out.method = text(turn.request.method_name);
  out.target = text(turn.request.target.octets);
  out.content = text(turn.content);
  out.rest = text(turn.rest);
  out.protocol = {};
  if (turn.need == server_need::decision)
    out.protocol = name_of_protocol(turn.offer().choose(preference::client));
  if (turn.need == server_need::switched)
    out.protocol = name_of_protocol(&turn.switched()->protocol());
}

void show(const client_turn& turn, turnout_client_turn& out) {
  out.need = static_cast<int>(turn.need);
  out.output = text(turn.output);
  out.used = turn.used;
  out.why = error(turn.why);
  out.status = turn.response.octets.empty() ? 0 : turn.response.status;
  out.content = text(turn.content);
  out.rest = text(turn.rest);
}

void show(const relay_turn& turn, turnout_relay_turn& out) {
  const auto give_parts = [](const auto& parts, turnout_text* to) {
    for (const std::string_view part : parts) *to++ = text(part);
  };
  out.need = static_cast<int>(turn.need);
  for (turnout_text& part : out.to_client) part = {};
  for (turnout_text& part : out.to_server) part = {};
  give_parts(turn.to_client, out.to_client);
  give_parts(turn.to_server, out.to_server);
  out.used = turn.used;
  out.why = error(turn.why);
  out.idle = turn.is_idle();
  out.method = text(turn.request.method_name);
  out.target = text(turn.request.target.octets);
  out.protocol = name_of_protocol(turn.protocol);
}

/// Keeps a turn for the calls that need it, and shows what is in it.
template <class Turn, class Out>
void keep(const Turn& turn, Out* out) {
  show(make<Turn>(*out, turn), *out);
}

}  // namespace

static_assert(static_cast<int>(errc::none) == TURNOUT_OK);
static_assert(static_cast<int>(errc::no_space) == TURNOUT_NO_SPACE);
static_assert(static_cast<int>(server_need::close) == TURNOUT_SERVER_CLOSE);
static_assert(static_cast<int>(client_need::close) == TURNOUT_CLIENT_CLOSE);
static_assert(static_cast<int>(relay_need::close) == TURNOUT_RELAY_CLOSE);

turnout_text turnout_error_name(int code) { return text(name_of(code_of(code))); }
turnout_text turnout_explain(int code) { return text(explain(code_of(code)).text); }
turnout_text turnout_section(int code) { return text(explain(code_of(code)).section); }
int turnout_status(int code) { return rules::status_for(code_of(code)); }

void turnout_protocols_init(turnout_protocols* list) { make<protocols>(*list); }

int turnout_protocols_add_websocket(turnout_protocols* list) {
  return in<protocols>(*list).add(websocket::profile);
}

int turnout_protocols_add(turnout_protocols* list, const char* token, unsigned methods,
                          int content) {
  const auto parsed = token_of(view(token));
  if (!parsed) return 0;
  method_set allowed;
  if ((methods & TURNOUT_GET) != 0) allowed = allowed | method::get;
  if ((methods & TURNOUT_POST) != 0) allowed = allowed | method::post;
  if ((methods & TURNOUT_OPTIONS) != 0) allowed = allowed | method::options;
  return in<protocols>(*list).add({.token = *parsed, .methods = allowed, .content = content != 0});
}

void turnout_server_init(turnout_server* server, const turnout_protocols* spoken,
                         size_t in_capacity) {
  make<server_connection>(*server, in<protocols>(*spoken).view(),
                          server_options{.limits = limits::for_buffer(in_capacity)});
}

void turnout_server_advance(turnout_server* server, const char* in_octets, size_t in_size,
                            char* out, size_t out_size, turnout_server_turn* turn) {
  keep(in<server_connection>(*server).advance(view(in_octets, in_size), {out, out_size}), turn);
}

void turnout_server_end(turnout_server* server, int late, const char* in_octets, size_t in_size,
                        char* out, size_t out_size, turnout_server_turn* turn) {
  server_connection& one = in<server_connection>(*server);
  const std::string_view unread = view(in_octets, in_size);
  keep(
      late != 0 ? one.time_out(unread, {out, out_size}) : one.end_of_input(unread, {out, out_size}),
      turn);
}

int turnout_server_field(const turnout_server_turn* turn, const char* name, turnout_text* value) {
  return find(in<server_turn>(*turn).request.fields, name, value);
}

turnout_error turnout_server_answer(turnout_server* server, const turnout_server_turn* turn,
                                    const turnout_terms* terms, char* out, size_t out_size,
                                    turnout_text* written) {
  server_connection& one = in<server_connection>(*server);
  const server_turn& asked = in<server_turn>(*turn);
  if (asked.need != server_need::decision) return give(failure{errc::out_of_turn, 0}, written);
  const span<char> room{out, out_size};
  const offer offered = asked.offer();
  if (!offered.choose(preference::client)->websocket_key)
    return give(one.answer(offered.agree(preference::client), room), written);
  return with_agreement(offered, terms, [&](const result<websocket::agreement>& agreed) {
    return give(one.answer(agreed, room), written);
  });
}

turnout_error turnout_server_refuse(turnout_server* server, int status, char* out, size_t out_size,
                                    turnout_text* written) {
  return give(in<server_connection>(*server).refuse(refusal_of(status), {out, out_size}), written);
}

turnout_error turnout_server_responded(turnout_server* server, int close) {
  return error(in<server_connection>(*server).responded(close != 0).error());
}

turnout_text turnout_server_connection_line(const turnout_server* server) {
  return text(in<server_connection>(*server).connection_line());
}

turnout_error turnout_client_init(turnout_client* client_, const turnout_request* request,
                                  size_t in_capacity) {
  websocket::request wanted{.target = view(request->target),
                            .host = view(request->host),
                            .origin = view(request->origin)};
  if (wanted.target.empty()) wanted.target = "/";
  if (request->subprotocols != nullptr) {
    const auto list = field::sec_websocket_protocol::parse(request->subprotocols);
    if (!list) return error(list.error());
    wanted.subprotocols = *list;
  }
  std::array<std::uint8_t, 16> nonce;
  std::memcpy(nonce.data(), request->nonce, nonce.size());
  make<client>(*client_, websocket::proposal{nonce, wanted},
               client_options{.limits = limits::for_buffer(in_capacity)});
  return {};
}

void turnout_client_advance(turnout_client* client_, const char* in_octets, size_t in_size,
                            char* out, size_t out_size, turnout_client_turn* turn) {
  keep(in<client>(*client_).connection.advance(view(in_octets, in_size), {out, out_size}), turn);
}

void turnout_client_end(turnout_client* client_, int late, const char* in_octets, size_t in_size,
                        char* out, size_t out_size, turnout_client_turn* turn) {
  auto& one = in<client>(*client_).connection;
  const std::string_view unread = view(in_octets, in_size);
  keep(
      late != 0 ? one.time_out(unread, {out, out_size}) : one.end_of_input(unread, {out, out_size}),
      turn);
}

int turnout_client_field(const turnout_client_turn* turn, const char* name, turnout_text* value) {
  return find(in<client_turn>(*turn).response.fields, name, value);
}

void turnout_relay_init(turnout_relay* relay_, const turnout_protocols* allowed, const char* name,
                        size_t in_capacity) {
  make<relay>(*relay_, relay_policy{.allowed = in<protocols>(*allowed).view(), .name = view(name)},
              relay_options{.limits = limits::for_buffer(in_capacity)});
}

void turnout_relay_advance(turnout_relay* relay_, turnout_side side, const char* in_octets,
                           size_t in_size, char* out, size_t out_size, turnout_relay_turn* turn) {
  keep(in<relay>(*relay_).connection.advance(static_cast<relay_side>(side),
                                             view(in_octets, in_size), {out, out_size}),
       turn);
}

void turnout_relay_end(turnout_relay* relay_, turnout_side side, int late, const char* in_octets,
                       size_t in_size, char* out, size_t out_size, turnout_relay_turn* turn) {
  relay_connection& one = in<relay>(*relay_).connection;
  const auto whose = static_cast<relay_side>(side);
  const std::string_view unread = view(in_octets, in_size);
  keep(late != 0 ? one.time_out(whose, unread, {out, out_size})
                 : one.end_of_input(whose, unread, {out, out_size}),
       turn);
}

turnout_error turnout_relay_forward(turnout_relay* relay_, const turnout_relay_turn* turn,
                                    char* out, size_t out_size, turnout_text* written) {
  return give(in<relay>(*relay_).connection.forward(in<relay_turn>(*turn), {out, out_size}),
              written);
}

turnout_error turnout_relay_refuse(turnout_relay* relay_, int status, char* out, size_t out_size,
                                   turnout_text* written) {
  return give(in<relay>(*relay_).connection.refuse(refusal_of(status), {out, out_size}), written);
}

void turnout_facts_init(turnout_facts* facts_, const char* method_octets, size_t method_size,
                        int minor_version) {
  const method used = method_named(view(method_octets, method_size));
  make<facts>(*facts_, used, http_version{1, static_cast<std::uint8_t>(minor_version)});
}

void turnout_facts_see(turnout_facts* facts_, const char* name, size_t name_size, const char* value,
                       size_t value_size) {
  const std::string_view of = view(value, value_size);
  in<facts>(*facts_).see(view(name, name_size), of);
}

turnout_error turnout_facts_open_websocket(const turnout_facts* facts_, const turnout_terms* terms,
                                           char* out, size_t out_size, turnout_text* written) {
  static constexpr profile spoken[] = {websocket::profile};
  const verdict judged = examine_request(in<facts>(*facts_), spoken);
  *written = {};
  if (judged.what != verdict::kind::offer) {
    const errc why = judged.found.why.code;
    return error({why == errc::none ? errc::no_upgrade : why, judged.found.why.at});
  }
  return with_agreement(judged.offer, terms, [&](const result<websocket::agreement>& agreed) {
    if (!agreed) return error(agreed.error());
    return give(write_switch(*agreed, false, {}, {out, out_size}), written);
  });
}
