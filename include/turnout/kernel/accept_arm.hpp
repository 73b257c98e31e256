// Computes the text of the accept value with the SHA-1 instructions of AArch64, which do four
// rounds at once. They take four words in a register, the first one lowest. They are written in
// assembly, and each names its own extension: GCC and Clang share neither builtins nor a target
// name for them.
#pragma once

#include <cstdint>

#include "turnout/kernel/accept_digest.hpp"
#include "turnout/kernel/base64.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/sha1.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

#if defined(__GNUC__) && defined(__AARCH64EL__) && defined(__ARM_NEON)

using sha1_lanes [[gnu::vector_size(16)]] = std::uint32_t;
using sha1_octets [[gnu::vector_size(16)]] = char;

/// Four rounds with the function Ch (choose), FIPS 180-4 section 4.1.1.
inline sha1_lanes sha1_arm_choose(sha1_lanes abcd, sha1_lanes e, sha1_lanes words) noexcept {
  __asm__(".arch_extension sha2\n\tsha1c %q0, %s1, %2.4s" : "+w"(abcd) : "w"(e), "w"(words));
  return abcd;
}

/// Four rounds with the function Parity.
inline sha1_lanes sha1_arm_parity(sha1_lanes abcd, sha1_lanes e, sha1_lanes words) noexcept {
  __asm__(".arch_extension sha2\n\tsha1p %q0, %s1, %2.4s" : "+w"(abcd) : "w"(e), "w"(words));
  return abcd;
}

/// Four rounds with the function Maj (majority).
inline sha1_lanes sha1_arm_majority(sha1_lanes abcd, sha1_lanes e, sha1_lanes words) noexcept {
  __asm__(".arch_extension sha2\n\tsha1m %q0, %s1, %2.4s" : "+w"(abcd) : "w"(e), "w"(words));
  return abcd;
}

/// The value of e after four rounds, computed from a before them.
inline sha1_lanes sha1_arm_next_e(sha1_lanes abcd) noexcept {
  sha1_lanes e;
  __asm__(".arch_extension sha2\n\tsha1h %s0, %s1" : "=w"(e) : "w"(abcd));
  return e;
}

/// Four words of a schedule, computed from the sixteen before them.
inline sha1_lanes sha1_arm_mix(sha1_lanes first, sha1_lanes second, sha1_lanes third,
                               sha1_lanes fourth) noexcept {
  __asm__(".arch_extension sha2\n\tsha1su0 %0.4s, %1.4s, %2.4s"
          : "+w"(first)
          : "w"(second), "w"(third));
  __asm__(".arch_extension sha2\n\tsha1su1 %0.4s, %1.4s" : "+w"(first) : "w"(fourth));
  return first;
}

/// Four words, the first one lowest.
inline sha1_lanes load_sha1_words(const std::uint32_t* from) noexcept {
  sha1_lanes words;
  __builtin_memcpy(&words, from, sizeof words);
  return words;
}

/// Four words as they come from the network, the first one lowest.
inline sha1_lanes load_sha1_words(const char* from) noexcept {
  sha1_octets octets;
  __builtin_memcpy(&octets, from, sizeof octets);
  return reinterpret_cast<sha1_lanes>(
      shuffle<3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12>(octets, octets));
}

/// The message schedule of a block, read in order, four words at a time.
struct sha1_arm_schedule {
  sha1_lanes first, second, third, fourth;  ///< the next words; at first those of the block

  sha1_lanes operator()(int) noexcept {
    const sha1_lanes words = first;
    *this = {second, third, fourth, sha1_arm_mix(first, second, third, fourth)};
    return words;
  }
};

/// a to d, and e in the lowest lane of another register, whose other lanes are zero.
struct sha1_arm_state {
  sha1_lanes abcd;
  sha1_lanes e;
};

/// Twenty rounds, from 4 * `from`, all with one function and its constant.
template <auto FourRounds, class Words>
inline void sha1_arm_rounds(sha1_arm_state& state, int from, std::uint32_t constant,
                            Words& words) noexcept {
  for (int i = from; i < from + 5; ++i) {
    const sha1_lanes next_e = sha1_arm_next_e(state.abcd);
    state = {FourRounds(state.abcd, state.e, words(i) + constant), next_e};
  }
}

/// Hashes one block into `state`.
template <class Words>
inline void sha1_arm_take(sha1_arm_state& state, Words&& words) noexcept {
  sha1_arm_state next = state;
  sha1_arm_rounds<sha1_arm_choose>(next, 0, sha1_constants[0], words);
  sha1_arm_rounds<sha1_arm_parity>(next, 5, sha1_constants[1], words);
  sha1_arm_rounds<sha1_arm_majority>(next, 10, sha1_constants[2], words);
  sha1_arm_rounds<sha1_arm_parity>(next, 15, sha1_constants[3], words);
  state = {state.abcd + next.abcd, state.e + next.e};
}

/// As begin_digest(). It is never inlined, since the compiler could move these instructions before
/// the test of the processor.
///
/// Takes     key: 24 octets; the processor has instructions::sha
TURNOUT_NOINLINE inline void begin_digest_arm(sha1_state& begun, const char* key,
                                              const websocket::accept_guid& guid) noexcept {
  const sha1_lanes end_of_key = load_sha1_words(key + 8);
  const sha1_lanes after_key = load_sha1_words(guid.message.words + 4);
  sha1_arm_state state{load_sha1_words(sha1_initial.words), {sha1_initial.words[4], 0, 0, 0}};
  sha1_arm_take(state,
                sha1_arm_schedule{load_sha1_words(key), shuffle<2, 3, 6, 7>(end_of_key, after_key),
                                  load_sha1_words(guid.message.words + 8),
                                  load_sha1_words(guid.message.words + 12)});
  __builtin_memcpy(begun.words, &state.abcd, sizeof state.abcd);
  begun.words[4] = state.e[0];
}

/// Writes the 28 octets of text for the state that begin_digest() returned; never inlined, as
/// above.
///
/// Takes     the processor as above
TURNOUT_NOINLINE inline void write_accept_arm(const sha1_state& begun, char* text) noexcept {
  sha1_arm_state digest{load_sha1_words(begun.words), {begun.words[4], 0, 0, 0}};
  sha1_arm_take(digest, [](int i) { return load_sha1_words(websocket_length.words + 4 * i); });
  const auto abcd = reinterpret_cast<sha1_octets>(digest.abcd);
  const auto e = reinterpret_cast<sha1_octets>(digest.e);
  const auto begin = shuffle<1, 2, 3, -1, 6, 7, 0, -1, 11, 4, 5, -1, 8, 9, 10, -1>(abcd, abcd);
  // After the digest, zeros.
  const auto end = shuffle<13, 14, 15, -1, 18, 19, 12, -1, 20, 16, 17, -1, 20, 20, 20, -1>(abcd, e);
  write_padded_base64(reinterpret_cast<base64_groups>(begin), reinterpret_cast<base64_groups>(end),
                      text);
}

#endif

}  // namespace detail
}  // namespace v0
}  // namespace turnout
