#include "plan/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "plan/import_accounts.h"
#include "plan/slot_fill.h"

namespace carillon::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Instant now = Instant::from_seconds(1'795'080'600);  // 2026-11-19T09:30:00Z

class Rows : public ::testing::Test {
 protected:
  Rows() {
    for (const auto& [network, name, handle] :
         {std::tuple("x", "Corner Shop", "@shop"), std::tuple("mastodon", "Corner Shop", "@shop@m.example"),
          std::tuple("telegram", "Bakery", "")}) {
      accounts.push_back(
          {.id = AccountId::make(now, dice), .network = network, .name = name, .handle = handle});
    }
    wishes = {.accounts = accounts, .to = {accounts[2].id}, .zone = "Europe/Berlin"};
  }
  Import read(const std::string& csv) { return read_import(parse_table(csv).value(), wishes).value(); }
  std::vector<std::string> troubles(const std::string& csv) {
    std::vector<std::string> codes;
    for (const ImportRow& row : read(csv).rows) {
      for (const RowTrouble& trouble : row.troubles) codes.push_back(trouble.column + ":" + trouble.code);
    }
    return codes;
  }

  SeededRandom dice{7};
  std::vector<Account> accounts;
  ImportWishes wishes;
};

TEST_F(Rows, BecomePostsWithAllThatTheySay) {
  const auto import = read(
      "Text,Accounts,At,Zone,Title,Link,Tags,Late,Colour\n"
      "\"Hello, all\",x:@shop; Bakery,2026-12-01 09:30,UTC,Greeting,https://a.example,spring; "
      "cake,skip,red\n");
  EXPECT_THAT(import.ignored, ElementsAre("Colour"));
  ASSERT_EQ(import.rows.size(), 1U);
  const ImportRow& row = import.rows[0];
  EXPECT_THAT(row.troubles, IsEmpty());
  EXPECT_EQ(row.line, 2U);
  EXPECT_EQ(row.post.content.parts[0].text, "Hello, all");
  EXPECT_EQ(row.post.content.parts[0].link, "https://a.example");
  EXPECT_THAT(row.post.targets, ElementsAre(Target{accounts[0].id, {}}, Target{accounts[2].id, {}}));
  EXPECT_EQ(to_text(*row.post.due), "2026-12-01T09:30:00Z");
  EXPECT_EQ(row.post.title, "Greeting");
  EXPECT_THAT(row.post.tags, ElementsAre("spring", "cake"));
  EXPECT_EQ(row.post.late.then, LatePolicy::Then::skip);
}

TEST_F(Rows, TakeTheZoneAndTheAccountsOfTheWholeFile) {
  const auto row = read("text,at\nHi,2026-07-01T09:30\n").rows[0];
  EXPECT_EQ(to_text(*row.post.due), "2026-07-01T07:30:00Z");
  EXPECT_THAT(row.post.targets, ElementsAre(Target{accounts[2].id, {}}));
}

TEST_F(Rows, SayTheirTimeInSeveralWays) {
  for (const char* at : {"2026-12-01 09:30", "2026-12-01T09:30", "2026-12-01T09:30:00",
                         "2026-12-01T08:30:00Z", "2026-12-01T09:30:00+01:00"}) {
    const auto row = read(std::string("text,at\nHi,") + at + "\n").rows[0];
    ASSERT_TRUE(row.schedule) << at;
    EXPECT_EQ(to_text(row.schedule->at), "2026-12-01T08:30:00Z") << at;
    EXPECT_EQ(row.schedule->local, "2026-12-01T09:30") << at;
  }
  EXPECT_EQ(read("text,date,time\nHi,2026-12-01,09:30\n").rows[0].schedule->local, "2026-12-01T09:30");
}

TEST_F(Rows, WithoutATimeAreWhatIsWished) {
  EXPECT_THAT(troubles("text\nHi\n"), ElementsAre("at:no_time"));
  wishes.fill = ImportWishes::Fill::slots;
  EXPECT_TRUE(read("text\nHi\n").rows[0].queued);
  EXPECT_FALSE(read("text,at\nHi,2026-12-01 09:30\n").rows[0].queued);
  wishes.fill = ImportWishes::Fill::drafts;
  EXPECT_TRUE(read("text\nHi\n").rows[0].draft);
  wishes.fill = ImportWishes::Fill::refuse;
  EXPECT_TRUE(read("text,at\nHi,next\n").rows[0].queued);
  EXPECT_TRUE(read("text,state\nHi,draft\n").rows[0].draft);
}

TEST_F(Rows, MakeAThreadOfPartsBetweenDashes) {
  const auto row = read("text,at\n\"One\n---\nTwo\nlines\r\n---\r\nThree\",draft\n").rows[0];
  ASSERT_EQ(row.post.content.parts.size(), 3U);
  EXPECT_EQ(row.post.content.parts[1].text, "Two\nlines");
  EXPECT_EQ(row.post.content.parts[2].text, "Three");
}

TEST_F(Rows, NameFilesByIdWithTheirAlternativeTexts) {
  const std::string one = MediaId::make(now, dice).text(), other = MediaId::make(now, dice).text();
  const auto row = read("text,media,alt,at\nHi," + one + "; " + other + ",A cake | A tart,draft\n").rows[0];
  ASSERT_EQ(row.post.content.parts[0].media.size(), 2U);
  EXPECT_EQ(row.post.content.parts[0].media[0].alt, "A cake");
  EXPECT_EQ(row.post.content.parts[0].media[1].alt, "A tart");
  EXPECT_THAT(troubles("text,media,at\nHi,cake.jpg,draft\n"), ElementsAre("media:not_an_id"));
}

TEST_F(Rows, HaveAllTheirTroublesBesideThem) {
  EXPECT_THAT(troubles("text,accounts,at,late\n ,nobody,tomorrow,maybe\n"),
              ElementsAre("text:no_text", "accounts:account_unknown", "late:unknown_policy", "at:bad_time"))
      << "each of them, not only the first";
  EXPECT_THAT(troubles("text,at,zone\nHi,2026-12-01 09:30,Mars/Base\n"), ElementsAre("zone:unknown_zone"));
  EXPECT_THAT(troubles("text,at,id\nHi,2026-12-01 09:30,7\n"), ElementsAre("id:not_an_id"));
  wishes.to.clear();
  EXPECT_THAT(troubles("text,at\nHi,2026-12-01 09:30\n"), ElementsAre("accounts:no_target"));
  EXPECT_THAT(troubles("text,at\nHi,draft\n"), IsEmpty());
}

TEST_F(Rows, WithMoreFieldsThanColumnsLoseNothingUnseen) {
  const auto rows = read("text,at,accounts\nHi,draft,x,\nCakes, from nine,draft,x\nHi,draft\n").rows;
  EXPECT_THAT(rows[0].troubles, IsEmpty()) << "nothing is in the surplus";
  ASSERT_FALSE(rows[1].troubles.empty());
  EXPECT_EQ(rows[1].troubles[0].code, "too_many_fields");
  EXPECT_THAT(rows[1].troubles[0].text, HasSubstr("\"x\""));
  EXPECT_THAT(rows[2].troubles, IsEmpty()) << "fields that are not there are empty";
}

TEST_F(Rows, HaveAKeyByWhatTheySay) {
  const std::string csv = "text,at\nHi,2026-12-01 09:30\nHo,2026-12-01 09:30\nHi,2026-12-01 09:30\n";
  const auto first = read(csv).rows, again = read("at,text,x\n2026-12-01 09:30,Hi,1\n").rows;
  EXPECT_EQ(first[0].key, again[0].key);
  EXPECT_NE(first[0].key, first[1].key);
  EXPECT_EQ(first[2].key, first[0].key + "#2");
  EXPECT_EQ(read("text,at,key\nHi,draft,mine\n").rows[0].key, "mine");
  EXPECT_THAT(troubles("text,at,key\nHi,draft,k\nHo,draft,k\n"), ElementsAre("key:duplicate_key"));
}

TEST_F(Rows, OfTheExportAreReadBack) {
  const auto import = read(
      "id,state,local,zone,utc,title,text,accounts,tags,links,troubles,parts,page\r\n"
      "0198e5a0-7c00-7000-8000-000000000005,scheduled,2026-12-01T09:30,Europe/Berlin,2026-12-01T08:30:00Z,,"
      "'=1+1,Corner Shop (x); Bakery (telegram),a; b,,,1,http://h/posts/1\r\n");
  EXPECT_THAT(import.ignored, IsEmpty());
  const ImportRow& row = import.rows[0];
  EXPECT_THAT(row.troubles, IsEmpty());
  EXPECT_EQ(row.known->text(), "0198e5a0-7c00-7000-8000-000000000005");
  EXPECT_EQ(row.post.content.parts[0].text, "=1+1");
  EXPECT_EQ(row.post.targets.size(), 2U);
  EXPECT_EQ(to_text(*row.post.due), "2026-12-01T08:30:00Z");
}

TEST_F(Rows, KeepAnApostropheThatNoExportPutThere) {
  const std::string said = "'-20 %' is today's word";
  EXPECT_EQ(read("text,at\n" + said + ",draft\n").rows[0].post.content.parts[0].text, said);
  EXPECT_EQ(read("text,at,utc\n'" + said + ",draft,\n").rows[0].post.content.parts[0].text, said);
}

TEST_F(Rows, NeedAColumnForTheTextAndNoneTwice) {
  EXPECT_EQ(read_import(parse_table("a,b\n1,2\n").value(), wishes).error().code, "no_text_column");
  EXPECT_EQ(read_import(parse_table("text,post\n1,2\n").value(), wishes).error().code, "duplicate_column");
}

TEST_F(Rows, NameAccountsInManyWays) {
  const auto named = [&](const char* cell) {
    const auto ids = accounts_named(cell, accounts);
    return ids ? std::to_string(ids->size()) : ids.error().code;
  };
  for (const char* one :
       {"@shop", "SHOP", "x", "Corner Shop (X)", "x:shop", "x:@shop", "bakery", " bakery ; "})
    EXPECT_EQ(named(one), "1") << one;
  EXPECT_EQ(named(accounts[1].id.text().c_str()), "1");
  EXPECT_EQ(named("all"), "3");
  EXPECT_EQ(named("x, mastodon, x"), "2");
  EXPECT_EQ(named(""), "0");
  EXPECT_EQ(named("corner shop"), "account_ambiguous");
  EXPECT_EQ(named("facebook"), "account_unknown");
  EXPECT_THAT(accounts_named("corner shop", accounts).error().text, HasSubstr("(mastodon)"));
}

TEST_F(Rows, FillSlotsOneAfterTheOther) {
  const AccountId a = accounts[0].id, b = accounts[1].id;
  const Instant first = parse_instant("2026-11-23T09:00:00Z").value();
  const std::map<AccountId, Queue> queues = {{a, {"UTC", {{0, 540}, {1, 540}}, {first}}},
                                             {b, {"UTC", {{1, 540}, {2, 540}}, {}}}};
  SlotFill fill(queues, now, now + 24h * 14);
  const std::vector<AccountId> both = {b, a}, one = {a}, nobody = {accounts[2].id};
  EXPECT_EQ(fill.next(both), first + 24h);
  EXPECT_EQ(fill.next(one), first + 24h * 7);
  EXPECT_EQ(fill.next(both), first + 24h * 8);
  EXPECT_FALSE(fill.next(both));
  EXPECT_FALSE(fill.next(one));
  EXPECT_FALSE(fill.next(nobody));
  SlotFill other(queues, now, now + 24h * 14);
  other.take(one, first + 24h);
  EXPECT_EQ(other.next(both), first + 24h * 8);
}

TEST_F(Rows, SayWhereTheLinkGoesAndHowItIsMarked) {
  const auto rows = read(
                        "text,at,link,link_in,utm_campaign,utm\n"
                        "a,2026-11-20 09:30,https://shop.example,comment,spring,\n"
                        "b,2026-11-20 09:30,https://shop.example,,,off\n")
                        .rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].post.targets.front().link, LinkPlace::comment);
  EXPECT_EQ(rows[0].post.utm.campaign, "spring");
  EXPECT_TRUE(rows[1].post.utm.off);
  EXPECT_NE(rows[0].key, rows[1].key);
  EXPECT_THAT(troubles("text,at,link_in\na,2026-11-20 09:30,elsewhere\n"),
              ElementsAre("link_in:unknown_place"));
}

}  // namespace
}  // namespace carillon::plan
