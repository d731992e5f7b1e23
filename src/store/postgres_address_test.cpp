#include "store/postgres_address.h"

#include <gtest/gtest.h>

namespace carillon::store {
namespace {

std::string sslmode(const std::string& address) {
  for (const auto& [keyword, value] : postgres_parameters(address)) {
    if (keyword == "sslmode") return value;
  }
  return "";
}

TEST(PostgresAddress, IsCheckedWhenTheServerIsElsewhere) {
  for (const char* far :
       {"postgres://me@db.example.org/carillon", "postgresql://me@203.0.113.5:5433/c",
        "postgres://me@172.32.0.1/c", "postgres://me@[2001:db8::1]/c", "postgres://me@db,db.example.org/c"}) {
    EXPECT_EQ(sslmode(far), "verify-full") << far;
  }
}

TEST(PostgresAddress, IsLeftAloneOnThisMachineAndInPrivateNetworks) {
  for (const char* near :
       {"postgres:///carillon", "postgres:///c?host=/run/postgresql", "postgres://me@localhost/c",
        "postgres://me@127.0.0.1/c", "postgres://me@[::1]/c", "postgres://me@db:5432/c",
        "postgres://me@10.1.2.3/c", "postgres://me@172.20.0.2/c", "postgres://me@192.168.1.9/c"}) {
    EXPECT_EQ(sslmode(near), "") << near;
  }
}

TEST(PostgresAddress, ComesLastSoThatWhatItSaysCounts) {
  const std::string address = "postgres://me@db.example.org/c?sslmode=disable";
  const auto parameters = postgres_parameters(address);
  EXPECT_EQ(parameters.back(), (std::pair<std::string, std::string>("dbname", address)));
  EXPECT_EQ(parameters.front().first, "connect_timeout");
}

}  // namespace
}  // namespace carillon::store
