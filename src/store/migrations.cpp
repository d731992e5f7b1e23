#include "store/migrations.h"

#include <array>

namespace carillon::store {
namespace {

// Ids are 16 bytes, instants microseconds, booleans 0 or 1, lists and objects JSON. Every key begins with the
// workspace; what belongs to the installation has none. State numbers are those of DeliveryState.
constexpr const char* foundation = R"sql(
CREATE TABLE schema_version (version BIGINT NOT NULL PRIMARY KEY);

CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL
) /*lite WITHOUT ROWID*/;

-- Who may dispatch. The epoch rises with each taking over; an older one can write nothing.
CREATE TABLE offices (
  name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, epoch BIGINT NOT NULL, expires BIGINT NOT NULL
) /*lite WITHOUT ROWID*/;

CREATE TABLE failures (
  subject TEXT NOT NULL PRIMARY KEY, failed BIGINT NOT NULL, last BIGINT NOT NULL
) /*lite WITHOUT ROWID*/;

CREATE TABLE workspaces (
  id BYTEA NOT NULL PRIMARY KEY, name TEXT NOT NULL, zone TEXT NOT NULL, created BIGINT NOT NULL
) /*lite WITHOUT ROWID*/;

CREATE TABLE users (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL, password_hash TEXT NOT NULL,
  role BIGINT NOT NULL, disabled BIGINT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX users_email ON users (email);

CREATE TABLE sessions (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, person BYTEA NOT NULL, token_sha256 TEXT NOT NULL, agent TEXT NOT NULL,
  address TEXT NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL, expires BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_sha256);

CREATE TABLE api_keys (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, person BYTEA NOT NULL, name TEXT NOT NULL, prefix TEXT NOT NULL,
  key_sha256 TEXT NOT NULL, scopes TEXT NOT NULL, created BIGINT NOT NULL, used BIGINT NOT NULL, expires BIGINT,
  PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX api_keys_key ON api_keys (key_sha256);

-- sealed: the credential, encrypted by those who hold the keys.
CREATE TABLE accounts (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, network TEXT NOT NULL, external_id TEXT NOT NULL, name TEXT NOT NULL,
  handle TEXT NOT NULL, avatar_url TEXT NOT NULL, zone TEXT NOT NULL, api_base TEXT NOT NULL, sandbox BIGINT NOT NULL,
  hold BIGINT NOT NULL, hold_text TEXT NOT NULL, scopes TEXT NOT NULL, expires BIGINT, refreshable BIGINT NOT NULL,
  facts TEXT NOT NULL, connected BIGINT NOT NULL, checked BIGINT NOT NULL, sealed BYTEA,
  PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX accounts_identity ON accounts (workspace, network, api_base, external_id);

CREATE TABLE media (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, mime TEXT NOT NULL, bytes BIGINT NOT NULL, width BIGINT NOT NULL,
  height BIGINT NOT NULL, frames BIGINT NOT NULL, duration BIGINT NOT NULL, codec TEXT NOT NULL, sha256 TEXT NOT NULL,
  name TEXT NOT NULL, path TEXT NOT NULL, thumbnail TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE TABLE media_uses (
  workspace BYTEA NOT NULL, media BYTEA NOT NULL, post BYTEA NOT NULL,
  PRIMARY KEY (workspace, media, post)
) /*lite WITHOUT ROWID*/;
CREATE INDEX media_uses_post ON media_uses (workspace, post);

-- due: never (the largest number) when there is none. words: title and texts, case folded, for searching.
CREATE TABLE posts (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, author BYTEA NOT NULL, title TEXT NOT NULL, state BIGINT NOT NULL,
  content TEXT NOT NULL, targets TEXT NOT NULL, local_time TEXT NOT NULL, zone TEXT NOT NULL, due BIGINT NOT NULL,
  late_then BIGINT NOT NULL, late_within BIGINT NOT NULL, tags TEXT NOT NULL, words TEXT NOT NULL,
  revision BIGINT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE INDEX posts_due ON posts (workspace, due, id);

-- How many current deliveries of a post are in each state; changes with them. The row with whole = 1 (post = zeros)
-- is the sum of its workspace, which also counts its posts.
CREATE TABLE tallies (
  workspace BYTEA NOT NULL, post BYTEA NOT NULL, whole BIGINT NOT NULL, posts BIGINT NOT NULL, paused BIGINT NOT NULL,
  waiting BIGINT NOT NULL, uncertain BIGINT NOT NULL, in_flight BIGINT NOT NULL, delivered BIGINT NOT NULL,
  failed BIGINT NOT NULL, canceled BIGINT NOT NULL, skipped BIGINT NOT NULL,
  PRIMARY KEY (workspace, post)
) /*lite WITHOUT ROWID*//*pg WITH (fillfactor = 70)*/;
CREATE INDEX tallies_whole ON tallies (workspace) WHERE whole = 1;

-- Frozen: a row never changes, deliveries share it.
CREATE TABLE contents (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
);

-- place: order within the post; attempts: number of the last one.
CREATE TABLE deliveries (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, post BYTEA NOT NULL, account BYTEA NOT NULL, content BYTEA NOT NULL,
  part BIGINT NOT NULL, follows BYTEA, state BIGINT NOT NULL, line BIGINT NOT NULL, reason TEXT NOT NULL,
  due BIGINT NOT NULL, planned BIGINT NOT NULL, late_then BIGINT NOT NULL, late_within BIGINT NOT NULL,
  step TEXT NOT NULL, facts TEXT NOT NULL, tries BIGINT NOT NULL, asks BIGINT NOT NULL, resends BIGINT NOT NULL,
  wish BIGINT NOT NULL, attempt BYTEA, external_id TEXT NOT NULL, url TEXT NOT NULL, fault TEXT NOT NULL,
  settled BIGINT NOT NULL, superseded BIGINT NOT NULL, revision BIGINT NOT NULL, place BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
)/*pg WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)*/;
CREATE INDEX deliveries_queue ON deliveries (workspace, account, line, due, id) WHERE state < 2;
CREATE INDEX deliveries_open ON deliveries (workspace, id) WHERE state = 2;
CREATE INDEX deliveries_post ON deliveries (workspace, post);
CREATE INDEX deliveries_follows ON deliveries (workspace, follows) WHERE follows IS NOT NULL;
CREATE INDEX deliveries_delivered ON deliveries (workspace, account, settled) WHERE state = 3;

CREATE TABLE attempts (
  workspace BYTEA NOT NULL, delivery BYTEA NOT NULL, number BIGINT NOT NULL, id BYTEA NOT NULL, outcome BIGINT NOT NULL,
  step TEXT NOT NULL, summary TEXT NOT NULL, repeat TEXT NOT NULL, publishes BIGINT NOT NULL, opened BIGINT NOT NULL,
  closed BIGINT NOT NULL, status BIGINT NOT NULL, answer TEXT NOT NULL, fault TEXT NOT NULL, next TEXT NOT NULL,
  PRIMARY KEY (workspace, delivery, number)
);

-- workspace: zeros for lanes that workspaces share.
CREATE TABLE lanes (
  workspace BYTEA NOT NULL, name TEXT NOT NULL, taken TEXT NOT NULL, closed_until BIGINT NOT NULL,
  closed_why TEXT NOT NULL,
  PRIMARY KEY (workspace, name)
)/*pg WITH (fillfactor = 50)*/;

CREATE TABLE notices (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, post BYTEA, delivery BYTEA,
  account BYTEA, at BIGINT NOT NULL, seen BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE INDEX notices_unread ON notices (workspace) WHERE seen = 0;

CREATE TABLE audit (
  workspace BYTEA NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (workspace, number)
);
CREATE TABLE audit_heads (
  workspace BYTEA NOT NULL PRIMARY KEY, number BIGINT NOT NULL, hash TEXT NOT NULL
) /*lite WITHOUT ROWID*/;

CREATE TABLE idempotency (
  workspace BYTEA NOT NULL, route TEXT NOT NULL, name TEXT NOT NULL, request_sha256 TEXT NOT NULL,
  status BIGINT NOT NULL, body TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (workspace, route, name)
);
CREATE INDEX idempotency_created ON idempotency (created);

CREATE TABLE consents (
  workspace BYTEA NOT NULL, state_sha256 TEXT NOT NULL, person BYTEA NOT NULL, session TEXT NOT NULL,
  network TEXT NOT NULL, sealed BYTEA NOT NULL, expires BIGINT NOT NULL,
  PRIMARY KEY (workspace, state_sha256)
);
CREATE UNIQUE INDEX consents_state ON consents (state_sha256);

-- SQLite without statistics believes that a workspace has ten rows, and reads them all instead of using an index that
-- begins with the workspace too. These figures say how it is; they are never gathered, so plans never change.
/*lite ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('posts', 'sqlite_autoindex_posts_1', '1000000 100000 1'), ('posts', 'posts_due', '1000000 100000 4 1'),
  ('media_uses', 'media_uses', '100000 10000 4 1'), ('media_uses', 'media_uses_post', '100000 10000 2 1'),
  ('deliveries', 'sqlite_autoindex_deliveries_1', '1000000 100000 1'), ('deliveries', 'deliveries_queue', '1000000 100000 1000 900 1 1'),
  ('deliveries', 'deliveries_open', '100 10 1'), ('deliveries', 'deliveries_post', '1000000 100000 4 1'),
  ('deliveries', 'deliveries_follows', '10000 1000 1 1'), ('deliveries', 'deliveries_delivered', '1000000 100000 1000 1'),
  ('notices', 'sqlite_autoindex_notices_1', '100000 10000 1'), ('notices', 'notices_unread', '1000 100 1');
ANALYZE sqlite_schema;
*/
)sql";

// Wall times by weekday at which an account publishes what is added to its queue: "0 540" is Monday at 9:00. An
// account without a row has the usual ones.
constexpr const char* queue_slots = R"sql(
CREATE TABLE queues (
  workspace BYTEA NOT NULL, account BYTEA NOT NULL, slots TEXT NOT NULL,
  PRIMARY KEY (workspace, account)
) /*lite WITHOUT ROWID*/;
)sql";

// Which row of an imported table became which post. name: the row's key, its own or a print of what it says.
constexpr const char* imported_rows = R"sql(
CREATE TABLE imports (
  workspace BYTEA NOT NULL, name TEXT NOT NULL, post BYTEA NOT NULL,
  PRIMARY KEY (workspace, name)
) /*lite WITHOUT ROWID*/;
)sql";

// Posts that repeat. local_time: the first wall time; made_until: the last one that is a post already. series_posts says
// which post is which occurrence, by the wall time that the rule gave it; own: changed alone.
constexpr const char* repeating_posts = R"sql(
CREATE TABLE series (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, rule TEXT NOT NULL, local_time TEXT NOT NULL, zone TEXT NOT NULL,
  made_until TEXT NOT NULL, ended BIGINT NOT NULL, author BYTEA NOT NULL, title TEXT NOT NULL, content TEXT NOT NULL,
  targets TEXT NOT NULL, late_then BIGINT NOT NULL, late_within BIGINT NOT NULL, tags TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE TABLE series_posts (
  workspace BYTEA NOT NULL, post BYTEA NOT NULL, series BYTEA NOT NULL, local_time TEXT NOT NULL, own BIGINT NOT NULL,
  PRIMARY KEY (workspace, post)
) /*lite WITHOUT ROWID*/;
CREATE UNIQUE INDEX series_posts_series ON series_posts (workspace, series, local_time);
)sql";

// Campaigns, what was found amiss with posts that are due, and tasks for people. tallies.paused has a bit for each
// reason since: 1 a person's, 2 the campaign's. from_day, to_day: wall dates. A finding's account: zeros for the post as
// a whole. A task's due: never when it has none.
constexpr const char* campaigns = R"sql(
CREATE TABLE campaigns (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, name TEXT NOT NULL, notes TEXT NOT NULL, colour TEXT NOT NULL,
  from_day TEXT NOT NULL, to_day TEXT NOT NULL, state BIGINT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE TABLE campaign_accounts (
  workspace BYTEA NOT NULL, campaign BYTEA NOT NULL, account BYTEA NOT NULL,
  PRIMARY KEY (workspace, campaign, account)
) /*lite WITHOUT ROWID*/;
ALTER TABLE posts ADD COLUMN campaign BYTEA;
CREATE INDEX posts_campaign ON posts (workspace, campaign, due, id) WHERE campaign IS NOT NULL;
ALTER TABLE series ADD COLUMN campaign BYTEA;

CREATE TABLE findings (
  workspace BYTEA NOT NULL, post BYTEA NOT NULL, account BYTEA NOT NULL, code TEXT NOT NULL, notice BYTEA NOT NULL,
  PRIMARY KEY (workspace, post, account, code)
) /*lite WITHOUT ROWID*/;

CREATE TABLE tasks (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, kind BIGINT NOT NULL, person TEXT NOT NULL, link TEXT NOT NULL,
  note TEXT NOT NULL, local_time TEXT NOT NULL, zone TEXT NOT NULL, due BIGINT NOT NULL, campaign BYTEA,
  state BIGINT NOT NULL, settled_by BYTEA, settled BIGINT NOT NULL, notice BYTEA, created BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE INDEX tasks_due ON tasks (workspace, state, due, id);

/*lite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('posts', 'posts_campaign', '100000 10000 200 2 1'),
  ('tasks', 'sqlite_autoindex_tasks_1', '10000 1000 1'), ('tasks', 'tasks_due', '10000 1000 300 2 1');
ANALYZE sqlite_schema;
*/
)sql";

// What plans (files that describe posts) made: which entry became which post, and what the plan last wrote into it.
// Feeds that become posts, with the items that were seen. The evergreen pool: posts that fill what is free, the accounts
// for which they do, and each slot that was filled, once.
constexpr const char* planned_posts = R"sql(
CREATE TABLE plan_posts (
  workspace BYTEA NOT NULL, plan TEXT NOT NULL, name TEXT NOT NULL, post BYTEA NOT NULL, written TEXT NOT NULL,
  PRIMARY KEY (workspace, plan, name)
);
CREATE INDEX plan_posts_post ON plan_posts (workspace, post);
CREATE INDEX media_sha256 ON media (workspace, sha256);

-- failures: how often in a row; trouble: the last one in words. next: when it is fetched.
CREATE TABLE feeds (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, address TEXT NOT NULL, title TEXT NOT NULL, accounts TEXT NOT NULL,
  template TEXT NOT NULL, becomes BIGINT NOT NULL, period BIGINT NOT NULL, newest BIGINT NOT NULL, author BYTEA NOT NULL,
  paused BIGINT NOT NULL, begun BIGINT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL, next BIGINT NOT NULL,
  fetched BIGINT NOT NULL, failures BIGINT NOT NULL, trouble TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
-- name: hash of what the item calls itself. post: what it became; none: it was there before, or was passed by.
CREATE TABLE feed_items (
  workspace BYTEA NOT NULL, feed BYTEA NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, link TEXT NOT NULL,
  post BYTEA, seen BIGINT NOT NULL,
  PRIMARY KEY (workspace, feed, name)
);
CREATE INDEX feed_items_seen ON feed_items (workspace, feed, seen);

-- expires: never (the largest number) when it does not; most: 0 when as often as there is room.
CREATE TABLE evergreens (
  workspace BYTEA NOT NULL, post BYTEA NOT NULL, expires BIGINT NOT NULL, most BIGINT NOT NULL, added BIGINT NOT NULL,
  PRIMARY KEY (workspace, post)
);
-- ahead, again: days.
CREATE TABLE evergreen_accounts (
  workspace BYTEA NOT NULL, account BYTEA NOT NULL, ahead BIGINT NOT NULL, again BIGINT NOT NULL,
  PRIMARY KEY (workspace, account)
);
CREATE TABLE evergreen_uses (
  workspace BYTEA NOT NULL, account BYTEA NOT NULL, slot BIGINT NOT NULL, origin BYTEA NOT NULL, post BYTEA NOT NULL,
  PRIMARY KEY (workspace, account, slot)
);
CREATE INDEX evergreen_uses_origin ON evergreen_uses (workspace, origin);
CREATE INDEX evergreen_uses_post ON evergreen_uses (workspace, post);
)sql";

// The media library. folder: a path of people, not of the disk; words: name, alternative text and tags, case folded, for
// searching; sorted: the name, case folded. A folder is in media_folders when somebody made it, also without files.
constexpr const char* media_library = R"sql(
ALTER TABLE media ADD COLUMN folder TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN alt TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN sorted TEXT NOT NULL DEFAULT '';
UPDATE media SET words = lower(name), sorted = lower(name);
CREATE INDEX media_sorted ON media (workspace, sorted, id);
CREATE INDEX media_bytes ON media (workspace, bytes, id);
CREATE TABLE media_folders (
  workspace BYTEA NOT NULL, path TEXT NOT NULL,
  PRIMARY KEY (workspace, path)
) /*lite WITHOUT ROWID*/;

-- Files that arrive in pieces. received: bytes that are durable; hash: the state of their SHA-256.
CREATE TABLE uploads (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, person BYTEA NOT NULL, name TEXT NOT NULL, folder TEXT NOT NULL,
  sha256 TEXT NOT NULL, bytes BIGINT NOT NULL, received BIGINT NOT NULL, hash TEXT NOT NULL, done BIGINT NOT NULL,
  created BIGINT NOT NULL, touched BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);

/*lite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('media', 'sqlite_autoindex_media_1', '100000 10000 1'),
  ('media', 'media_sorted', '100000 10000 2 1'), ('media', 'media_bytes', '100000 10000 2 1');
ANALYZE sqlite_schema;
*/
)sql";

// Posts that wait for somebody who may approve them. wants, answer: numbers of Proposal's; retries: ids of deliveries;
// told: the people were told that it waits. A notice's person: only for that one. A series that is not approved makes what its author may.
constexpr const char* approvals = R"sql(
ALTER TABLE workspaces ADD COLUMN approval BIGINT NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN approves BIGINT NOT NULL DEFAULT 0;
ALTER TABLE series ADD COLUMN approved BIGINT NOT NULL DEFAULT 0;
ALTER TABLE notices ADD COLUMN person BYTEA;
CREATE TABLE proposals (
  workspace BYTEA NOT NULL, post BYTEA NOT NULL, wants BIGINT NOT NULL, answer BIGINT NOT NULL, asked_by BYTEA NOT NULL,
  asked BIGINT NOT NULL, retries TEXT NOT NULL, answered_by BYTEA, answered BIGINT NOT NULL, note TEXT NOT NULL,
  told BIGINT NOT NULL,
  PRIMARY KEY (workspace, post)
);
CREATE INDEX proposals_untold ON proposals (workspace) WHERE told = 0;
CREATE INDEX posts_proposed ON posts (workspace, due, id) WHERE state = 3;

/*lite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('posts', 'posts_proposed', '1000 100 2 1'),
  ('proposals', 'sqlite_autoindex_proposals_1', '1000 100 1'), ('proposals', 'proposals_untold', '10 5');
ANALYZE sqlite_schema;
*/
)sql";

// What workspaces keep for their texts and plans: sets of hashtags, variables, marks on links, days on which nothing is
// planned. tags, own, utm: JSON; account: zeros for all; clash, duplicate: microseconds. contents.sketch: of the first
// part's text, for finding what is alike (plan/likeness.h); 0: none.
constexpr const char* words_and_days = R"sql(
CREATE TABLE hashtag_groups (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, name TEXT NOT NULL, tags TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
) /*lite WITHOUT ROWID*/;
CREATE UNIQUE INDEX hashtag_groups_name ON hashtag_groups (workspace, name);
CREATE TABLE variables (
  workspace BYTEA NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, own TEXT NOT NULL,
  PRIMARY KEY (workspace, name)
) /*lite WITHOUT ROWID*/;
CREATE TABLE blackouts (
  workspace BYTEA NOT NULL, id BYTEA NOT NULL, account BYTEA NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
  yearly BIGINT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
) /*lite WITHOUT ROWID*/;
CREATE TABLE planning (
  workspace BYTEA NOT NULL PRIMARY KEY, utm TEXT NOT NULL, clash BIGINT NOT NULL, duplicate BIGINT NOT NULL
) /*lite WITHOUT ROWID*/;
ALTER TABLE posts ADD COLUMN utm TEXT NOT NULL DEFAULT '';
ALTER TABLE series ADD COLUMN utm TEXT NOT NULL DEFAULT '';
ALTER TABLE contents ADD COLUMN sketch BIGINT NOT NULL DEFAULT 0;
)sql";

// Files that were made from other files: by which recipe (JSON), and the print of both, which is looked up before
// anything is made.
constexpr const char* made_files = R"sql(
CREATE TABLE derivatives (
  workspace BYTEA NOT NULL, media BYTEA NOT NULL, origin BYTEA NOT NULL, print TEXT NOT NULL, recipe TEXT NOT NULL,
  PRIMARY KEY (workspace, media)
);
CREATE UNIQUE INDEX derivatives_print ON derivatives (workspace, print);
CREATE INDEX derivatives_origin ON derivatives (workspace, origin);
)sql";

// Mail about notices: a row for each notice and person who wants it. state: 0 waits, 1 is being handed over, 2 sent, 3 not
// sent for good, 4 nobody knows. users.mails: bits of MailWish; viewers begin without. notices.mailed: rows were made.
constexpr const char* mails = R"sql(
ALTER TABLE users ADD COLUMN mails BIGINT NOT NULL DEFAULT 7;
UPDATE users SET mails = 0 WHERE role = 0;
ALTER TABLE notices ADD COLUMN mailed BIGINT NOT NULL DEFAULT 0;
UPDATE notices SET mailed = 1;
CREATE INDEX notices_unmailed ON notices (workspace, id) WHERE mailed = 0;
CREATE TABLE mails (
  workspace BYTEA NOT NULL, notice BYTEA NOT NULL, person BYTEA NOT NULL, state BIGINT NOT NULL, due BIGINT NOT NULL,
  tries BIGINT NOT NULL, trouble TEXT NOT NULL, settled BIGINT NOT NULL,
  PRIMARY KEY (workspace, notice, person)
);
CREATE INDEX mails_due ON mails (state, due) WHERE state < 2;

/*lite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('notices', 'notices_unmailed', '10 5 1'),
  ('mails', 'sqlite_autoindex_mails_1', '100000 10000 2 1'), ('mails', 'mails_due', '100 50 1');
ANALYZE sqlite_schema;
*/
)sql";

// Rows of tables that became tasks.
constexpr const char* imported_tasks = R"sql(
CREATE TABLE imported_tasks (
  workspace BYTEA NOT NULL, name TEXT NOT NULL, task BYTEA NOT NULL,
  PRIMARY KEY (workspace, name)
) /*lite WITHOUT ROWID*/;
)sql";

// there: when the feed was last known to have the item; long after that it is forgotten.
constexpr const char* items_there = R"sql(
ALTER TABLE feed_items ADD COLUMN there BIGINT NOT NULL DEFAULT 0;
UPDATE feed_items SET there = seen;
)sql";

constexpr std::array<const char*, 13> all = {foundation, queue_slots, imported_rows, repeating_posts, campaigns, planned_posts, media_library, approvals, words_and_days, made_files, mails, imported_tasks, items_there};

}  // namespace

std::span<const char* const> migrations() {
  return all;
}

}  // namespace carillon::store
