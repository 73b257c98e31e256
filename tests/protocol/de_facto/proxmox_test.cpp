// Proxmox Backup: HTTP/2 after the 101, and clients that leave Connection out.
#include "turnout/protocol/de_facto/proxmox.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/both.hpp"
#include "support/de_facto.hpp"
#include "support/fixtures.hpp"

namespace {

using namespace turnout;
using fixtures::with;

constexpr profile spoken[] = {proxmox::backup.tolerating_missing_connection(),
                              proxmox::reader.tolerating_missing_connection()};
const std::string asks =
    "GET /api2/json/backup?backup-id=vm&backup-type=vm&store=s HTTP/1.1\r\n"
    "Host: backup.example.com:8007\r\nUPGRADE: proxmox-backup-protocol-v1\r\n\r\n";

}  // namespace

TEST_CASE("[WLD-02] an older client of Proxmox Backup is answered with a complete 101") {
  CHECK(de_facto::switched(asks, spoken) ==
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
        "Upgrade: proxmox-backup-protocol-v1\r\n\r\n");
  CHECK(de_facto::switched(with(asks, "backup-protocol", "backup-reader-protocol"), {spoken + 1, 1})
            .find("proxmox-backup-reader-protocol-v1") != std::string::npos);
}

TEST_CASE("[WLD-02] HTTP/2 that rides after the 101 is kept for the new protocol") {
  const proposal asked{.host = "backup.example.com:8007", .protocols = {spoken, 1}};
  const std::string answer =
      "HTTP/1.1 101 Switching Protocols\r\nUPGRADE: proxmox-backup-protocol-v1\r\n\r\n" +
      std::string{"\0\0\0\4\0\0\0\0\0", 9};
  const auto now = de_facto::answered(asked, answer);
  REQUIRE(now.what == client_step::switched);
  CHECK(now.switched()->octets().size() == 9);
}

TEST_CASE("[WLD-01] newer clients send Connection, and need no tolerance") {
  static constexpr profile strict[] = {proxmox::backup};
  CHECK(de_facto::switched(asks, strict).empty());
  CHECK_FALSE(de_facto::switched(fixtures::plus(asks, "Connection: upgrade"), strict).empty());
  CHECK_BOTH(!proxmox::reader.tolerates_missing_connection);
}
