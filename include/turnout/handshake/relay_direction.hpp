// What an intermediary remembers of one direction: how far the message was read, and how its
// content is forwarded. RFC 9112 sections 6, 7 and 9.3.
#pragma once

#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/handshake/relay_received.hpp"
#include "turnout/message/content.hpp"
#include "turnout/message/framing.hpp"
#include "turnout/message/head_lines.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/limits.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// One direction of an exchange: from the client to the server, or back. It keeps no octets.
class relay_direction {
 public:
  /// How far the head was read; kept between calls.
  constexpr resume_mark& mark() noexcept { return mark_; }

  /// Begins the content after a head.
  ///
  /// Takes     how: where the content ends; as: its framing when it is forwarded; persistent:
  ///           whether its connection can carry another message
  constexpr void begin_content(const framing& how, message_kind kind, framing_kind as,
                               bool persistent) noexcept {
    content_ = {how, kind};
    as_ = as;
    persistent_ = persistent;
  }

  /// Reads the next piece of the content.
  ///
  /// Takes     now: `rest` has the octets that were not used
  /// Returns   what it found
  /// Changes   now: `why`, and unless it failed `what`, `content` and `rest`
  constexpr content_step read_content(relay_received& now, const limits& limits) noexcept {
    const content_piece piece = content_.next(now.rest, limits, mark_);
    now.why = piece.why;
    if (piece.what != content_step::failed) now.set_content(piece, as_);
    return piece.what;
  }

  /// True if the content was read to its end, and before it begins.
  constexpr bool content_ended() const noexcept { return content_.ended(); }

  /// Tells the reader that no more octets come.
  ///
  /// Returns   true if the content ends there, or ended before
  constexpr bool input_ended() noexcept {
    persistent_ = false;
    return content_.input_ended();
  }

  /// True if the messages on the connection allow another one to follow.
  constexpr bool is_persistent() const noexcept { return persistent_; }
  /// Marks the connection as not reusable after this message.
  constexpr void close() noexcept { persistent_ = false; }

  friend constexpr bool operator==(const relay_direction&, const relay_direction&) = default;

 private:
  resume_mark mark_;
  // The next members use its tail padding: a handshake has two directions.
  [[no_unique_address]] content_reader content_;
  framing_kind as_ = framing_kind::none;
  bool persistent_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
