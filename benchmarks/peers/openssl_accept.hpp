// The accept value by the calls of OpenSSL that cost least.
#pragma once

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "../response.hpp"

inline constexpr std::string_view websocket_guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Base64 of a SHA-1. OpenSSL writes a zero after it.
inline accept_text to_base64(const std::array<unsigned char, SHA_DIGEST_LENGTH>& digest) {
  std::array<unsigned char, 29> encoded;
  EVP_EncodeBlock(encoded.data(), digest.data(), SHA_DIGEST_LENGTH);
  accept_text text;
  std::copy_n(encoded.begin(), text.size(), text.begin());
  return text;
}

/// Does as much as turnout: the key was checked before.
inline accept_text accept_by_sha1(std::string_view key) {
  SHA_CTX context;
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest;
  SHA1_Init(&context);
  SHA1_Update(&context, key.data(), key.size());
  SHA1_Update(&context, websocket_guid.data(), websocket_guid.size());
  SHA1_Final(digest.data(), &context);
  return to_base64(digest);
}
