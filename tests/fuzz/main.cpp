// The main function of a fuzz target where there is no fuzzer: it runs inputs, in files or folders.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size);

namespace {

void run(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  const std::string octets{std::istreambuf_iterator<char>{file}, {}};
  std::fprintf(stderr, "%s\n", path.c_str());  // which is the last one if it fails
  (void)LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t inputs = 0;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      run(argv[i]);
      ++inputs;
      continue;
    }
    for (const auto& one : std::filesystem::recursive_directory_iterator{argv[i]}) {
      if (!one.is_regular_file()) continue;
      run(one.path());
      ++inputs;
    }
  }
  std::printf("%zu inputs\n", inputs);
  return inputs == 0 ? 1 : 0;
}
