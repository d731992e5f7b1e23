#include "store/journal.h"

#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Claim;
using delivery::Saved;

ON_EVERY_ENGINE(JournalTest);

TEST_P(JournalTest, DueRowsComeInOrderOfTimeAndThenTheNextTimeIsTold) {
  Post early = post({first.id}), late = post({first.id});
  early.due = noon - 60s;
  late.due = noon + 60s;
  const auto a = scheduled(late), b = scheduled(early), c = scheduled_to(first.id);
  work([&](Unit& unit) {
    Journal journal(unit);
    const DueRows two = journal.due({workspace, first.id, Line::bulk, 10}, noon);
    ASSERT_EQ(two.tickets.size(), 2U);
    EXPECT_EQ(two.tickets[0].delivery.id, b[0].id);
    EXPECT_EQ(two.tickets[1].delivery.id, c[0].id);
    EXPECT_EQ(two.next, noon + 60s);
    const DueRows one = journal.due({workspace, first.id, Line::bulk, 1}, noon);
    ASSERT_EQ(one.tickets.size(), 1U);
    EXPECT_EQ(one.next, noon);
    EXPECT_TRUE(journal.due({workspace, second.id, Line::bulk, 10}, noon).tickets.empty());
    EXPECT_FALSE(journal.due({workspace, second.id, Line::bulk, 10}, noon).next);
    EXPECT_TRUE(journal.due({workspace, first.id, Line::ask, 10}, noon).tickets.empty());
  });
}

TEST_P(JournalTest, TicketsAreCompleteWithContentMediaZoneAndPause) {
  const MediaId picture = mint.make<MediaId>();
  Post p = post({first.id, second.id});
  p.late.then = LatePolicy::Then::next_slot;
  p.content.parts[0].media = {{.id = picture, .alt = "A bell"}};
  p.targets[1].content =
      Content{.parts = {{.text = "Only for the club"}}, .options = {{"visibility", "unlisted"}}};
  scheduled(p);
  work([&](Unit& unit) {
    MediaShelf(unit).add({.facts = {.id = picture, .mime = "image/png", .bytes = 10, .width = 3, .height = 4},
                          .workspace = workspace,
                          .name = "bell.png",
                          .path = "b/bell.png",
                          .created = noon});
    Posts(unit).pause(workspace, p.id, true);
    const auto mine = Journal(unit).due({workspace, first.id, Line::bulk, 10}, noon).tickets;
    const auto club = Journal(unit).due({workspace, second.id, Line::bulk, 10}, noon).tickets;
    ASSERT_EQ(mine.size(), 1U);
    ASSERT_EQ(club.size(), 1U);
    EXPECT_EQ(*mine[0].content, p.content);
    EXPECT_EQ(*club[0].content, *p.targets[1].content);
    ASSERT_EQ(mine[0].media.size(), 1U);
    EXPECT_EQ(mine[0].media[0].mime, "image/png");
    EXPECT_EQ(mine[0].media[0].height, 4U);
    EXPECT_TRUE(club[0].media.empty());
    EXPECT_EQ(mine[0].zone, "Europe/Berlin");
    EXPECT_TRUE(mine[0].paused);
  });
}

TEST_P(JournalTest, DeliveriesOfOnePostShareTheirContent) {
  const auto rows = scheduled(post({first.id, second.id}));
  EXPECT_EQ(rows[0].content, rows[1].content);
}

TEST_P(JournalTest, QueuesNameEachLineThatHasUnsettledRowsWithItsFirstTime) {
  Post later = post({first.id});
  later.due = noon + 60s;
  scheduled(later);
  const auto now = scheduled_to(first.id);
  const auto asked = scheduled_to(second.id);
  ASSERT_EQ(apply(opening(asked[0])), Saved::applied);
  ASSERT_EQ(apply(closing(row(asked[0].id), DeliveryState::uncertain)), Saved::applied);
  work([&](Unit& unit) {
    auto heads = Journal(unit).queues();
    ASSERT_EQ(heads.size(), 2U);
    if (heads[0].line == Line::ask) std::swap(heads[0], heads[1]);
    EXPECT_EQ(heads[0].account, first.id);
    EXPECT_EQ(heads[0].line, Line::bulk);
    EXPECT_EQ(heads[0].due, noon);
    EXPECT_EQ(heads[1].account, second.id);
    EXPECT_EQ(heads[1].line, Line::ask);
    EXPECT_EQ(heads[1].due, noon + 60s);
  });
}

TEST_P(JournalTest, AnIntentIsThereWithItsAttemptBeforeAnythingIsKnown) {
  const auto rows = scheduled_to(first.id);
  const delivery::Save save = opening(rows[0]);
  ASSERT_EQ(apply(save), Saved::applied);
  work([&](Unit& unit) {
    const auto open = Journal(unit).open_attempts();
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].delivery.id, rows[0].id);
    EXPECT_EQ(open[0].delivery.state, DeliveryState::in_flight);
    EXPECT_EQ(open[0].delivery.attempt, save.open->id);
    ASSERT_TRUE(open[0].open);
    EXPECT_EQ(open[0].open->number, 1U);
    EXPECT_EQ(open[0].open->repeat, "probe");
    EXPECT_TRUE(open[0].open->publishes);
    EXPECT_EQ(open[0].content->parts[0].text, "Part 0");
    EXPECT_TRUE(Journal(unit).due({workspace, first.id, Line::bulk, 10}, noon).tickets.empty());
  });
  expect_true_tallies();
}

TEST_P(JournalTest, ASettledRowKeepsWhatThePlatformCallsItAndItsFlightRecord) {
  const auto rows = scheduled_to(first.id);
  settle(rows[0].id, DeliveryState::delivered);
  const Delivery d = row(rows[0].id);
  EXPECT_EQ(d.state, DeliveryState::delivered);
  EXPECT_EQ(d.external_id, "ext-" + d.id.text());
  EXPECT_EQ(d.url, "https://x.test/1");
  EXPECT_EQ(d.settled, noon);
  EXPECT_FALSE(d.attempt);
  work([&](Unit& unit) {
    const auto attempts = Posts(unit).attempts(workspace, d.id);
    ASSERT_EQ(attempts.size(), 1U);
    EXPECT_EQ(attempts[0].outcome, Attempt::Outcome::accepted);
    EXPECT_EQ(attempts[0].status, 200);
    EXPECT_EQ(attempts[0].closed, noon + 1s);
    EXPECT_TRUE(Journal(unit).open_attempts().empty());
    EXPECT_TRUE(Journal(unit).queues().empty());
  });
  EXPECT_EQ(stored(d.post)->tally[DeliveryState::delivered], 1);
  expect_true_tallies();
}

TEST_P(JournalTest, OneSaveClosesAnAttemptAndOpensTheNext) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0], false)), Saved::applied);
  delivery::Save save = opening(row(rows[0].id));
  save.close = closing(row(rows[0].id), DeliveryState::waiting).close;
  ASSERT_EQ(apply(save), Saved::applied);
  work([&](Unit& unit) {
    const auto attempts = Posts(unit).attempts(workspace, rows[0].id);
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(attempts[0].outcome, Attempt::Outcome::accepted);
    EXPECT_EQ(attempts[1].outcome, Attempt::Outcome::open);
    EXPECT_EQ(attempts[1].number, 2U);
  });
}

TEST_P(JournalTest, EverythingARowRemembersSurvives) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  delivery::Save save = closing(row(rows[0].id), DeliveryState::waiting);
  Delivery& d = save.delivery;
  d.reason = "backing_off";
  d.line = Line::inbox;
  d.planned = noon + 24h;
  d.progress = {.step = "wait", .facts = {{"media", "a\"b"}, {"tries", 3}}};
  d.tries = 2, d.asks = 3, d.resends = 1;
  d.fault = Fault{.kind = FaultKind::throttled,
                  .code = "slow",
                  .text = "Ümlaut",
                  .field = "parts[0]",
                  .remedy = "Wait.",
                  .detail = std::string("bad\xff\0end", 8),
                  .retry_after = 5s};
  save.notices.push_back(
      {.id = mint.make<NoticeId>(), .workspace = workspace, .kind = "late", .text = "?", .at = noon});
  ASSERT_EQ(apply(save), Saved::applied);
  Delivery seen = row(d.id);
  EXPECT_EQ(seen.fault->kind, FaultKind::throttled);
  EXPECT_EQ(seen.fault->retry_after, Duration(5s));
  EXPECT_EQ(seen.fault->text, "Ümlaut");
  seen.fault = d.fault;  // the platform's own bytes may be cleaned
  EXPECT_EQ(seen, d);
  work([&](Unit& unit) { EXPECT_EQ(Notices(unit).unread({workspace, {}}), 1); });
}

TEST_P(JournalTest, LanesAndHoldsAreSavedWithTheRow) {
  const auto rows = scheduled_to(first.id);
  delivery::Save save = opening(rows[0]);
  const LaneState own{.key = "account:1:post", .workspace = workspace, .taken = {{5, 2}, {-7, 1}}};
  const LaneState shared{.key = "app:x", .closed_until = noon + 60s, .closed_why = "told to wait"};
  save.lanes = {own, shared};
  save.hold = {first.id, Hold::reconnect, "expired"};
  ASSERT_EQ(apply(save), Saved::applied);
  work([&](Unit& unit) {
    auto lanes = Journal(unit).lanes();
    ASSERT_EQ(lanes.size(), 2U);
    if (lanes[0].key != own.key) std::swap(lanes[0], lanes[1]);
    EXPECT_EQ(lanes[0], own);
    EXPECT_EQ(lanes[1], shared);
    EXPECT_EQ(Journal(unit).lanes(workspace).size(), 2U);
    EXPECT_EQ(Journal(unit).lanes(mint.make<WorkspaceId>()), std::vector{shared});
    const Account account = Accounts(unit).find(workspace, first.id).value();
    EXPECT_EQ(account.hold, Hold::reconnect);
    EXPECT_EQ(account.hold_text, "expired");
    EXPECT_EQ(Journal(unit).accounts().size(), 2U);
  });
}

TEST_P(JournalTest, OnlyOneHolderIsInOfficeAndTheSameOneMayComeBack) {
  work([&](Unit& unit) {
    Journal journal(unit);
    const auto other = journal.take_office("other", 1h, noon + 1min);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, FaultKind::unavailable);
    EXPECT_EQ(other.error().retry_after, Duration(59min));
    const auto again = journal.take_office("test", 1h, noon + 1min);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->epoch, tenure.epoch + 1);
    EXPECT_FALSE(journal.renew(tenure, 1h, noon + 2min));
    EXPECT_TRUE(journal.renew(*again, 1h, noon + 2min));
    const auto after = journal.take_office("other", 1h, noon + 62min);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->epoch, tenure.epoch + 2);
  });
}

TEST_P(JournalTest, AnOldTenureCanWriteNothing) {
  const auto rows = scheduled_to(first.id);
  const Tenure old = tenure;
  work([&](Unit& unit) { tenure = Journal(unit).take_office("test", 1h, noon).value(); });
  EXPECT_THROW(work([&](Unit& unit) { Journal(unit).apply(opening(rows[0]), old, noon); }), OutOfOffice);
  delivery::Save nowhere = opening(rows[0]);
  nowhere.delivery.id = mint.make<DeliveryId>();
  EXPECT_THROW(work([&](Unit& unit) { Journal(unit).apply(nowhere, old, noon); }), OutOfOffice);
  EXPECT_EQ(row(rows[0].id), rows[0]);
  EXPECT_EQ(apply(opening(rows[0])), Saved::applied);
}

TEST_P(JournalTest, AQuestionKnowsWhatItsAccountDeliveredLately) {
  const auto lost = scheduled_to(first.id);
  const auto out = scheduled_to(first.id);
  scheduled_to(second.id);
  settle(out[0].id, DeliveryState::delivered);
  work([&](Unit& unit) {
    Journal journal(unit);
    Delivery d = lost[0];
    delivery::Save doubt{.delivery = d, .from = d.state};
    doubt.delivery.state = DeliveryState::uncertain;
    doubt.delivery.line = Line::ask;
    ASSERT_EQ(journal.apply(doubt, tenure, noon), delivery::Saved::applied);
    const auto asked = journal.due({workspace, first.id, Line::ask, 5}, noon).tickets;
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].known, std::vector{"ext-" + out[0].id.text()});
    const auto much_later = journal.due({workspace, first.id, Line::ask, 5}, noon + 9 * 24h).tickets;
    EXPECT_EQ(much_later[0].known, asked[0].known);
    for (const auto& ticket : journal.due({workspace, first.id, Line::bulk, 5}, noon).tickets) EXPECT_TRUE(ticket.known.empty());
  });
}

TEST_P(JournalTest, TheInstallationIsHeldAfterARestoreUntilReleased) {
  work([&](Unit& unit) {
    EXPECT_FALSE(Journal(unit).held());
    mark_restored(unit, noon);
    EXPECT_TRUE(Journal(unit).held());
    EXPECT_EQ(Settings(unit).get("generation"), "1");
    release(unit);
    EXPECT_FALSE(Journal(unit).held());
  });
}

}  // namespace
}  // namespace carillon::store
