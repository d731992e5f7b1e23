#include "store/records.h"

#include "store/notice_rows.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

NoticeId last_notice() {
  NoticeId id;
  id.bytes.fill(0xff);
  return id;
}

}  // namespace

Notice notice_at(const Row& row) {
  return {.id = row.id<NoticeId>(1),
          .workspace = row.id<WorkspaceId>(0),
          .kind = row.text(2),
          .text = row.text(3),
          .post = optional_id<PostId>(row, 4),
          .delivery = optional_id<DeliveryId>(row, 5),
          .account = optional_id<AccountId>(row, 6),
          .at = row.instant(7),
          .read = row.flag(8),
          .person = optional_id<UserId>(row, 9)};
}

// Whoever does not know whether it was written writes it again.
void write_notice(Connection& connection, const Notice& n) {
  connection.tell(
      "INSERT INTO notices (workspace, id, kind, text, post, delivery, account, at, seen, person) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (workspace, id) DO NOTHING",
      n.workspace, n.id, n.kind, n.text, n.post, n.delivery, n.account, n.at, n.read, n.person);
}

void Notices::add(const Notice& notice) {
  write_notice(unit_.connection(), notice);
}

#define SHOWN_TO "(person IS NULL OR person = $2) AND ($3 = 1 OR kind <> 'approval_asked') "

std::vector<Notice> Notices::list(const Reading& who, std::optional<NoticeId> before, size_t limit) {
  const Rows rows =
      unit_.connection()("SELECT " NOTICE_COLUMNS
                         " FROM notices n "
                         "WHERE workspace = $1 AND " SHOWN_TO "AND id < $4 ORDER BY id DESC LIMIT $5",
                         who.workspace, who.person, who.approves, before.value_or(last_notice()), limit);
  std::vector<Notice> notices;
  for (size_t i = 0; i < rows.size(); ++i) notices.push_back(notice_at(rows[i]));
  return notices;
}

int64_t Notices::unread(const Reading& who) {
  return unit_
      .connection()("SELECT count(*) FROM notices WHERE workspace = $1 AND " SHOWN_TO "AND seen = 0",
                    who.workspace, who.person, who.approves)[0]
      .integer(0);
}

void Notices::read(const Reading& who, std::optional<NoticeId> id) {
  if (id) {
    unit_.connection()("UPDATE notices SET seen = 1 WHERE workspace = $1 AND " SHOWN_TO "AND id = $4",
                       who.workspace, who.person, who.approves, *id);
  } else {
    unit_.connection()("UPDATE notices SET seen = 1 WHERE workspace = $1 AND " SHOWN_TO "AND seen = 0",
                       who.workspace, who.person, who.approves);
  }
}

std::optional<Idempotency::Kept> Idempotency::take(WorkspaceId workspace, const std::string& route,
                                                   const std::string& key, const std::string& request_sha256,
                                                   Instant now) {
  Connection& db = unit_.connection();
  const Rows fresh =
      db("INSERT INTO idempotency (workspace, route, name, request_sha256, status, body, created) "
         "VALUES ($1, $2, $3, $4, 0, '', $5) ON CONFLICT DO NOTHING",
         workspace, route, key, request_sha256, now);
  if (fresh.changed == 1) return std::nullopt;
  const Rows rows =
      db("SELECT request_sha256, status, body FROM idempotency WHERE workspace = $1 AND route = $2 AND name "
         "= $3",
         workspace, route, key);
  if (rows.empty()) return std::nullopt;
  return Kept{.request_sha256 = rows[0].text(0),
              .status = static_cast<int>(rows[0].integer(1)),
              .body = rows[0].text(2)};
}

void Idempotency::keep(WorkspaceId workspace, const std::string& route, const std::string& key, int status,
                       const std::string& body) {
  unit_.connection().tell(
      "UPDATE idempotency SET status = $4, body = $5 WHERE workspace = $1 AND route = $2 AND name = $3",
      workspace, route, key, status, body);
}

void Idempotency::drop(WorkspaceId workspace, const std::string& route, const std::string& key) {
  unit_.connection()("DELETE FROM idempotency WHERE workspace = $1 AND route = $2 AND name = $3", workspace,
                     route, key);
}

int64_t Idempotency::forget_before(Instant then) {
  return unit_.connection()("DELETE FROM idempotency WHERE created < $1", then).changed;
}

void Consents::add(const PendingConsent& c) {
  unit_.connection()(
      "INSERT INTO consents (workspace, state_sha256, person, session, network, sealed, expires) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      c.workspace, c.state_sha256, c.user, c.session, c.network, Bytes{c.sealed}, c.expires);
}

std::optional<PendingConsent> Consents::take(const std::string& state_sha256, Instant now) {
  Connection& db = unit_.connection();
  const Rows rows =
      db("DELETE FROM consents WHERE state_sha256 = $1 RETURNING workspace, person, session, network, "
         "sealed, expires",
         state_sha256);
  db("DELETE FROM consents WHERE expires <= $1", now);  // those that nobody came back for
  if (rows.empty() || rows[0].instant(5) <= now) return std::nullopt;
  const Row row = rows[0];
  return PendingConsent{.state_sha256 = state_sha256,
                        .workspace = row.id<WorkspaceId>(0),
                        .user = row.id<UserId>(1),
                        .session = row.text(2),
                        .network = row.text(3),
                        .sealed = std::string(row.bytes(4)),
                        .expires = row.instant(5)};
}

std::optional<std::string> Settings::get(const std::string& name) {
  const Rows rows = unit_.connection()("SELECT value FROM settings WHERE name = $1", name);
  return rows.empty() ? std::nullopt : std::optional(rows[0].text(0));
}

void Settings::set(const std::string& name, const std::string& value) {
  unit_.connection()(
      "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = "
      "excluded.value",
      name, value);
}

void Settings::remove(const std::string& name) {
  unit_.connection()("DELETE FROM settings WHERE name = $1", name);
}

void mark_restored(Unit& unit, Instant now) {
  Settings settings(unit);
  const std::string generation = settings.get("generation").value_or("0");
  settings.set("generation", std::to_string(std::strtoll(generation.c_str(), nullptr, 10) + 1));
  settings.set("held", "1");
  settings.set("held_why",
               "Restored from a backup at " + to_text(now) +
                   ". What was due since the backup was made may already be out: look at it, then release.");
}

void release(Unit& unit) {
  Settings settings(unit);
  settings.remove("held");
  settings.remove("held_why");
}

}  // namespace carillon::store
