#include "store/mails.h"

#include <map>

#include "model/mail.h"
#include "store/notice_rows.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

constexpr int64_t gathered_at_once = 500;

// Which wish a kind of notice belongs to; 0: none, it is only shown.
int64_t wish_of(const std::string& kind) {
  static const std::map<std::string, MailWish> wishes = {
      {"delivery_failed", MailWish::failures},     {"account_held", MailWish::failures},
      {"delivery_uncertain", MailWish::uncertain}, {"late", MailWish::uncertain},
      {approval_asked, MailWish::approvals},       {"approval_expired", MailWish::approvals},
      {"post_approved", MailWish::approvals},      {"post_sent_back", MailWish::approvals}};
  const auto found = wishes.find(kind);
  return found == wishes.end() ? 0 : number_of(found->second);
}

// For each person who is meant, sees such notices and wants them by mail. Numbers of Role: 1 editor, 2 owner.
constexpr const char* address_notice =
    "INSERT INTO mails (workspace, notice, person, state, due, tries, trouble, settled) "
    "SELECT u.workspace, $2, u.id, 0, $3, 0, '', 0 FROM users u WHERE u.workspace = $1 AND u.disabled = 0 "
    "AND (u.mails & $4) <> 0 AND ($5 = 0 OR u.role = 2 OR (u.role = 1 AND u.approves = 1)) "
    "AND (CAST($6 AS /*lite BLOB*//*pg BYTEA*/) IS NULL OR u.id = $6) ON CONFLICT DO NOTHING";

}  // namespace

int64_t Mails::gather(bool wanted, Instant now) {
  Connection& db = unit_.connection();
  const Rows fresh =
      db("SELECT workspace, id, kind, person FROM notices WHERE mailed = 0 ORDER BY id LIMIT $1",
         gathered_at_once);
  for (size_t i = 0; i < fresh.size(); ++i) {
    const auto workspace = fresh[i].id<WorkspaceId>(0);
    const auto notice = fresh[i].id<NoticeId>(1);
    const std::string kind = fresh[i].text(2);
    const int64_t wish = wanted ? wish_of(kind) : 0;
    if (wish != 0) {
      db(address_notice, workspace, notice, now, wish, kind == approval_asked,
         optional_id<UserId>(fresh[i], 3));
    }
    db.tell("UPDATE notices SET mailed = 1 WHERE workspace = $1 AND id = $2", workspace, notice);
  }
  return static_cast<int64_t>(fresh.size());
}

std::optional<Bundle> Mails::take(Instant now) {
  Connection& db = unit_.connection();
  const Rows first = db(
      "SELECT m.workspace, m.person, u.email, u.name FROM mails m JOIN users u ON u.workspace = m.workspace "
      "AND u.id = m.person WHERE m.state = 0 AND m.due <= $1 ORDER BY m.due LIMIT 1",
      now);
  if (first.empty()) return std::nullopt;
  Bundle bundle{.workspace = first[0].id<WorkspaceId>(0),
                .person = first[0].id<UserId>(1),
                .email = first[0].text(2),
                .name = first[0].text(3),
                .notices = {}};
  const Rows rows =
      db("SELECT " NOTICE_COLUMNS
         ", m.tries FROM mails m "
         "JOIN notices n ON n.workspace = m.workspace AND n.id = m.notice WHERE m.state = 0 AND m.due <= $1 "
         "AND m.workspace = $2 AND m.person = $3 ORDER BY n.id LIMIT $4",
         now, bundle.workspace, bundle.person, largest_bundle);
  for (size_t i = 0; i < rows.size(); ++i) {
    bundle.notices.push_back(notice_at(rows[i]));
    bundle.tries = std::max(bundle.tries, rows[i].integer(notice_width));
  }
  settle(bundle, Fate::handing_over, now);
  return bundle;
}

void Mails::settle(const Bundle& bundle, Fate fate, Instant now) {
  for (const Notice& notice : bundle.notices) {
    unit_.connection().tell(
        "UPDATE mails SET state = $4, settled = $5 WHERE workspace = $1 AND notice = $2 AND person = $3",
        bundle.workspace, notice.id, bundle.person, number_of(fate), now);
  }
}

void Mails::again(const Bundle& bundle, const std::string& trouble, Instant due) {
  for (const Notice& notice : bundle.notices) {
    unit_.connection().tell(
        "UPDATE mails SET state = 0, due = $4, tries = tries + 1, trouble = $5 WHERE workspace = $1 AND "
        "notice = $2 "
        "AND person = $3",
        bundle.workspace, notice.id, bundle.person, due, trouble);
  }
}

int64_t Mails::give_up_open(Instant now) {
  return unit_.connection()("UPDATE mails SET state = 4, settled = $1 WHERE state = 1", now).changed;
}

MailCount Mails::count(Instant since) {
  Connection& db = unit_.connection();
  MailCount count;
  count.waiting = db("SELECT count(*) FROM mails WHERE state < 2")[0].integer(0);
  const Rows rows =
      db("SELECT state, count(*) FROM mails WHERE state >= 2 AND settled >= $1 GROUP BY state", since);
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto fate = enum_at<Fate>(rows[i], 0);
    int64_t& sum = fate == Fate::sent ? count.sent : fate == Fate::refused ? count.refused : count.unknown;
    sum = rows[i].integer(1);
  }
  return count;
}

int64_t Mails::forget_before(Instant then) {
  return unit_.connection()("DELETE FROM mails WHERE state >= 2 AND settled < $1", then).changed;
}

}  // namespace carillon::store
