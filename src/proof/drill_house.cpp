#include "proof/drill_house.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace carillon::proof {
namespace {

std::filesystem::path fresh_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "carillon-drill-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("There is no place for a temporary folder.");
  return name;
}

std::string address(uint16_t port) {
  return fmt::format("127.0.0.1:{}", port);
}

}  // namespace

DrillHouse::DrillHouse(const DrillOptions& options)
    : options_(options),
      wanted_(options.kills),
      dice_(options.seed),
      folder_(fresh_folder()),
      server_port_(free_port()),
      sandbox_port_(free_port()),
      server_url_("http://" + address(server_port_)),
      sandbox_url_("http://" + address(sandbox_port_)) {
  sandbox_.start(
      options.program,
      {"sandbox", "--listen", address(sandbox_port_), "--journal", (folder_ / "sandbox.jsonl").string()},
      folder_ / "sandbox.log");
  thread_ = std::thread([this] { live_and_die(); });
}

DrillHouse::~DrillHouse() {
  {
    const std::lock_guard hold(mutex_);
    over_ = true;
  }
  wake_.notify_all();
  thread_.join();
  sandbox_.kill();
  std::error_code ignored;
  if (!keep_) std::filesystem::remove_all(folder_, ignored);
}

void DrillHouse::begin_killing() {
  const std::lock_guard hold(mutex_);
  killing_ = true;
  wake_.notify_all();
}

std::string DrillHouse::setup_token() const {
  std::stringstream said;
  said << std::ifstream(folder_ / "server.log").rdbuf();
  const std::string text = said.str();
  constexpr std::string_view mark = "token=";
  const size_t at = text.find(mark, text.find("/setup"));
  if (at == std::string::npos) return "";
  const std::string rest = text.substr(at + mark.size());
  const size_t end = rest.find_first_of(" \t\r\n\"");
  return end == std::string::npos ? "" : rest.substr(0, end);
}

void DrillHouse::run_server() {
  std::vector<std::string> arguments = {"serve",
                                        "--data",
                                        (folder_ / "data").string(),
                                        "--listen",
                                        address(server_port_),
                                        "--sandbox-url",
                                        sandbox_url_,
                                        "--log-format",
                                        "json"};
  if (!options_.database.empty()) arguments.insert(arguments.end(), {"--database", options_.database});
  server_.start(options_.program, arguments, folder_ / "server.log");
}

bool DrillHouse::rest(Duration span) {
  std::unique_lock hold(mutex_);
  return !wake_.wait_for(hold, span, [this] { return over_; });
}

void DrillHouse::live_and_die() {
  run_server();
  {
    std::unique_lock hold(mutex_);
    wake_.wait(hold, [this] { return killing_ || over_; });
  }
  // Mostly while it works, one time in eight while it is still getting up.
  while (kills_ < wanted_ &&
         rest(std::chrono::milliseconds(dice_.chance(12) ? 1 + dice_.below(150) : 150 + dice_.below(1350)))) {
    if (!server_.runs()) failing_ = true;
    server_.kill();
    ++kills_;
    run_server();
  }
  while (rest(std::chrono::milliseconds(200))) {
    if (!server_.runs()) failing_ = true;
  }
  server_.kill();
}

}  // namespace carillon::proof
