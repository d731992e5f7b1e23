// Readiness of a post: everything that would stop or spoil it, per target and as a whole, in words with the
// fix. Runs in the composer (POST /posts/check), when it is scheduled, and before its time. Pure, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "channels/registry.h"
#include "model/account.h"
#include "model/post.h"
#include "plan/schedule.h"

namespace carillon::plan {

struct Finding {
  std::string id;     // "text_too_long", "account_held"
  std::string group;  // content | accounts | schedule | system
  channels::Severity severity = channels::Severity::blocker;
  std::string field;  // path in the post: "content.parts[0].text"
  std::string text, fix;
  std::string action;               // what a button could do: reconnect, release, pick_time, edit; or empty
  std::optional<Instant> deadline;  // until when it must be mended
};

struct PartCount {
  uint64_t counted = 0, limit = 0;
  std::string unit;
};

struct TargetReport {
  AccountId account;
  std::string network;
  bool sandbox = false;
  std::vector<PartCount> parts;
  std::vector<Finding> findings;
};

struct Report {
  std::vector<Finding> findings;  // about the post as a whole
  std::vector<TargetReport> targets;
  bool ready() const;  // no blocker anywhere
};

// What is known when the question is asked.
struct Facts {
  std::span<const Account> accounts;
  const std::map<MediaId, MediaFacts>& media;
  std::optional<Schedule> schedule;  // none: a draft without a time
  Instant now;
  bool held = false;      // the installation is held
  bool fetchable = true;  // networks on the internet can fetch files from this server
};

Report check(const Post& post, const Facts& facts, const channels::Registry& registry);

bool blocks(const std::vector<Finding>& findings);
// Permissions that the network asks for and the account was not granted.
std::vector<std::string> missing_scopes(const Account& account, const channels::Traits& traits);

}  // namespace carillon::plan
