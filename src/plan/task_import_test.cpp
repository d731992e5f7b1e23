#include "plan/task_import.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace carillon::plan {
namespace {

class TaskImportTest : public ::testing::Test {
 protected:
  TaskImport read(const std::string& csv) {
    const auto table = parse_table(csv);
    EXPECT_TRUE(table);
    auto import = read_task_import(*table, wishes);
    EXPECT_TRUE(import);
    return import ? std::move(*import) : TaskImport{};
  }
  std::string trouble(const std::string& csv) {
    const auto rows = read(csv).rows;
    return rows.empty() || rows[0].troubles.empty() ? "" : rows[0].troubles[0].code;
  }
  std::vector<std::string> warnings(const TaskRow& row) {
    std::vector<std::string> codes;
    for (const RowTrouble& warning : row.warnings) codes.push_back(warning.code);
    return codes;
  }

  SeededRandom dice{3};
  const Instant now = Instant::from_seconds(1'795'080'600);  // 2026-11-19 09:30 UTC
  std::vector<Campaign> campaigns{{.id = CampaignId::make(now, dice), .name = "Spring"}};
  TaskWishes wishes{.zone = "Europe/Berlin", .campaigns = campaigns, .now = now};
};

TEST_F(TaskImportTest, ReadsWhatATaskSays) {
  const auto import = read(
      "Name,What,Profile,Message,When,Campaign,Mood\n"
      "Ana Lind,connect,https://www.linkedin.com/in/ana-lind,\"Hello,\n'Ana'\",2026-12-01 "
      "09:30,spring,good\n");
  EXPECT_EQ(import.ignored, std::vector<std::string>{"Mood"});
  ASSERT_EQ(import.rows.size(), 1U);
  const Task& task = import.rows[0].task;
  EXPECT_TRUE(import.rows[0].troubles.empty());
  EXPECT_TRUE(import.rows[0].warnings.empty());
  EXPECT_EQ(task.kind, TaskKind::connect);
  EXPECT_EQ(task.person, "Ana Lind");
  EXPECT_EQ(task.link, "https://www.linkedin.com/in/ana-lind");
  EXPECT_EQ(task.note, "Hello,\n'Ana'");
  EXPECT_EQ(task.local_time, "2026-12-01T09:30");
  EXPECT_EQ(task.zone, "Europe/Berlin");
  EXPECT_EQ(to_text(*task.due), "2026-12-01T08:30:00Z");
  EXPECT_EQ(task.campaign, campaigns[0].id);
}

TEST_F(TaskImportTest, GivesRowsThatSayNothingElseWhatWasChosen) {
  wishes.kind = TaskKind::other;
  wishes.campaign = campaigns[0].id;
  const auto import = read("person\nAna\n");
  EXPECT_EQ(import.rows[0].task.kind, TaskKind::other);
  EXPECT_EQ(import.rows[0].task.campaign, campaigns[0].id);
  EXPECT_FALSE(import.rows[0].task.due);
}

TEST_F(TaskImportTest, TellsWhatIsWrongBesideTheRow) {
  EXPECT_EQ(trouble("person,kind\n,connect\n"), "no_person");
  EXPECT_EQ(trouble("person,kind\nAna,call\n"), "unknown_kind");
  EXPECT_EQ(trouble("person,link\nAna,www.linkedin.com/in/ana\n"), "not_a_url");
  EXPECT_EQ(trouble("person,link\nAna,http://example.com/ana\n"), "not_a_url");
  EXPECT_EQ(trouble("person,note\nAna," + std::string(8001, 'x') + "\n"), "too_long");
  EXPECT_EQ(trouble("person,campaign\nAna,Autumn\n"), "campaign_unknown");
  EXPECT_EQ(trouble("person,state\nAna,done\n"), "settled");
  EXPECT_EQ(trouble("person,state\nAna,gone\n"), "unknown_state");
  EXPECT_EQ(trouble("person,id\nAna,seven\n"), "not_an_id");
  EXPECT_NE(trouble("person,at\nAna,2026-02-31 09:30\n"), "");
  EXPECT_EQ(trouble("person,at,zone\nAna,2026-12-01 09:30,Mars/Base\n"), "unknown_zone");
  EXPECT_EQ(trouble("person,note\nAna,Hello, you\n"), "too_many_fields");
  EXPECT_EQ(trouble("person,state\nAna,open\n"), "");
}

TEST_F(TaskImportTest, WarnsOfWhatIsMissing) {
  const auto rows = read("person,kind,at\nAna,message,2026-11-01 09:30\nBen,other,\n").rows;
  EXPECT_EQ(warnings(rows[0]), (std::vector<std::string>{"no_link", "no_note", "time_past"}));
  EXPECT_TRUE(rows[1].warnings.empty());
}

TEST_F(TaskImportTest, KnowsRowsAgain) {
  const auto rows = read("person,key\nAna,\nAna,\nBen,own\n").rows;
  EXPECT_NE(rows[0].key, rows[1].key);
  EXPECT_EQ(rows[1].key, rows[0].key + "#2");
  EXPECT_EQ(rows[2].key, "own");
  EXPECT_EQ(read("person\nAna\n").rows[0].key, rows[0].key);
  EXPECT_EQ(read("person,key\nAna,a\nBen,a\n").rows[1].troubles[0].code, "duplicate_key");
}

TEST_F(TaskImportTest, WarnsOfTheSameTwice) {
  auto rows = read(
                  "person,kind,link,note\nAna,connect,https://a.example/in/ana/?x=1,Hi\n"
                  "Ana Lind,connect,https://a.example/in/Ana,Hi\nAna,message,https://a.example/in/ana,Hi\n"
                  "Ben,connect,https://a.example/in/ben,Hi\n")
                  .rows;
  const Task open{.kind = TaskKind::connect, .person = "Ben", .link = "https://a.example/in/ben"};
  std::vector<TaskRow*> ready;
  for (TaskRow& row : rows) ready.push_back(&row);
  warn_of_same_tasks(ready, std::span(&open, 1));
  EXPECT_TRUE(rows[0].warnings.empty());
  EXPECT_EQ(warnings(rows[1]), std::vector<std::string>{"duplicate"});
  EXPECT_NE(rows[1].warnings[0].text.find("Line 2"), std::string::npos);
  EXPECT_TRUE(rows[2].warnings.empty());
  EXPECT_EQ(warnings(rows[3]), std::vector<std::string>{"duplicate"});
}

TEST_F(TaskImportTest, RefusesATableWithoutPeople) {
  const auto table = parse_table("link\nhttps://a.example\n");
  EXPECT_EQ(read_task_import(*table, wishes).error().code, "no_person_column");
}

}  // namespace
}  // namespace carillon::plan
