// A program that is started for a case, and ended after it with all that it has started.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>
#include <vector>

namespace probe {

class child {
 public:
  /// Starts a program, whose output is not shown.
  ///
  /// Throws std::system_error if it can't be started.
  explicit child(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    posix_spawnattr_t own_group;
    posix_spawnattr_init(&own_group);
    posix_spawnattr_setflags(&own_group, POSIX_SPAWN_SETPGROUP);
    const int error =
        posix_spawnp(&id_, arguments[0], &actions, &own_group, arguments.data(), environ);
    posix_spawnattr_destroy(&own_group);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::system_error{error, std::generic_category(), command.front()};
  }

  ~child() {
    kill(-id_, SIGKILL);
    while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  child(const child&) = delete;
  child& operator=(const child&) = delete;

  /// True if it has ended by itself.
  bool has_ended() const {
    siginfo_t what{};
    waitid(P_PID, static_cast<id_t>(id_), &what, WEXITED | WNOHANG | WNOWAIT);
    return what.si_pid == id_;
  }

 private:
  pid_t id_ = 0;
};

}  // namespace probe
