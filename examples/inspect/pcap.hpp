// Exchanges from a capture file, as tcpdump and Wireshark write them: pcap and pcapng.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "recorded.hpp"

namespace pcap_detail {

/// Numbers in octets. What lies outside is zero.
struct numbers {
  std::string_view octets;
  bool little = false;

  std::uint32_t octet(std::size_t at) const {
    return at < octets.size() ? static_cast<std::uint8_t>(octets[at]) : 0;
  }
  std::uint32_t two(std::size_t at) const {
    return little ? octet(at + 1) << 8 | octet(at) : octet(at) << 8 | octet(at + 1);
  }
  std::uint32_t four(std::size_t at) const {
    return little ? two(at + 2) << 16 | two(at) : two(at) << 16 | two(at + 2);
  }
};

/// One direction of a connection: what came, and where in the stream.
struct direction {
  std::vector<std::pair<std::uint32_t, std::string_view>> segments;
  std::uint32_t first = 0;  ///< the number of the first octet
  bool begins = false;      ///< whether it was seen to begin

  void add(std::uint32_t number, std::string_view payload, bool is_first) {
    if (is_first) begins = true;
    if (is_first || (segments.empty() && !begins)) first = number + (is_first ? 1 : 0);
    if (!payload.empty()) segments.emplace_back(number, payload);
  }

  /// The octets in order, up to the first that was not captured.
  std::string joined() const {
    auto sorted = segments;
    const auto place = [this](const auto& one) { return one.first - first; };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&place](const auto& a, const auto& b) { return place(a) < place(b); });
    std::string octets;
    for (const auto& one : sorted) {
      const std::size_t at = place(one);
      if (at > octets.size()) break;
      if (at + one.second.size() > octets.size())
        octets.append(one.second.substr(octets.size() - at));
    }
    return octets;
  }
};

/// Who sends, and who receives: addresses and ports.
using ends = std::pair<std::string, std::string>;

class capture {
 public:
  /// Adds an IP packet, if it has a segment of TCP.
  void add_ip(std::string_view packet) {
    const numbers ip{packet};
    const bool is_6 = ip.octet(0) >> 4 == 6;
    const std::size_t head = is_6 ? 40 : (ip.octet(0) & 15) * 4u;
    const std::size_t size = is_6 ? 40 + ip.two(4) : ip.two(2);
    const std::uint32_t protocol = is_6 ? ip.octet(6) : ip.octet(9);
    if (protocol != 6 || head < 20 || packet.size() < head + 20) return;
    if (size >= head) packet = packet.substr(0, size);  // Ethernet may fill a frame up.
    const std::size_t address = is_6 ? 16 : 4;
    const std::size_t from = is_6 ? 8 : 12;
    add_tcp(packet.substr(from, address), packet.substr(from + address, address),
            packet.substr(head));
  }

  /// Adds what was captured on a link of a kind (https://www.tcpdump.org/linktypes.html).
  void add_frame(std::uint32_t link, std::string_view frame) {
    const numbers in{frame};
    std::size_t skipped = frame.size();
    if (link == 1) {  // Ethernet, perhaps with tags of a VLAN
      skipped = 14;
      while (in.two(skipped - 2) == 0x8100) skipped += 4;
    } else if (link == 113) {  // Linux, any interface
      skipped = 16;
    } else if (link == 276) {
      skipped = 20;
    } else if (link == 0 || link == 108) {  // BSD loopback
      skipped = 4;
    } else if (link == 12 || link == 101 || link == 228 || link == 229) {  // IP alone
      skipped = 0;
    }
    if (skipped < frame.size()) add_ip(frame.substr(skipped));
  }

  /// The exchanges of all connections, in the order in which those began.
  std::vector<recorded> exchanges() const {
    std::vector<recorded> all;
    for (const ends& one : order_) {
      const std::string requests = directions_.at(one).joined();
      const std::size_t line = requests.find('\n');
      if (requests.starts_with("HTTP/") || requests.substr(0, line).find(" HTTP/") == line)
        continue;
      if (requests.substr(0, line).find(" HTTP/") == requests.npos) continue;
      const auto back = directions_.find({one.second, one.first});
      const std::string responses = back == directions_.end() ? "" : back->second.joined();
      for (recorded& each : exchanges_on(requests, responses)) all.push_back(std::move(each));
    }
    return all;
  }

 private:
  void add_tcp(std::string_view from, std::string_view to, std::string_view segment) {
    const numbers tcp{segment};
    const std::size_t head = (tcp.octet(12) >> 4) * 4u;
    if (head < 20 || head > segment.size()) return;
    const ends key{std::string{from}.append(segment.substr(0, 2)),
                   std::string{to}.append(segment.substr(2, 2))};
    const auto [found, is_new] = directions_.try_emplace(key);
    if (is_new) order_.push_back(key);
    const bool is_first = (tcp.octet(13) & 2) != 0;  // SYN
    found->second.add(tcp.four(4), segment.substr(head), is_first);
  }

  std::map<ends, direction> directions_;
  std::vector<ends> order_;
};

inline void read_classic(const numbers& file, capture& to) {
  const std::uint32_t link = file.four(20) & 0xffff;
  for (std::size_t at = 24; at + 16 <= file.octets.size();) {
    const std::size_t size = file.four(at + 8);
    if (size > file.octets.size() - at - 16) return;
    to.add_frame(link, file.octets.substr(at + 16, size));
    at += 16 + size;
  }
}

inline void read_next_generation(numbers file, capture& to) {
  std::vector<std::uint32_t> links;
  for (std::size_t at = 0; at + 12 <= file.octets.size();) {
    if (file.four(at) == 0x0a0d0d0a) {  // a section, with an order of octets of its own
      file.little = file.octet(at + 8) == 0x4d;
      links.clear();
    }
    const std::uint32_t kind = file.four(at);
    const std::size_t size = file.four(at + 4);
    if (size < 12 || size > file.octets.size() - at) return;
    if (kind == 1) links.push_back(file.two(at + 8));
    if (kind == 6 && size >= 32) {
      const std::size_t interface = file.four(at + 8);
      const std::size_t captured = std::min<std::size_t>(file.four(at + 20), size - 32);
      if (interface < links.size())
        to.add_frame(links[interface], file.octets.substr(at + 28, captured));
    }
    at += (size + 3) / 4 * 4;
  }
}

}  // namespace pcap_detail

/// The exchanges of a capture file; none if it is no such file.
inline std::vector<recorded> read_pcap(std::string_view octets) {
  using namespace pcap_detail;
  capture all;
  const std::uint32_t big = numbers{octets}.four(0);
  const std::uint32_t little = numbers{octets, true}.four(0);
  const auto is_classic = [](std::uint32_t magic) {
    return magic == 0xa1b2c3d4 || magic == 0xa1b23c4d;
  };
  if (is_classic(big) || is_classic(little))
    read_classic({octets, is_classic(little)}, all);
  else if (big == 0x0a0d0d0a)
    read_next_generation({octets}, all);
  return all.exchanges();
}
