// Computes the text of the accept value with the SHA instructions of x86-64, which do four rounds
// at once. They take four words in a register, the first one highest.
#pragma once

#include <cstddef>
#include <cstdint>

#include "turnout/kernel/accept_digest.hpp"
#include "turnout/kernel/base64.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/sha1.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)

using sha1_lanes [[gnu::vector_size(16)]] = int;
using sha1_octets [[gnu::vector_size(16)]] = char;
using sha1_pair [[gnu::vector_size(16)]] = long long;

/// Adds words, modulo 2^32.
inline sha1_lanes add_words(sha1_lanes one, sha1_lanes other) noexcept {
  using unsigned_lanes [[gnu::vector_size(16)]] = std::uint32_t;
  return reinterpret_cast<sha1_lanes>(reinterpret_cast<unsigned_lanes>(one) +
                                      reinterpret_cast<unsigned_lanes>(other));
}

/// Four words, the first one highest.
inline sha1_lanes load_sha1_words(const std::uint32_t* from) noexcept {
  sha1_lanes words;
  __builtin_memcpy(&words, from, sizeof words);
  return shuffle<3, 2, 1, 0>(words, words);
}

/// Four words as they come from the network, the first one highest.
[[gnu::target("sha,sse4.1")]] inline sha1_lanes load_sha1_words(const char* from) noexcept {
  sha1_octets octets;
  __builtin_memcpy(&octets, from, sizeof octets);
  return reinterpret_cast<sha1_lanes>(
      shuffle<15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0>(octets, octets));
}

/// Two words as they come from the network, the first one highest, and below them zeros.
[[gnu::target("sha,sse4.1")]] inline sha1_lanes load_two_sha1_words(const char* from) noexcept {
  sha1_pair octets{};
  __builtin_memcpy(&octets, from, sizeof octets[0]);
  const auto some = reinterpret_cast<sha1_octets>(octets);
  return reinterpret_cast<sha1_lanes>(
      shuffle<7, 6, 5, 4, 3, 2, 1, 0, 7, 6, 5, 4, 3, 2, 1, 0>(some, some));
}

/// The message schedule of a block, read in order, four words at a time.
struct sha1_x86_schedule {
  sha1_lanes first, second, third, fourth;  ///< the next words; at first those of the block

  [[gnu::target("sha,sse4.1")]] sha1_lanes operator()(int) noexcept {
    const sha1_lanes words = first;
    const sha1_lanes mixed = __builtin_ia32_sha1msg1(first, second) ^ third;
    *this = {second, third, fourth, __builtin_ia32_sha1msg2(mixed, fourth)};
    return words;
  }
};

/// a to d, and e in the highest lane of another register, whose other lanes are zero.
struct sha1_x86_state {
  sha1_lanes abcd;
  sha1_lanes e;
};

/// Rounds 4 * `from` to 4 * `to`, all with function number `Function`. On entry and on return,
/// `state.e` includes the words of the next four rounds.
template <int Function, class Words>
[[gnu::target("sha,sse4.1")]] inline void sha1_x86_rounds(sha1_x86_state& state, int from, int to,
                                                          Words& words) noexcept {
  for (int i = from; i < to; ++i) {
    const sha1_lanes before = state.abcd;
    state.abcd = __builtin_ia32_sha1rnds4(before, state.e, Function);
    state.e = __builtin_ia32_sha1nexte(before, words(i + 1));
  }
}

/// Hashes one block into `state`.
template <class Words>
[[gnu::target("sha,sse4.1")]] inline void sha1_x86_take(sha1_x86_state& state,
                                                        Words&& words) noexcept {
  sha1_x86_state next{state.abcd, add_words(state.e, words(0))};
  sha1_x86_rounds<0>(next, 0, 5, words);
  sha1_x86_rounds<1>(next, 5, 10, words);
  sha1_x86_rounds<2>(next, 10, 15, words);
  sha1_x86_rounds<3>(next, 15, 19, words);
  state.abcd = add_words(state.abcd, __builtin_ia32_sha1rnds4(next.abcd, next.e, 3));
  state.e = __builtin_ia32_sha1nexte(next.abcd, state.e);
}

/// As begin_digest().
///
/// Takes     key: 24 octets; the processor has instructions::sha, and the upper halves of its wide
///           registers are zero, since otherwise each instruction waits for the previous one
[[gnu::target("sha,sse4.1"), gnu::noinline]] inline void begin_digest_x86(
    sha1_state& begun, const char* key, const websocket::accept_guid& guid) noexcept {
  // Loaded in the parts in which the key was copied: a load that spans two recent stores stalls.
  const sha1_lanes end_of_key = load_two_sha1_words(key + 16);
  const sha1_lanes after_key = load_sha1_words(guid.message.words + 4);
  sha1_x86_state state{load_sha1_words(sha1_initial.words),
                       {0, 0, 0, static_cast<int>(sha1_initial.words[4])}};
  sha1_x86_take(state,
                sha1_x86_schedule{load_sha1_words(key), shuffle<0, 1, 6, 7>(after_key, end_of_key),
                                  load_sha1_words(guid.message.words + 8),
                                  load_sha1_words(guid.message.words + 12)});
  const sha1_lanes abcd = shuffle<3, 2, 1, 0>(state.abcd, state.abcd);
  __builtin_memcpy(begun.words, &abcd, sizeof abcd);
  begun.words[4] = static_cast<std::uint32_t>(state.e[3]);
}

/// Writes the 28 octets of text for the state that begin_digest() returned.
///
/// Takes     the processor as above
[[gnu::target("sha,sse4.1"), gnu::noinline]] inline void write_accept_x86(const sha1_state& begun,
                                                                          char* text) noexcept {
  sha1_x86_state digest{load_sha1_words(begun.words), {0, 0, 0, static_cast<int>(begun.words[4])}};
  sha1_x86_take(digest, [](int i) {
    return load_sha1_words(websocket_length.words + 4 * std::ptrdiff_t{i});
  });
  const auto abcd = reinterpret_cast<sha1_octets>(digest.abcd);
  const auto e = reinterpret_cast<sha1_octets>(digest.e);
  const auto begin = shuffle<13, 14, 15, -1, 10, 11, 12, -1, 7, 8, 9, -1, 4, 5, 6, -1>(abcd, abcd);
  // After the digest, zeros.
  const auto end = shuffle<1, 2, 3, -1, 30, 31, 0, -1, 16, 28, 29, -1, 16, 16, 16, -1>(abcd, e);
  write_padded_base64(reinterpret_cast<base64_groups>(begin), reinterpret_cast<base64_groups>(end),
                      text);
}

#endif

}  // namespace detail
}  // namespace v0
}  // namespace turnout
