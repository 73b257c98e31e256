// Models of implementations: what each does with a request, by what is unusual in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "oddities.hpp"

/// What an implementation does with a request that has an oddity; of several, the
/// strongest one counts: the one that comes last here.
enum class action : std::uint8_t {
  follow,  ///< as if it had none
  tunnel,  ///< reads no content: all octets after the head belong to the new protocol
  ignore,  ///< handles it as an ordinary request
  refuse   ///< answers with an error, or closes
};

/// What one oddity leads to.
struct reaction {
  std::string_view oddity;
  action then;
};

/// An implementation.
struct model {
  enum class kind : std::uint8_t { intermediary, server };

  std::string_view name;  ///< on the command line
  std::string_view version;
  kind is;
  std::span<const reaction> reactions;  ///< those that differ from the usual ones
};

/// What an implementation does with a request.
struct behaviour {
  enum class kind { waits, upgrades, serves, refuses };

  kind what = kind::waits;
  std::string because;      ///< the oddity that decides; empty if none does
  std::size_t content = 0;  ///< how many octets after the head it reads as content
  bool is_content_known = true;
};

namespace models_detail {

inline bool is_about_content(std::string_view oddity) {
  return oddity == "content_incomplete" || oddity.starts_with("chunks/");
}

/// Reads the content as the implementation does.
inline void read_content(behaviour& to, const odd_request& request) {
  const content_end& end = request.has("chunked") ? request.by_chunks : request.by_length;
  to.content = end.size;
  to.is_content_known = end.what == content_end::kind::known;
  if (end.what == content_end::kind::incomplete) to.what = behaviour::kind::waits;
}

}  // namespace models_detail

/// What an implementation does with a request.
///
/// Takes     action_of: what it does about an oddity
template <class ActionOf>
behaviour behaviour_of(const odd_request& request, const ActionOf& action_of) {
  using kind = behaviour::kind;
  using namespace models_detail;
  behaviour is;
  if (request.head_size == 0) return is;
  action worst = action::follow;
  const auto take = [&](const std::string& oddity) {
    if (const action then = action_of(oddity); then > worst) {
      worst = then;
      is.because = oddity;
    }
  };
  for (const std::string& oddity : request.oddities)
    if (!is_about_content(oddity)) take(oddity);
  if (worst != action::tunnel)
    for (const std::string& oddity : request.oddities)
      if (is_about_content(oddity)) take(oddity);
  is.what = worst == action::refuse   ? kind::refuses
            : worst == action::ignore ? kind::serves
                                      : kind::upgrades;
  if (worst == action::follow || worst == action::ignore) read_content(is, request);
  return is;
}
