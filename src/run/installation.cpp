#include "run/installation.h"

#include <fstream>

namespace carillon::run {
namespace {

std::filesystem::path made(const std::filesystem::path& data) {
  std::filesystem::create_directories(data);
  return data / "instance";
}

std::string kept_name(const std::filesystem::path& file, Random& random) {
  std::string name;
  if (std::ifstream in(file); in >> name) return name;
  name = random_token(random, 12);
  std::ofstream(file) << name << '\n';
  return name;
}

}  // namespace

Installation::Installation(const std::filesystem::path& data, Random& random)
    : lock_(made(data)), name_(kept_name(data / "instance", random)) {}

}  // namespace carillon::run
