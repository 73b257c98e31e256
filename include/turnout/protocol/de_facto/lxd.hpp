// The protocols between the members of an LXD or MicroCloud cluster, and of Incus.
#pragma once

#include <string_view>

#include "turnout/message/method.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace lxd {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

namespace detail {

inline constexpr own_field version[] = {{.name = "X-Dqlite-Version"sv}};

}  // namespace detail

/// `dqlite`: the database protocol between the members of a cluster, in LXD, MicroCloud, MicroK8s
/// and older versions of k3s. Neither side sends Connection:
/// profile::tolerating_missing_connection() is for them.
inline constexpr profile dqlite{
    .token = {"dqlite"sv, {}}, .methods = method::get | method::post, .fields = detail::version};

/// `sftp`: SFTP for the files of an instance. The client sends Connection, but the 101 of LXD and
/// Incus has none: profile::tolerating_missing_connection() is for it.
inline constexpr profile sftp{.token = {"sftp"sv, {}}};

}  // namespace lxd
}  // namespace v0
}  // namespace turnout
