// Small ledgers: notices, audit chain, idempotency keys, pending OAuth consents, settings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/content.h"
#include "model/people.h"
#include "store/media.h"
#include "store/unit.h"

namespace carillon::store {

// Who looks at notices.
struct Reading {
  WorkspaceId workspace;
  UserId person;
  bool approves = false;
};

class Notices {
 public:
  explicit Notices(Unit& unit) : unit_(unit) {}
  void add(const Notice& notice);
  // What this person is shown, newest first.
  std::vector<Notice> list(const Reading& who, std::optional<NoticeId> before, size_t limit);
  int64_t unread(const Reading& who);
  void read(const Reading& who, std::optional<NoticeId> id);  // none: all

 private:
  Unit& unit_;
};

struct AuditFilter {
  std::string about;  // how the action, with a dot behind it, begins: "post."
  std::string actor;  // "user:<id>"; empty: anybody
};

// Append-only, each entry hashed over the one before.
class Audit {
 public:
  explicit Audit(Unit& unit) : unit_(unit) {}
  void add(const AuditEntry& entry);
  // Newest first.
  std::vector<AuditEntry> list(WorkspaceId workspace, std::optional<int64_t> before, size_t limit,
                               const AuditFilter& filter = {});
  std::optional<int64_t> broken_at(WorkspaceId workspace);  // first entry whose hash does not fit

 private:
  Unit& unit_;
};

// First answer to a keyed request, replayed for repeats; kept 24 hours.
class Idempotency {
 public:
  explicit Idempotency(Unit& unit) : unit_(unit) {}
  struct Kept {
    std::string request_sha256;
    int status = 0;  // 0: still being worked on
    std::string body;
  };
  // Takes the key; gives what is kept when it was taken before.
  std::optional<Kept> take(WorkspaceId workspace, const std::string& route, const std::string& key,
                           const std::string& request_sha256, Instant now);
  void keep(WorkspaceId workspace, const std::string& route, const std::string& key, int status,
            const std::string& body);
  void drop(WorkspaceId workspace, const std::string& route, const std::string& key);
  int64_t forget_before(Instant then);

 private:
  Unit& unit_;
};

struct PendingConsent {
  std::string state_sha256;  // single use
  WorkspaceId workspace;
  UserId user;
  std::string session;  // which browser session began it
  std::string network;
  std::string sealed;  // app, verifier, fresh tokens while a page is being chosen
  Instant expires;
};

class Consents {
 public:
  explicit Consents(Unit& unit) : unit_(unit) {}
  void add(const PendingConsent& consent);
  std::optional<PendingConsent> take(const std::string& state_sha256, Instant now);  // gone afterwards
 private:
  Unit& unit_;
};

// Settings of the installation: "instance_id", "generation", "held", "held_why", "setup_token_sha256", …
class Settings {
 public:
  explicit Settings(Unit& unit) : unit_(unit) {}
  std::optional<std::string> get(const std::string& name);
  void set(const std::string& name, const std::string& value);
  void remove(const std::string& name);

 private:
  Unit& unit_;
};

// After a restore nothing is sent until a person has looked: raises the generation, holds the installation.
void mark_restored(Unit& unit, Instant now);
void release(Unit& unit);

// Recounts every tally from the rows; what differs, in words. `mend` writes the true counts.
struct Discrepancy {
  PostId post;
  std::string text;
};
std::vector<Discrepancy> recount(Unit& unit, bool mend);

// What is there, for metrics, readiness and the health page.
struct Census {
  std::vector<std::pair<std::string, int64_t>> deliveries;  // by state
  std::optional<Instant> oldest_overdue;  // due of the oldest row that should have been taken
  int64_t uncertain = 0, held_accounts = 0, posts = 0;
};
Census census(Unit& unit, Instant now);

}  // namespace carillon::store
