// turnout as an adapter of score.py: reads a case per line, plays it with the connections, and
// writes a line with what came of it.
#include <iostream>
#include <string>

#include "vectors/play.hpp"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const vectors::vector one{vectors::json::parse(line)};
    vectors::json answer;
    // The last player is that of a connection.
    vectors::for_each_player(
        one, [&](std::string_view, const auto& play) { answer = play(vectors::pieces{}); });
    answer["id"] = one.id;
    std::cout << answer.dump(-1, ' ', true) << std::endl;
  }
}
