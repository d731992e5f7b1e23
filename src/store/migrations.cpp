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

constexpr std::array<const char*, 4> all = {foundation, queue_slots, imported_rows, repeating_posts};

}  // namespace

std::span<const char* const> migrations() {
  return all;
}

}  // namespace carillon::store
