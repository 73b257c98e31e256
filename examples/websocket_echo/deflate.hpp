// permessage-deflate of messages with zlib: RFC 7692 section 7.2.
#pragma once

#define ZLIB_CONST  // makes the input of zlib const
#include <zlib.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>

/// The agreed parameters of one direction.
struct deflate_terms {
  std::uint8_t window_bits;
  bool no_context_takeover;
};

namespace deflate_detail {

/// The end of each flush of zlib. It is not sent (RFC 7692 sections 7.2.1 and 7.2.2).
inline constexpr std::string_view tail{"\x00\x00\xff\xff", 4};

inline void set_input(z_stream& stream, std::string_view octets) {
  stream.next_in = reinterpret_cast<const Bytef*>(octets.data());
  stream.avail_in = static_cast<uInt>(octets.size());
}

/// Lets zlib fill a piece of output, appends it, and returns zlib's status.
inline int append_piece(z_stream& stream, int (*step)(z_streamp, int), std::string& out) {
  std::array<char, 16384> piece;
  stream.next_out = reinterpret_cast<Bytef*>(piece.data());
  stream.avail_out = piece.size();
  const int status = step(&stream, Z_SYNC_FLUSH);
  out.append(piece.data(), piece.size() - stream.avail_out);
  return status;
}

}  // namespace deflate_detail

/// Compresses the messages of one direction, in order.
class deflater {
 public:
  explicit deflater(deflate_terms agreed) : forgets_{agreed.no_context_takeover} {
    // A negative size means octets without zlib's header.
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -agreed.window_bits, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc{};
  }
  deflater(const deflater&) = delete;
  deflater& operator=(const deflater&) = delete;
  ~deflater() { deflateEnd(&stream_); }

  std::string compress(std::string_view message) {
    if (message.empty()) return {'\0'};  // RFC 7692 section 7.2.3.6; zlib flushes nothing twice.
    if (forgets_) deflateReset(&stream_);
    deflate_detail::set_input(stream_, message);
    std::string out;
    do deflate_detail::append_piece(stream_, deflate, out);
    while (stream_.avail_out == 0);
    out.resize(out.size() - deflate_detail::tail.size());
    return out;
  }

 private:
  z_stream stream_{};
  bool forgets_;
};

enum class inflating { done, broken, too_large };

/// Decompresses the messages of one direction, in order, until one fails.
class inflater {
 public:
  explicit inflater(deflate_terms agreed) : forgets_{agreed.no_context_takeover} {
    if (inflateInit2(&stream_, -agreed.window_bits) != Z_OK) throw std::bad_alloc{};
  }
  inflater(const inflater&) = delete;
  inflater& operator=(const inflater&) = delete;
  ~inflater() { inflateEnd(&stream_); }

  /// Sets `out` to the message. A few octets can expand to very many, so it stops beyond `limit`.
  inflating decompress(std::string_view compressed, std::size_t limit, std::string& out) {
    if (forgets_) inflateReset(&stream_);
    out.clear();
    const inflating how = feed(compressed, limit, out);
    return how == inflating::done && !ends(out) ? inflating::broken : how;
  }

 private:
  /// True if the tail, which was not sent, completes the message: 128 means the end of a block,
  /// without leftover bits.
  bool ends(std::string& out) {
    deflate_detail::set_input(stream_, deflate_detail::tail);
    return deflate_detail::append_piece(stream_, inflate, out) == Z_OK && stream_.data_type == 128;
  }

  inflating feed(std::string_view octets, std::size_t limit, std::string& out) {
    deflate_detail::set_input(stream_, octets);
    for (;;) {
      const int status = deflate_detail::append_piece(stream_, inflate, out);
      if (out.size() > limit) return inflating::too_large;
      if (status == Z_BUF_ERROR) return inflating::done;  // It needs input, and has none.
      if (status != Z_OK && status != Z_STREAM_END) return inflating::broken;
      // A block may be marked as the last one (RFC 7692 section 7.2.3.4). The window is kept.
      if (status == Z_STREAM_END) inflateResetKeep(&stream_);
    }
  }

  z_stream stream_{};
  bool forgets_;
};
