#include "store/records.h"

#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;

ON_EVERY_ENGINE(RecordsTest);

TEST_P(RecordsTest, AMediaFileComesBackAsItWasMeasured) {
  MediaFile film{.facts = {.id = mint.make<MediaId>(),
                           .mime = "video/mp4",
                           .bytes = 5'000'000'000,
                           .width = 1920,
                           .height = 1080,
                           .frames = 250,
                           .duration = 10s,
                           .codec = "h264/aac",
                           .sha256 = "ab"},
                 .workspace = workspace,
                 .name = "Film.mp4",
                 .path = "f/film",
                 .thumbnail = "f/film.jpg",
                 .created = noon};
  MediaFile next = film;
  next.facts.id = MediaId::make(noon + 1s, dice);
  work([&](Unit& unit) {
    MediaShelf shelf(unit);
    shelf.add(film);
    shelf.add(next);
    const MediaFile seen = shelf.find(workspace, film.facts.id).value();
    EXPECT_EQ(seen.facts, film.facts);
    EXPECT_EQ(seen.name, film.name);
    EXPECT_EQ(seen.path, film.path);
    EXPECT_EQ(seen.thumbnail, film.thumbnail);
    EXPECT_EQ(seen.created, noon);
    ASSERT_EQ(shelf.list(workspace, std::nullopt, 10).size(), 2U);
    EXPECT_EQ(shelf.list(workspace, std::nullopt, 1)[0].facts.id, next.facts.id) << "the newest first";
    EXPECT_EQ(shelf.list(workspace, MediaShelf::place_of(next), 10)[0].facts.id, film.facts.id);
    shelf.remove(workspace, film.facts.id);
    EXPECT_FALSE(shelf.find(workspace, film.facts.id));
  });
}

TEST_P(RecordsTest, MediaIsFoundByNameKindAndUse) {
  const auto file = [&](const std::string& name, const std::string& mime) {
    MediaFile made{.workspace = workspace, .name = name, .created = noon};
    made.facts.id = MediaId::make(noon, dice);
    made.facts.mime = mime;
    return made;
  };
  const MediaFile cake = file("Cake.JPG", "image/jpeg"), film = file("film.mp4", "video/mp4");
  work([&](Unit& unit) {
    MediaShelf shelf(unit);
    shelf.add(cake);
    shelf.add(film);
    const auto found = [&](const MediaFilter& filter) {
      std::vector<std::string> names;
      for (const auto& each : shelf.list(workspace, std::nullopt, 10, filter)) names.push_back(each.name);
      return names;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(found({.text = "cAKe"}), Names{"Cake.JPG"});
    EXPECT_EQ(found({.mime = "video/"}), Names{"film.mp4"});
    EXPECT_EQ(found({.text = "cake", .mime = "video/"}), Names{});
    EXPECT_EQ(found({.unused = true}).size(), 2U);
    const PostId older{{1}}, newer{{2}};
    for (const PostId post : {older, newer})
      unit.connection()("INSERT INTO media_uses (workspace, media, post) VALUES ($1, $2, $3)", workspace,
                        cake.facts.id, post);
    EXPECT_EQ(found({.unused = true}), Names{"film.mp4"});
    EXPECT_EQ(shelf.users(workspace, cake.facts.id, 10), (std::vector<PostId>{newer, older}));
    EXPECT_EQ(shelf.users(workspace, cake.facts.id, 1), std::vector<PostId>{newer});
    EXPECT_TRUE(shelf.users(workspace, film.facts.id, 10).empty());
  });
}

TEST_P(RecordsTest, NoticesAreListedNewestFirstAndReadOneByOneOrAll) {
  std::vector<NoticeId> ids;
  work([&](Unit& unit) {
    Notices notices(unit);
    for (int i = 0; i < 3; ++i) {
      ids.push_back(NoticeId::make(noon + i * 1s, dice));
      notices.add({.id = ids.back(),
                   .workspace = workspace,
                   .kind = "late",
                   .text = "?",
                   .post = PostId{{1}},
                   .at = noon});
    }
    EXPECT_EQ(notices.unread({workspace, {}}), 3);
    const auto page = notices.list({workspace, {}}, ids[2], 1);
    ASSERT_EQ(page.size(), 1U);
    EXPECT_EQ(page[0].id, ids[1]);
    EXPECT_EQ(page[0].post, PostId{{1}});
    EXPECT_FALSE(page[0].account);
    notices.read({workspace, {}}, ids[1]);
    EXPECT_EQ(notices.unread({workspace, {}}), 2);
    EXPECT_TRUE(notices.list({workspace, {}}, std::nullopt, 5)[1].read);
    notices.read({workspace, {}}, std::nullopt);
    EXPECT_EQ(notices.unread({workspace, {}}), 0);
  });
}

TEST_P(RecordsTest, TheAuditIsReadByNounAndByPerson) {
  work([&](Unit& unit) {
    Audit audit(unit);
    const std::vector<std::pair<std::string, std::string>> done = {{"user:a", "setup"},
                                                                   {"user:a", "post.edited"},
                                                                   {"user:b", "post.removed"},
                                                                   {"user:b", "posts.imported"}};
    for (const auto& [actor, action] : done)
      audit.add({.workspace = workspace, .at = noon, .actor = actor, .action = action});
    const auto found = [&](const AuditFilter& filter) {
      std::vector<std::string> actions;
      for (const auto& entry : audit.list(workspace, std::nullopt, 10, filter))
        actions.push_back(entry.action);
      return actions;
    };
    using Actions = std::vector<std::string>;
    EXPECT_EQ(found({.about = "post."}), (Actions{"post.removed", "post.edited"}));
    EXPECT_EQ(found({.about = "setup."}), Actions{"setup"});
    EXPECT_EQ(found({.actor = "user:b"}), (Actions{"posts.imported", "post.removed"}));
    EXPECT_EQ(found({.about = "post.", .actor = "user:a"}), Actions{"post.edited"});
  });
}

TEST_P(RecordsTest, AnAuditChainIsWholeUntilSomebodyTouchesIt) {
  const auto add = [&](const std::string& detail) {
    work([&](Unit& unit) {
      Audit(unit).add({.workspace = workspace,
                       .at = noon,
                       .actor = "system",
                       .action = "test",
                       .subject = "post:1",
                       .detail = detail});
    });
  };
  const auto broken = [&] { return work([&](Unit& unit) { return Audit(unit).broken_at(workspace); }); };
  EXPECT_FALSE(broken());
  for (const char* detail : {"one", "two", "three"}) add(detail);
  EXPECT_FALSE(broken());
  work([&](Unit& unit) {
    const auto entries = Audit(unit).list(workspace, std::nullopt, 2);
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].number, 3);
    EXPECT_EQ(entries[0].detail, "three");
    EXPECT_EQ(Audit(unit).list(workspace, 3, 9).size(), 2U);
  });
  work([&](Unit& unit) { unit.connection()("UPDATE audit SET detail = 'tow' WHERE number = 2"); });
  EXPECT_EQ(broken(), 2);
  work([&](Unit& unit) { unit.connection()("UPDATE audit SET detail = 'two' WHERE number = 2"); });
  EXPECT_FALSE(broken());
  work([&](Unit& unit) { unit.connection()("DELETE FROM audit WHERE number = 3"); });
  EXPECT_EQ(broken(), 3) << "an end that was cut off";
  work([&](Unit& unit) { unit.connection()("DELETE FROM audit WHERE number = 1"); });
  EXPECT_EQ(broken(), 1);
}

TEST_P(RecordsTest, TheFirstAnswerToAKeyedRequestIsKept) {
  work([&](Unit& unit) {
    Idempotency keys(unit);
    EXPECT_FALSE(keys.take(workspace, "POST /posts", "k", "hash", noon));
    EXPECT_EQ(keys.take(workspace, "POST /posts", "k", "other", noon)->status, 0);
    keys.keep(workspace, "POST /posts", "k", 201, "{\"id\":1}");
    const auto kept = keys.take(workspace, "POST /posts", "k", "other", noon).value();
    EXPECT_EQ(kept.request_sha256, "hash");
    EXPECT_EQ(kept.status, 201);
    EXPECT_EQ(kept.body, "{\"id\":1}");
    EXPECT_FALSE(keys.take(workspace, "POST /media", "k", "hash", noon));
    EXPECT_FALSE(keys.take(mint.make<WorkspaceId>(), "POST /posts", "k", "hash", noon));
    keys.drop(workspace, "POST /posts", "k");
    EXPECT_FALSE(keys.take(workspace, "POST /posts", "k", "hash", noon + 1h));
    EXPECT_EQ(keys.forget_before(noon + 1s), 2);
    EXPECT_TRUE(keys.take(workspace, "POST /posts", "k", "hash", noon + 1h));
  });
}

TEST_P(RecordsTest, AConsentIsGoodOnce) {
  const PendingConsent consent{.state_sha256 = "s1",
                               .workspace = workspace,
                               .user = mint.make<UserId>(),
                               .session = "b",
                               .network = "x",
                               .sealed = std::string("\0\xff", 2),
                               .expires = noon + 10min};
  PendingConsent old = consent;
  old.state_sha256 = "s2";
  old.expires = noon + 1s;
  work([&](Unit& unit) {
    Consents consents(unit);
    consents.add(consent);
    consents.add(old);
    EXPECT_FALSE(consents.take("s2", noon + 1s)) << "too late";
    EXPECT_FALSE(consents.take("s3", noon));
    const auto taken = consents.take("s1", noon + 2s);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->user, consent.user);
    EXPECT_EQ(taken->sealed, consent.sealed);
    EXPECT_EQ(taken->session, "b");
    EXPECT_FALSE(consents.take("s1", noon + 2s));
  });
}

TEST_P(RecordsTest, SettingsAreSetChangedAndRemoved) {
  work([&](Unit& unit) {
    Settings settings(unit);
    EXPECT_FALSE(settings.get("instance_id"));
    settings.set("instance_id", "a");
    settings.set("instance_id", "b");
    EXPECT_EQ(settings.get("instance_id"), "b");
    settings.remove("instance_id");
    EXPECT_FALSE(settings.get("instance_id"));
  });
}

TEST_P(RecordsTest, AWrongTallyIsFoundAndMended) {
  const auto rows = scheduled(post({first.id, second.id}));
  expect_true_tallies();
  work(
      [&](Unit& unit) { unit.connection()("UPDATE tallies SET waiting = 7 WHERE post = $1", rows[0].post); });
  work([&](Unit& unit) {
    const auto found = recount(unit, true);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].post, rows[0].post);
    EXPECT_NE(found[0].text.find("waiting: 7 kept, 2 counted"), std::string::npos) << found[0].text;
  });
  expect_true_tallies();
  work([&](Unit& unit) { unit.connection()("DELETE FROM tallies WHERE 1 = 1"); });
  EXPECT_EQ(work([&](Unit& unit) { return recount(unit, true).size(); }), 2U);
  expect_true_tallies();
}

TEST_P(RecordsTest, TheCensusCountsAndFindsTheOldestThatShouldHaveGone) {
  const auto settled = scheduled_to(first.id);
  settle(settled[0].id, DeliveryState::delivered);
  Post early = post({first.id}), late = post({second.id});
  early.due = noon - 5min;
  late.due = noon + 5min;
  scheduled(early);
  scheduled(late);
  const auto asked = scheduled_to(second.id);
  settle(asked[0].id, DeliveryState::uncertain);
  const auto take = [&] { return work([&](Unit& unit) { return census(unit, noon); }); };
  const Census seen = take();
  EXPECT_EQ(seen.posts, 4);
  EXPECT_EQ(seen.uncertain, 1);
  EXPECT_EQ(seen.held_accounts, 0);
  EXPECT_EQ(seen.oldest_overdue, noon - 5min);
  const std::vector<std::pair<std::string, int64_t>> expected = {
      {"waiting", 2}, {"uncertain", 1}, {"in_flight", 0}, {"delivered", 1},
      {"failed", 0},  {"canceled", 0},  {"skipped", 0}};
  EXPECT_EQ(seen.deliveries, expected);
  work([&](Unit& unit) { Accounts(unit).hold(workspace, first.id, Hold::reconnect, ""); });
  EXPECT_FALSE(take().oldest_overdue) << "a held account's rows are not late by our fault";
  EXPECT_EQ(take().held_accounts, 1);
}

}  // namespace
}  // namespace carillon::store
