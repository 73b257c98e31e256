// The protocols of Proxmox Backup: HTTP/2 after the 101.
#pragma once

#include <string_view>

#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {
namespace proxmox {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

/// `proxmox-backup-protocol-v1`: a backup. Older clients and servers leave Connection out:
/// profile::tolerating_missing_connection() is for them.
inline constexpr profile backup{.token = {"proxmox-backup-protocol-v1"sv, {}}};

/// `proxmox-backup-reader-protocol-v1`: reading a backup, as above.
inline constexpr profile reader{.token = {"proxmox-backup-reader-protocol-v1"sv, {}}};

}  // namespace proxmox
}  // namespace v0
}  // namespace turnout
