#include "store/testing/stage.h"

#include <cstdlib>

#include "postgres/cluster.h"
#include "store/people.h"
#include "store/postgres.h"
#include "store/schema.h"
#include "store/sqlite.h"

namespace carillon::store {
namespace {

// One database for all tests of this program, emptied before each.
std::unique_ptr<Connection> empty_postgres() {
  static const std::string url = testing::Cluster::shared().new_database();
  auto connection = connect_postgres(url);
  migrate(*connection);
  wipe(*connection);
  return connection;
}

}  // namespace

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "carillon-store-XXXXXX").string();
  path_ = mkdtemp(pattern.data());
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

bool left_out(Place place) {
  return place == Place::postgres && !testing::Cluster::wanted();
}

std::string place_name(const ::testing::TestParamInfo<Place>& place) {
  switch (place.param) {
    case Place::memory: return "SqliteMemory";
    case Place::file: return "SqliteFile";
    case Place::postgres: return "Postgres";
  }
  return "";
}

void OnEveryEngine::SetUp() {
  if (left_out(GetParam())) GTEST_SKIP() << "CARILLON_TEST_POSTGRES=0";
  if (GetParam() == Place::postgres) {
    db = empty_postgres();
  } else {
    folder = std::make_unique<Folder>();
    db = connect_sqlite(GetParam() == Place::memory ? ":memory:" : (*folder / "test.db").string());
    migrate(*db);
  }
  workspace = mint.make<WorkspaceId>();
  first = account("shop"), second = account("club");
  work([&](Unit& unit) {
    People(unit).add(Workspace{.id = workspace, .name = "Shop", .zone = "UTC", .created = noon});
    Accounts(unit).connect(first, "sealed-first");
    Accounts(unit).connect(second, "sealed-second");
    tenure = Journal(unit).take_office("test", 1h, noon).value();
  });
}

Account OnEveryEngine::account(const std::string& external_id) {
  return {.id = mint.make<AccountId>(),
          .workspace = workspace,
          .network = "x",
          .external_id = external_id,
          .name = external_id,
          .handle = "@" + external_id,
          .api_base = "http://127.0.0.1:1/x",
          .connected = noon,
          .checked = noon};
}

Post OnEveryEngine::post(std::vector<AccountId> accounts, size_t parts) {
  Post post;
  post.id = mint.make<PostId>();
  post.workspace = workspace;
  post.author = mint.make<UserId>();
  post.title = "Autumn";
  for (size_t part = 0; part < parts; ++part)
    post.content.parts.push_back({.text = "Part " + std::to_string(part)});
  for (const AccountId& each : accounts) post.targets.push_back({.account = each});
  post.zone = "Europe/Berlin";
  post.due = noon;
  post.created = post.updated = noon;
  return post;
}

std::vector<Delivery> OnEveryEngine::scheduled(const Post& post) {
  return work([&](Unit& unit) {
    Posts posts(unit);
    posts.add(post);
    return posts.schedule(post, noon, mint);
  });
}

Delivery OnEveryEngine::row(DeliveryId id) {
  return work([&](Unit& unit) { return Posts(unit).delivery(workspace, id).value(); });
}

std::optional<Post> OnEveryEngine::stored(PostId id) {
  return work([&](Unit& unit) { return Posts(unit).find(workspace, id); });
}

delivery::Save OnEveryEngine::opening(const Delivery& row, bool publishes) {
  delivery::Save save;
  save.delivery = row;
  save.from = row.state;
  save.seen = row.wish;
  save.expected = row.attempt;
  save.delivery.state = DeliveryState::in_flight;
  save.delivery.reason = "sending";
  save.delivery.due = noon + 30s;
  save.delivery.progress.step = "publish";
  const auto id = mint.make<AttemptId>();
  save.delivery.attempt = id;
  save.open = Attempt{.id = id,
                      .delivery = row.id,
                      .workspace = row.workspace,
                      .step = "publish",
                      .summary = "POST http://127.0.0.1:1/x",
                      .repeat = "probe",
                      .publishes = publishes,
                      .opened = noon};
  return save;
}

delivery::Save OnEveryEngine::closing(const Delivery& row, DeliveryState state) {
  delivery::Save save;
  save.delivery = row;
  save.from = row.state;
  save.seen = row.wish;
  save.expected = row.attempt;
  save.delivery.state = state;
  save.delivery.attempt.reset();
  save.delivery.due = noon + 60s;
  if (is_settled(state)) save.delivery.settled = noon;
  if (state == DeliveryState::delivered)
    save.delivery.external_id = "ext-" + row.id.text(), save.delivery.url = "https://x.test/1";
  if (state == DeliveryState::uncertain) save.delivery.line = Line::ask;
  if (row.attempt) {
    save.close = Attempt{.outcome = Attempt::Outcome::accepted,
                         .id = *row.attempt,
                         .delivery = row.id,
                         .workspace = row.workspace,
                         .closed = noon + 1s,
                         .status = 200,
                         .answer = "{}"};
  }
  return save;
}

delivery::Saved OnEveryEngine::apply(const delivery::Save& save, Instant now) {
  return work([&](Unit& unit) { return Journal(unit).apply(save, tenure, now); });
}

void OnEveryEngine::settle(DeliveryId id, DeliveryState state) {
  ASSERT_EQ(apply(opening(row(id))), delivery::Saved::applied);
  ASSERT_EQ(apply(closing(row(id), state)), delivery::Saved::applied);
}

void OnEveryEngine::expect_true_tallies() {
  const auto found = work([&](Unit& unit) { return recount(unit, false); });
  for (const Discrepancy& each : found) ADD_FAILURE() << each.post.text() << ": " << each.text;
}

}  // namespace carillon::store
