// Writes seeds for the fuzz targets, and a dictionary, from the messages that the tests have.
//
//   seeds TESTS FOLDER    writes FOLDER/KIND/NUMBER and FOLDER/dictionary; FOLDER/TARGET is a link
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "attacks/all.hpp"
#include "fuzz/common.hpp"
#include "support/corpus.hpp"

namespace {

namespace fs = std::filesystem;
using messages = std::vector<std::string>;

std::string read(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// The octets of one side of an attack: what turns::shown() has made lines of.
std::string octets_of(std::string_view attack, std::string_view side) {
  std::string octets;
  for (std::size_t begin = 0; begin < attack.size();) {
    const std::size_t end = std::min(attack.find('\n', begin), attack.size());
    std::string_view line = attack.substr(begin, end - begin);
    begin = end + 1;
    if (!line.starts_with(side)) continue;
    line.remove_prefix(std::min(line.size(), side.size() + 1));
    for (; !line.empty(); line.remove_prefix(1)) {
      const bool escaped = line.size() >= 4 && line.starts_with("\\x");
      octets += escaped ? static_cast<char>(std::stoi(std::string{line.substr(2, 2)}, nullptr, 16))
                        : line.front();
      if (escaped) line.remove_prefix(3);
    }
    octets += "\r\n";
  }
  return octets;
}

using namespace std::string_view_literals;

/// Capsules, and values of them.
constexpr std::string_view capsules[] = {
    "\x00\x04\x00xyz\x17\x03xyz\x02\x03xyz\x01\x02xy"sv,
    "\x40\x00\x40\x05\x40\x40xyz\x02\x00\x00\x80\x00\x00\x01x"sv,
    "\x00\x04\xC0\x00\x02\x01\x20\x40\x07\x04\x0A\x00\x00\x00\x08"sv,
    "\x04\x01\0\0\0\x01\0\0\x09\0\x04\x01\0\0\x0A\x01\0\0\x14\x06"sv};

/// All messages that the tests have, by what they are.
class collection {
 public:
  explicit collection(const fs::path& tests) {
    for (const auto& one : corpus::requests) add(one.octets, {});
    for (const auto& one : corpus::responses) add(fixtures::upgrade_request, one.octets);
    for (const auto& one : corpus::websocket_responses)
      add(fixtures::websocket_request, one.octets);
    for (const auto& group : attacks::all())
      for (const auto& attack : group.attacks)
        for (const auto& scene : attack.scenes)
          add(octets_of(scene.attack, "client:"), octets_of(scene.attack, "server:"));
    for (const char* const folder : {"vectors/heads", "inspect/golden"})
      for (const auto& one : fs::directory_iterator{tests / folder}) add(one.path());
    for (const std::string_view one : capsules) add_to("tunnelled", one);
  }

  /// What the targets of tests/fuzz begin with.
  const std::map<std::string, messages>& by_kind() const { return by_kind_; }

 private:
  void add(const fs::path& path) {
    const fs::path other = fs::path{path}.replace_extension(".answer.http");
    const bool answer = path.stem().extension() == ".answer";
    if (path.extension() == ".value") add_to("values", read(path));
    if (path.extension() != ".http" || answer) return;
    add(read(path), fs::exists(other) ? read(other) : std::string{});
  }

  void add(std::string_view request, std::string_view response) {
    if (!request.empty()) add_to("requests", request);
    if (!response.empty()) add_to("responses", response);
    add_to("exchanges",
           std::string{request} + std::string{fuzz::separator} + std::string{response});
    for (const std::string_view message : {request, response}) add_lines(message);
  }

  void add_lines(std::string_view message) {
    for (std::size_t begin = 0; begin < message.size();) {
      const std::size_t end = std::min(message.find("\r\n", begin), message.size());
      const std::string_view line = message.substr(begin, end - begin);
      const std::size_t colon = line.find(": ");
      if (colon != line.npos) add_to("values", line.substr(colon + 2));
      begin = end + 2;
    }
  }

  void add_to(std::string_view kind, std::string_view octets) {
    if (octets.size() > fuzz::most_octets ||
        !seen_.emplace(std::string{kind} + std::string{octets}).second)
      return;
    by_kind_[std::string{kind}].emplace_back(octets);
  }

  std::map<std::string, messages> by_kind_;
  std::set<std::string> seen_;
};

/// Which messages a target begins with.
constexpr std::pair<std::string_view, std::string_view> kinds[] = {
    {"alpn", "values"},
    {"c_interface", "exchanges"},
    {"capsules", "tunnelled"},
    {"client_connection", "responses"},
    {"client_handshake", "responses"},
    {"extended_connect", "exchanges"},
    {"facts", "exchanges"},
    {"fields", "values"},
    {"forwarded_request", "requests"},
    {"forwarded_response", "responses"},
    {"gateway", "exchanges"},
    {"grammar", "values"},
    {"hostile_caller", "exchanges"},
    {"http2_settings", "values"},
    {"inspector", "exchanges"},
    {"joined", "values"},
    {"permessage_deflate", "values"},
    {"relay_connection", "exchanges"},
    {"relay_handshake", "exchanges"},
    {"server_connection", "requests"},
    {"server_handshake", "requests"},
    {"uri", "values"},
};

void write(const fs::path& path, std::string_view octets) {
  std::ofstream{path, std::ios::binary} << octets;
}

/// Writes each message with the usual choices after it, and with any: see fuzz::input.
void write_seeds(const fs::path& folder, const messages& all) {
  constexpr std::size_t choices = 24;
  std::mt19937 random{6455};
  fs::create_directories(folder);
  std::size_t number = 0;
  for (const std::string& one : all) {
    write(folder / std::to_string(number++), one + std::string(choices, '\0'));
    std::string chosen = one;
    for (std::size_t i = 0; i < choices; ++i) chosen += static_cast<char>(random());
    write(folder / std::to_string(number++), chosen);
  }
}

std::string entry(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "\"";
  for (const char one : octets) {
    const std::uint8_t octet = turnout::grammar::to_number(one);
    text += {'\\', 'x', digits[octet >> 4], digits[octet & 15]};
  }
  return text + "\"\n";
}

/// Field names, methods, and the tokens in the values of fields.
std::string dictionary(const messages& values) {
  std::set<std::string> words{"\r\n",
                              "\r\n\r\n",
                              "\r\n ",
                              " HTTP/1.1\r\n",
                              "HTTP/1.1 101 ",
                              "HTTP/1.1 200 ",
                              std::string{fuzz::separator}};
  for (const std::string_view name : turnout::field::detail::field_spellings)
    if (!name.empty()) words.insert("\r\n" + std::string{name} + ": ");
  for (const std::string_view name : turnout::detail::method_names)
    if (!name.empty()) words.insert(std::string{name} + " ");
  for (const std::string& value : values)
    for (std::string_view left = value; !left.empty();) {
      const std::size_t size = std::max<std::size_t>(turnout::grammar::token_size(left), 1);
      if (size > 2 && size <= 32) words.emplace(left.substr(0, size));
      left.remove_prefix(size);
    }
  std::string text;
  for (const std::string& word : words) text += entry(word);
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: seeds TESTS FOLDER\n", stderr);
    return 2;
  }
  const collection all{argv[1]};
  const fs::path folder{argv[2]};
  fs::remove_all(folder);
  for (const auto& [kind, of_kind] : all.by_kind()) write_seeds(folder / kind, of_kind);
  for (const auto& [target, kind] : kinds) fs::create_directory_symlink(kind, folder / target);
  write(folder / "dictionary", dictionary(all.by_kind().at("values")));
}
