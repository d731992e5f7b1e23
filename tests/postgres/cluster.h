// A throw-away PostgreSQL server: made in a temporary folder, reached through a socket there, gone with this
// object. Finds the server's programs by pg_config or in /usr/lib/postgresql. As root it runs them as user
// postgres.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <thread>

namespace carillon::testing {

class Cluster {
 public:
  Cluster();  // throws std::runtime_error with what failed
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  // The address of a new, empty database.
  std::string new_database();

  // Where the server's programs are; none: not installed.
  static std::optional<std::filesystem::path> programs();
  // False only when CARILLON_TEST_POSTGRES=0 says so: tests skip then. Else they fail without PostgreSQL.
  static bool wanted();
  // One for the whole test program, made when first asked for.
  static Cluster& shared();

 private:
  void start();
  std::string url(const std::string& database) const;

  std::filesystem::path programs_, folder_;
  pid_t server_ = 0;
  std::thread log_;  // keeps the server's log flowing
  int databases_ = 0;
};

}  // namespace carillon::testing
