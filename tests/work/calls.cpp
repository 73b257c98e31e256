// The counter that the compiler calls where a function begins; it is not compiled so itself.
#include "work/calls.hpp"

#include <cxxabi.h>
#include <dlfcn.h>

#include <cstdlib>
#include <memory>
#include <string>

namespace {

bool counting = false;
std::map<void*, std::size_t> begun;

/// The name of a function without its parameters and what it returns.
std::string name_of(void* function) {
  Dl_info found{};
  if (dladdr(function, &found) == 0 || found.dli_sname == nullptr) return "?";
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> whole{
      abi::__cxa_demangle(found.dli_sname, nullptr, nullptr, &status), &std::free};
  const std::string name = status == 0 ? whole.get() : found.dli_sname;
  return name.substr(0, name.find('('));
}

}  // namespace

extern "C" void __cyg_profile_func_enter(void* function, void*) {
  if (!counting) return;
  counting = false;  // what counts is not counted
  ++begun[function];
  counting = true;
}

extern "C" void __cyg_profile_func_exit(void*, void*) {}

void work::begin_calls() {
  begun.clear();
  counting = true;
}

work::calls work::end_calls() {
  counting = false;
  calls named;
  for (const auto& [function, times] : begun) named[name_of(function)] += times;
  return named;
}
