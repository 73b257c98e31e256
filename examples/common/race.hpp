// Two coroutines at a time, while both run.
#pragma once

#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <exception>
#include <utility>

#include "show.hpp"
#include "stream.hpp"

/// Runs a coroutine to its end. It catches exceptions, and prints why the coroutine ended.
inline task<> guard(task<> what) {
  try {
    co_await std::move(what);
  } catch (const std::exception& gone) {
    const auto* const error = dynamic_cast<const asio::system_error*>(&gone);
    if (error != nullptr && error->code() == asio::error::operation_aborted) co_return;
    show_gone("the connection is gone", gone);
  }
}

/// Runs both until one of them ends, and then cancels the other one.
inline task<> race(task<> one, task<> other) {
  using namespace asio::experimental::awaitable_operators;
  co_await (guard(std::move(one)) || guard(std::move(other)));
}

/// Lets one coroutine wait for another one.
class wakeup {
 public:
  explicit wakeup(const asio::any_io_executor& executor)
      : waiting_{executor, asio::steady_timer::time_point::max()} {}

  /// Waits for the next call of notify().
  task<> wait() {
    asio::error_code woken;
    co_await waiting_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }

  /// Wakes the waiting coroutine.
  void notify() { waiting_.cancel(); }

 private:
  asio::steady_timer waiting_;
};
