// OpenSSL's SHA-1 and base64: by the functions that it has deprecated, and by those for everything.
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <string>
#include <string_view>

#include "openssl_accept.hpp"
#include "peer.hpp"

namespace {

// The context and the algorithm are fetched once, which is the fastest way to use EVP.
accept_text accept_by_evp(std::string_view key) {
  static EVP_MD_CTX* const context = EVP_MD_CTX_new();
  static EVP_MD* const sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  EVP_DigestInit_ex2(context, sha1, nullptr);
  EVP_DigestUpdate(context, key.data(), key.size());
  EVP_DigestUpdate(context, websocket_guid.data(), websocket_guid.size());
  EVP_DigestFinal_ex(context, digest.data(), nullptr);
  return to_base64(digest);
}

const added plain{{.name = "openssl",
                   .version = std::string{"OpenSSL "} + OpenSSL_version(OPENSSL_VERSION_STRING),
                   .accept_value = accept_by_sha1}};
const added evp{{.name = "openssl_evp", .accept_value = accept_by_evp}};

}  // namespace
