// What a client has asked, as the request of a case says: the proposal that responses are checked
// against.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "../../examples/inspect/heads.hpp"
#include "vectors/setup.hpp"

namespace vectors {

/// A client's offer of whatever protocols Upgrade lists.
///
/// Borrows   the request
class asked : public proposal {
 public:
  explicit asked(std::string_view octets) : request_{octets} {
    method = request_.head.method;
    host = "a";
    const auto wanted = field::upgrade::parse(request_.facts.lines(field_name::upgrade));
    for (const protocol& one : *wanted) {
      tokens_.push_back(token_text(one));
      offered_.push_back(profile_of(tokens_.back()));
      if (one == websocket::profile.token) read_websocket();
      if (one == kubernetes::spdy.token) streams_ = stream_protocols(request_.facts);
    }
    protocols = offered_;
  }

  asked(const asked&) = delete;
  asked& operator=(const asked&) = delete;

  finding check_switch(const facts& response, const profile& chosen,
                       std::size_t max_elements) const noexcept {
    if (websocket_ && chosen.token == websocket::profile.token) {
      const auto found = websocket_->check_switch(response, chosen, max_elements);
      return found ? found : check_deflate(response);
    }
    if (chosen.capsules) return masque::check_no_content(response);
    if (chosen.token == kubernetes::spdy.token)
      return kubernetes::proposal{*this, streams_}.check_switch(response, chosen, max_elements);
    return {};
  }

  /// What a 101 that passed has chosen for WebSocket, if that is what was asked for.
  void say_terms(const facts& response, json& to) const {
    if (!websocket_) return;
    const auto terms = *websocket_->terms_of(response);
    to["subprotocol"] = terms.subprotocol.empty() ? json() : text_of(terms.subprotocol);
    to["deflate"] = deflate_json(*settle(terms.extensions));
  }

 private:
  using deflate_offer = websocket::permessage_deflate::offer;

  void read_websocket() {
    const facts& seen = request_.facts;
    websocket::request wanted{.host = "a"};
    const auto subprotocols =
        field::sec_websocket_protocol::parse(seen.lines(field_name::sec_websocket_protocol));
    const auto extensions =
        field::sec_websocket_extensions::parse(seen.lines(field_name::sec_websocket_extensions));
    if (subprotocols) wanted.subprotocols = *subprotocols;
    if (extensions) wanted.extensions = *extensions;
    for (const field::extension& one : wanted.extensions)
      if (const auto offer = deflate_offer::read(one)) deflate_.push_back(*offer);
    const auto key =
        field::sec_websocket_key::parse(seen.lines(field_name::sec_websocket_key).first());
    websocket_.emplace(*key, wanted);
  }

  result<websocket::permessage_deflate::agreed> settle(
      const field::sec_websocket_extensions& answered) const noexcept {
    return websocket::permessage_deflate::check(answered, deflate_, 8);
  }

  finding check_deflate(const facts& response) const noexcept {
    constexpr auto field = field_name::sec_websocket_extensions;
    const auto answered = field::sec_websocket_extensions::parse(response.lines(field));
    if (!answered) return {};
    const auto settled = settle(*answered);
    return settled ? finding{} : finding{settled.error(), field};
  }

  inspected_request request_;
  std::deque<std::string> tokens_;
  std::vector<profile> offered_;
  std::vector<deflate_offer> deflate_;
  std::optional<websocket::proposal> websocket_;
  std::vector<std::string_view> streams_;
};

}  // namespace vectors
