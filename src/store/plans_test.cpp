// What a claim costs does not depend on how many rows wait: the queries that run all the time go through an
// index, on both engines, and never sort or scan the deliveries.
#include <fstream>
#include <regex>
#include <sstream>

#include "store/dialect.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(PlansTest);

// Keeps the statements that run, and passes them on.
class Listening final : public Connection {
 public:
  explicit Listening(Connection& to) : to_(to) {}
  Engine engine() const override { return to_.engine(); }
  std::string describe() const override { return to_.describe(); }
  Rows run(std::string_view sql, std::span<const Value> parameters) override {
    heard.push_back({std::string(sql), {parameters.begin(), parameters.end()}});
    return to_.run(sql, parameters);
  }
  void script(std::string_view sql) override { to_.script(sql); }
  bool in_transaction() const override { return to_.in_transaction(); }

  struct Heard {
    std::string sql;
    std::vector<Value> parameters;
  };
  std::vector<Heard> heard;

 private:
  Connection& to_;
};

std::string plan_of(Connection& db, const Listening::Heard& heard) {
  const std::string sql = (db.engine() == Engine::sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + heard.sql;
  const Rows rows = db.run(sql, heard.parameters);
  std::string plan;
  for (size_t i = 0; i < rows.size(); ++i) plan += rows[i].text(rows.values[i].size() - 1) + "\n";
  return plan;
}

// Reading a whole workspace is as bad as reading the whole table.
bool reads_too_much(const std::string& plan) {
  static const std::regex bad(
      "SCAN d\\b(?! USING (COVERING )?INDEX deliveries_open)|SCAN deliveries|Seq Scan on deliveries|"
      "SEARCH (d|b|t|p|c|deliveries|tallies|posts|contents) USING (PRIMARY KEY|(COVERING )?INDEX "
      "(?!deliveries_open)\\w+) "
      "\\(workspace=\\?\\)|"
      "deliveries_(?!open)\\w+ on deliveries[^\n]*\n *Index Cond: \\(workspace = [^()]*\\)\n");
  return std::regex_search(plan, bad);
}

TEST_P(PlansTest, WhatRunsAllTheTimeNeverScansOrSortsTheQueue) {
  for (int i = 0; i < 20; ++i) scheduled(post({first.id, second.id}, 2));
  if (db->engine() == Engine::postgres) db->script("ANALYZE");  // SQLite's figures are part of the schema
  Transaction transaction(*db);
  Listening listening(*db);
  Unit unit(listening);
  Journal journal(unit);
  const auto tickets = journal.due({workspace, first.id, Line::bulk, 5}, noon).tickets;
  ASSERT_EQ(tickets.size(), 5U);
  const Delivery& d = tickets[0].delivery;
  ASSERT_EQ(journal.apply(opening(d), tenure, noon), delivery::Saved::applied);
  journal.queues();
  journal.open_attempts();
  journal.due({workspace, first.id, Line::ask, 5}, noon);
  census(unit, noon);
  Posts posts(unit);
  posts.list(workspace, {.from = noon, .until = noon + 1h});
  posts.list(workspace, {.until = noon + 1h, .newest_first = true});
  ASSERT_EQ(
      journal.apply(closing(posts.delivery(workspace, d.id).value(), DeliveryState::failed), tenure, noon),
      delivery::Saved::applied);
  posts.retry(workspace, d.post, {}, noon, mint);
  Post post = posts.find(workspace, tickets[1].delivery.post).value();
  posts.reschedule(post, noon + 1h);
  ASSERT_TRUE(posts.edit(post, post.revision + 1));
  posts.pause(workspace, post.id, false);
  posts.cancel(workspace, post.id, noon);
  Accounts(unit).disconnect(workspace, second.id, noon);
  const auto heard = listening.heard;
  for (const auto& each : heard) {
    const std::string plan = plan_of(*db, each);
    EXPECT_FALSE(reads_too_much(plan)) << each.sql << "\n" << plan;
    // Lists of posts, too, but PostgreSQL rightly sorts the few rows of this test.
    const bool paged = each.sql.find("d.due <= ") != std::string::npos ||
                       (db->engine() == Engine::sqlite && each.sql.find("p.due") != std::string::npos);
    const bool sorts =
        paged && (plan.find("TEMP B-TREE") != std::string::npos || plan.find("Sort") != std::string::npos);
    EXPECT_FALSE(sorts) << each.sql << "\n" << plan;
  }
  EXPECT_GT(heard.size(), 30U);
}

TEST(DialectTest, EachEngineReadsItsOwnRemarks) {
  const char* sql = "SELECT 1 /*lite INDEXED BY a*/ FROM t /*pg FOR UPDATE*/ -- BYTEA";
  EXPECT_EQ(in_dialect(Engine::sqlite, sql), "SELECT 1 INDEXED BY a FROM t  -- BLOB");
  EXPECT_EQ(in_dialect(Engine::postgres, sql), "SELECT 1  FROM t FOR UPDATE -- BYTEA");
  EXPECT_EQ(clean(std::string("a\0b\xff"
                              "c",
                              5)),
            "a b\xEF\xBF\xBD"
            "c");
  EXPECT_EQ(clean("Größe"), "Größe");
}

}  // namespace
}  // namespace carillon::store
