// A recorded request, as the proposal that its response is checked against.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>
#include <vector>

#include "heads.hpp"
#include "tokens.hpp"

/// The request of another client.
///
/// Borrows the request
class observed_proposal : public turnout::proposal {
 public:
  explicit observed_proposal(const inspected_request& request) : request_{&request} {
    method = request.head.method;
    const auto bound = turnout::grammar::default_list_elements;
    if (const auto broken = turnout::rules::check_request(request.facts, bound)) {
      flaw = request.located(broken);
      return;
    }
    if (turnout::rules::check_upgrade(request.facts, bound)) {
      flaw = {turnout::errc::unsolicited_switch, 0};
      flaw_is_of_request = false;
      return;
    }
    if (const auto unfit = turnout::rules::check_profile(request.facts, open_profile({}))) {
      flaw = request.located(unfit);
      return;
    }
    for (const turnout::protocol& one :
         *turnout::field::upgrade::parse(request.facts.lines(turnout::field_name::upgrade))) {
      const auto known = known_profile(one);
      const auto said = judge_token(one, request);
      offered_.push_back(known ? *known : turnout::profile{.token = one});
      flaws_.push_back(said ? said->why : turnout::failure{});
    }
    protocols = offered_;
  }

  observed_proposal(const observed_proposal&) = delete;
  observed_proposal& operator=(const observed_proposal&) = delete;

  /// Why no server may switch after the request; errc::none if one may.
  turnout::failure flaw;
  bool flaw_is_of_request = true;  ///< whether the flaw is in the octets of the request

  /// Why no server may switch to one of the protocols; errc::none if one may.
  turnout::failure flaw_of(const turnout::profile& chosen) const noexcept {
    return flaws_[static_cast<std::size_t>(&chosen - offered_.data())];
  }

  /// Checks what the chosen protocol requires of the 101.
  turnout::finding check_switch(const turnout::facts& response, const turnout::profile& chosen,
                                std::size_t max_elements) const noexcept {
    if (flaw_of(chosen).code != turnout::errc::none) return {};
    if (chosen.token == turnout::websocket::profile.token)
      return check_websocket(response, chosen, max_elements);
    if (chosen.token == turnout::kubernetes::spdy.token)
      return check_spdy(response, chosen, max_elements);
    for (const auto* tunnel : {&turnout::connect_udp::profile, &turnout::connect_ip::profile,
                               &turnout::connect_tcp::profile})
      if (chosen.token == tunnel->token) return turnout::masque::check_no_content(response);
    return {};
  }

  /// The WebSocket terms of a checked 101.
  turnout::websocket::terms terms_of(const turnout::facts& response) const {
    return *as_websocket().terms_of(response);
  }

  /// The request as a WebSocket client's.
  turnout::websocket::proposal as_websocket() const noexcept {
    const turnout::facts& asked = request_->facts;
    turnout::websocket::request wanted;
    const auto subprotocols = turnout::field::sec_websocket_protocol::parse(
        asked.lines(turnout::field_name::sec_websocket_protocol));
    const auto extensions = turnout::field::sec_websocket_extensions::parse(
        asked.lines(turnout::field_name::sec_websocket_extensions));
    if (subprotocols) wanted.subprotocols = *subprotocols;
    if (extensions) wanted.extensions = *extensions;
    const auto key = turnout::field::sec_websocket_key::parse(
        asked.lines(turnout::field_name::sec_websocket_key).first());
    return {*key, wanted};
  }

 private:
  turnout::finding check_websocket(const turnout::facts& response, const turnout::profile& chosen,
                                   std::size_t max_elements) const noexcept {
    const auto asked = as_websocket();
    if (const auto found = asked.check_switch(response, chosen, max_elements)) return found;
    return check_deflate(response);
  }

  /// Checks that the answer to permessage-deflate fits one of the request's offers. The limits of
  /// the client's compressor are unknown, so any window is accepted.
  turnout::finding check_deflate(const turnout::facts& response) const noexcept {
    namespace deflate = turnout::websocket::permessage_deflate;
    constexpr auto field = turnout::field_name::sec_websocket_extensions;
    const auto answered = turnout::field::sec_websocket_extensions::parse(response.lines(field));
    if (!answered) return {};
    std::array<deflate::offer, turnout::grammar::default_list_elements> offers;
    std::size_t size = 0;
    const auto asked =
        turnout::field::sec_websocket_extensions::parse(request_->facts.lines(field));
    if (asked)
      for (const turnout::field::extension& one : *asked)
        if (const auto offer = deflate::offer::read(one)) offers[size++] = *offer;
    const auto settled = deflate::check(*answered, std::span{offers}.first(size), 8);
    return settled ? turnout::finding{} : turnout::finding{settled.error(), field};
  }

  turnout::finding check_spdy(const turnout::facts& response, const turnout::profile& chosen,
                              std::size_t max_elements) const noexcept {
    const auto asked = stream_protocols(request_->facts);
    const turnout::kubernetes::proposal streams{*this, asked};
    return streams.check_switch(response, chosen, max_elements);
  }

  const inspected_request* request_;
  std::vector<turnout::profile> offered_;
  std::vector<turnout::failure> flaws_;  // of each
};
