// What a public attack is as a test: the record, the octets, what went wrong elsewhere, and what
// each party does here, told line by line.
//
// A line that begins with `>` went to the server, one with `<` to the client; other lines say what
// the program was asked to do.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/turns.hpp"

namespace attacks {

using turns::pieces;

/// One party under attack.
struct scene {
  std::string party;    ///< who is attacked: "server"
  std::string attack;   ///< what reaches it, octet for octet
  std::string outcome;  ///< what it does, line by line
  /// Plays the attack, which comes in pieces, and tells what the party does.
  std::function<std::string(pieces)> play;
};

/// One public record, or several of the same fault.
struct attack {
  std::string records;    ///< "CVE-2018-1002105": CVE numbers, or where it was reported
  std::string products;   ///< where it happened
  std::string elsewhere;  ///< what went wrong there
  std::string here;       ///< what this library does, and what it leaves to its caller
  std::string rules;      ///< requirement IDs, as in tests/rules/requirements.txt
  std::vector<scene> scenes;
};

/// Attacks of one kind.
struct group {
  std::string title;
  std::vector<attack> attacks;
};

}  // namespace attacks
