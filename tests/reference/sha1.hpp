// What proves that a WebSocket server read the key: RFC 6455 section 1.3, with SHA-1 (RFC 3174) and
// base64 (RFC 4648 section 4).
#pragma once

#include <cstddef>
#include <cstdint>

#include "reference/grammar.hpp"

namespace reference {

inline std::uint32_t rotate(std::uint32_t word, int by) { return word << by | word >> (32 - by); }

inline std::uint32_t octet_value(char octet) { return static_cast<unsigned char>(octet); }

/// RFC 3174 section 4: the message, a one bit, zero bits, and its length in 64 bits.
inline text pad(text message) {
  const std::uint64_t bits = message.size() * 8;
  message += '\x80';
  while (message.size() % 64 != 56) message += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) message += static_cast<char>(bits >> shift & 0xff);
  return message;
}

/// RFC 3174 sections 5 and 6.1.
inline text sha1(const text& message) {
  std::uint32_t sum[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  const text padded = pad(message);
  for (std::size_t block = 0; block < padded.size(); block += 64) {
    std::uint32_t words[80];
    for (std::size_t t = 0; t < 80; ++t) {
      words[t] = 0;
      for (std::size_t i = 0; t < 16 && i < 4; ++i)
        words[t] = words[t] << 8 | octet_value(padded[block + 4 * t + i]);
      if (t >= 16)
        words[t] = rotate(words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], 1);
    }
    std::uint32_t a = sum[0], b = sum[1], c = sum[2], d = sum[3], e = sum[4];
    for (std::size_t t = 0; t < 80; ++t) {
      std::uint32_t mixed = (b ^ c ^ d) + (t < 40 ? 0x6ed9eba1u : 0xca62c1d6u);
      if (t < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999u;
      if (t >= 40 && t < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu;
      mixed += rotate(a, 5) + e + words[t];
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = mixed;
    }
    sum[0] += a;
    sum[1] += b;
    sum[2] += c;
    sum[3] += d;
    sum[4] += e;
  }
  text digest;
  for (const std::uint32_t word : sum)
    for (int shift = 24; shift >= 0; shift -= 8) digest += static_cast<char>(word >> shift & 0xff);
  return digest;
}

/// RFC 4648 section 4.
inline const text base64_alphabet = letters + digits + "+/";

/// RFC 4648 section 4: three octets are four characters; "=" replaces what is missing.
inline text base64(const text& octets) {
  text encoded;
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = i; k < i + 3; ++k)
      three = three << 8 | (k < octets.size() ? octet_value(octets[k]) : 0);
    for (int shift = 18; shift >= 0; shift -= 6) encoded += base64_alphabet[three >> shift & 63];
  }
  const std::size_t missing = (3 - octets.size() % 3) % 3;
  return encoded.replace(encoded.size() - missing, missing, text(missing, '='));
}

/// RFC 6455 section 4.2.2 item 5.4: what Sec-WebSocket-Accept is for a key.
inline text accept_value(const text& key) {
  return base64(sha1(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
}

}  // namespace reference
