// turnout-probe: plays one side of HTTP upgrades, and sees whether the other one keeps the rules.
#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "built_in_cases.hpp"
#include "client_probe.hpp"
#include "listener.hpp"
#include "options.hpp"
#include "output.hpp"
#include "proxy_probe.hpp"
#include "read_cases.hpp"
#include "runner.hpp"
#include "server_probe.hpp"
#include "settings.hpp"
#include "url.hpp"

namespace {

enum exit_status { holds = 0, broken = 1, usage_error = 2 };

const std::vector<probe::way> all_ways{probe::way::whole, probe::way::halves, probe::way::octets};

std::string read_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) throw std::invalid_argument{path + " can't be opened"};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// The cases for a role: first the faultless one, then those that are asked for.
std::vector<probe::scenario> cases_for(std::string_view role, const options& asked) {
  std::vector<probe::scenario> all;
  for (const std::string_view text : probe::built_in_cases) probe::read_cases(text, all);
  if (!asked.case_files.empty())
    std::erase_if(all, [](const probe::scenario& one) { return !one.has_tag("faultless"); });
  for (const std::string& path : asked.case_files) probe::read_cases(read_file(path), all);
  std::erase_if(all, [&asked, role](const probe::scenario& one) {
    const auto matches = [&one](const std::string& tag) {
      return one.has_tag(tag) || one.id.starts_with(tag);
    };
    const bool is_wanted = asked.only.empty() || one.has_tag("faultless") ||
                           std::any_of(asked.only.begin(), asked.only.end(), matches);
    return one.role != role || !is_wanted;
  });
  return all;
}

/// All results for cases that begin with a faultless one. Without that, no other can be judged.
template <class TryOne>
std::vector<probe::result> run_cases(const std::vector<probe::scenario>& cases,
                                     const std::vector<probe::way>& ways,
                                     const probe::settings& how, const TryOne& try_one) {
  std::vector<probe::result> all{try_one(cases.front(), {how})};
  if (all.front().judged.is_unreachable) throw std::runtime_error{all.front().judged.said};
  if (all.front().breaks_a_must()) return all;
  auto jobs = probe::jobs_of(cases, ways);
  jobs.erase(jobs.begin());
  auto rest = probe::run_all(jobs, how, try_one);
  std::move(rest.begin(), rest.end(), std::back_inserter(all));
  return all;
}

url url_of(const std::string& text) {
  const auto read = parse_url(text);
  if (!read) throw std::invalid_argument{text + " is no URL of ws:, wss:, http: or https:"};
  return *read;
}

std::vector<probe::result> run_server(const options& asked,
                                      const std::vector<probe::scenario>& cases) {
  if (asked.url_text.empty()) throw std::invalid_argument{"server needs a URL"};
  const url to = url_of(asked.url_text);
  return run_cases(cases, all_ways, asked.how,
                   [&](const probe::scenario& one, const probe::attempt& how) {
                     return probe::try_server(one, how, to, to.is_websocket);
                   });
}

std::vector<probe::result> run_client(const options& asked,
                                      const std::vector<probe::scenario>& cases) {
  if (asked.command.empty()) throw std::invalid_argument{"client needs a COMMAND"};
  probe::listener at{asked.listen_port};
  const probe::client_under_test client{asked.command, at.port()};
  probe::settings alone = asked.how;
  alone.parallel = 1;
  return run_cases(cases, {probe::way::whole}, alone,
                   [&](const probe::scenario& one, const probe::attempt& how) {
                     return probe::try_client(one, how, at, client);
                   });
}

std::vector<probe::result> run_proxy(const options& asked,
                                     const std::vector<probe::scenario>& cases) {
  if (asked.proxy.empty()) throw std::invalid_argument{"proxy needs --to"};
  const url to = url_of("ws://" + asked.proxy + "/");
  probe::listener at{asked.listen_port};
  probe::settings alone = asked.how;
  alone.parallel = 1;
  return run_cases(cases, {probe::way::whole}, alone,
                   [&](const probe::scenario& one, const probe::attempt& how) {
                     return probe::try_proxy(one, how, to, at);
                   });
}

bool is_colored(const options& asked) {
  if (asked.color != "auto") return asked.color == "always";
  const char* const unwanted = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (unwanted == nullptr || *unwanted == '\0');
}

void print(const std::vector<probe::result>& all, const options& asked) {
  if (!asked.junit_file.empty()) {
    std::ofstream file{asked.junit_file, std::ios::binary};
    if (!(file << probe::junit_of(all) << std::flush))
      throw std::runtime_error{asked.junit_file + " can't be written"};
  }
  if (asked.as_json)
    fmt::print("{}\n", probe::json_of(all));
  else
    fmt::print("{}{}", probe::failures_of(all, asked.how.is_colored), probe::table_of(all));
  if (std::fflush(stdout) != 0) throw std::runtime_error{"the answer can't be written"};
}

int complain(std::string_view what) {
  fmt::print(stderr, "turnout-probe: {}\n", what);
  return usage_error;
}

std::vector<probe::result> run(const std::string& command, const options& asked,
                               const std::vector<probe::scenario>& cases) {
  if (command == "server") return run_server(asked, cases);
  return command == "client" ? run_client(asked, cases) : run_proxy(asked, cases);
}

int answer(const std::string& command, options& asked) {
  asked.how.is_colored = is_colored(asked);
  for (const std::string& line : asked.headers) asked.how.lines += line + "\r\n";
  const auto cases = cases_for(command == "proxy" ? "relay" : command, asked);
  if (asked.lists) {
    fmt::print("{}", probe::list_of(cases));
    return holds;
  }
  const auto all = run(command, asked, cases);
  print(all, asked);
  return probe::hold_all_musts(all) ? holds : broken;
}

}  // namespace

int main(int argc, char** argv) try {
  options asked;
  CLI::App app{"Shows which rules of HTTP/1.1 upgrades a server, client or proxy breaks.",
               "turnout-probe"};
  describe(app, asked);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help and --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& wrong) {
    return complain(fmt::format("{}; see --help", wrong.what()));
  }
  if (app.get_subcommands().empty()) return complain("a command is missing; see --help");
  return answer(app.get_subcommands().front()->get_name(), asked);
} catch (const std::exception& failed) {
  return complain(failed.what());
}
