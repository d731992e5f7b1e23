#include "postgres/cluster.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <stdexcept>
#include <vector>

namespace carillon::testing {
namespace fs = std::filesystem;
namespace {

// initdb and postgres refuse to run as root.
const passwd* other_user() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  if (!user)
    throw std::runtime_error("The tests run as root and there is no user postgres to start the server as.");
  return user;
}

// Starts a program; its output goes to `out`. It dies with this process.
pid_t spawn(std::vector<std::string> arguments, int out) {
  const passwd* user = other_user();
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child > 0) return child;
  const bool other = !user || (initgroups(user->pw_name, user->pw_gid) == 0 && setgid(user->pw_gid) == 0 &&
                               setuid(user->pw_uid) == 0);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  if (other && chdir("/") == 0) execv(pointers[0], pointers.data());
  _exit(127);
}

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
    read = ends[0], write = ends[1];
  }
};

std::string run(std::vector<std::string> arguments) {
  Pipe output;
  const pid_t child = spawn(arguments, output.write);
  close(output.write);
  std::string text;
  std::array<char, 4096> piece{};
  for (ssize_t n; (n = ::read(output.read, piece.data(), piece.size())) > 0;)
    text.append(piece.data(), static_cast<size_t>(n));
  close(output.read);
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) throw std::runtime_error(arguments[0] + " failed:\n" + text);
  return text;
}

std::string first_line_of(const char* command) {
  std::string line;
  FILE* pipe = popen(command, "r");
  if (!pipe) return line;
  std::array<char, 512> text{};
  if (fgets(text.data(), text.size(), pipe)) line = text.data();
  pclose(pipe);
  while (!line.empty() && line.back() == '\n') line.pop_back();
  return line;
}

// Reads the log; says so once the server is ready, or has died with what it said.
void follow(int log, std::promise<std::string> ready) {
  std::string text;
  bool told = false;
  std::array<char, 4096> piece{};
  for (ssize_t n; (n = ::read(log, piece.data(), piece.size())) > 0;) {
    if (told) continue;
    text.append(piece.data(), static_cast<size_t>(n));
    if (text.find("ready to accept connections") == std::string::npos) continue;
    told = true;
    ready.set_value("");
  }
  if (!told) ready.set_value("The PostgreSQL server did not start:\n" + text);
  close(log);
}

}  // namespace

std::optional<fs::path> Cluster::programs() {
  std::vector<fs::path> places = {first_line_of("pg_config --bindir 2>/dev/null")};
  if (fs::exists("/usr/lib/postgresql")) {
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql"))
      places.push_back(version.path() / "bin");
  }
  for (const fs::path& place : places) {
    if (fs::exists(place / "initdb") && fs::exists(place / "postgres")) return place;
  }
  return std::nullopt;
}

bool Cluster::wanted() {
  const char* set = std::getenv("CARILLON_TEST_POSTGRES");
  return !set || std::string(set) != "0";
}

Cluster& Cluster::shared() {
  static Cluster cluster;
  return cluster;
}

Cluster::Cluster() {
  const auto found = programs();
  if (!found) {
    throw std::runtime_error(
        "PostgreSQL's server programs are not installed (package postgresql). Install them, or set "
        "CARILLON_TEST_POSTGRES=0 to leave these tests out.");
  }
  programs_ = *found;
  std::string pattern = (fs::temp_directory_path() / "carillon-postgres-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("No temporary folder for PostgreSQL.");
  folder_ = pattern;
  if (const passwd* user = other_user()) {
    if (chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown failed");
  }
  run({(programs_ / "initdb").string(), "-D", (folder_ / "data").string(), "-U", "carillon", "-A", "trust",
       "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"});
  start();
}

void Cluster::start() {
  Pipe log;
  // No fsync: the data is thrown away, and what is tested is not PostgreSQL's disk.
  server_ = spawn(
      {(programs_ / "postgres").string(), "-D", (folder_ / "data").string(), "-k", folder_.string(), "-c",
       "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=32MB", "-c", "max_connections=40"},
      log.write);
  close(log.write);
  std::promise<std::string> ready;
  auto said = ready.get_future();
  log_ = std::thread(follow, log.read, std::move(ready));
  const std::string trouble = said.get();
  if (!trouble.empty()) {
    log_.join();
    throw std::runtime_error(trouble);
  }
}

Cluster::~Cluster() {
  if (server_ > 0) {
    kill(server_, SIGQUIT);
    waitpid(server_, nullptr, 0);
  }
  if (log_.joinable()) log_.join();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string Cluster::url(const std::string& database) const {
  std::string host;
  for (const char c : folder_.string()) host += c == '/' ? std::string("%2F") : std::string(1, c);
  return "postgres://carillon@" + host + "/" + database;
}

std::string Cluster::new_database() {
  const std::string name = "carillon_" + std::to_string(++databases_);
  PGconn* connection = PQconnectdb(url("postgres").c_str());
  PGresult* result = PQexec(connection, ("CREATE DATABASE " + name).c_str());
  const std::string trouble = PQresultStatus(result) == PGRES_COMMAND_OK ? "" : PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
  if (!trouble.empty()) throw std::runtime_error("No new database: " + trouble);
  return url(name);
}

}  // namespace carillon::testing
