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
#include "model/blackout.h"
#include "model/post.h"
#include "model/recipe.h"
#include "plan/attention_check.h"
#include "plan/campaign_check.h"
#include "plan/conditions.h"
#include "plan/neighbours.h"
#include "plan/schedule.h"
#include "plan/wording.h"

namespace carillon::plan {

// A medium of a part, or its cover, whose place a copy could take.
struct Repair {
  MediaId media;                 // what the copy is made from
  uint32_t part = 0, index = 0;  // where in the content it stands
  bool cover = false;            // the copy becomes the cover of what stands there
  Recipe recipe;
  std::string label;  // what it does, in words: "cropped to 4:5, JPEG"
};

struct Finding {
  std::string id;     // "text_too_long", "account_held"
  std::string group;  // content | accounts | schedule | system
  channels::Severity severity = channels::Severity::blocker;
  std::string field;  // path in the post: "content.parts[0].text"
  std::string text, fix;
  std::string action;               // what a button could do: reconnect, release, pick_time, edit; or empty
  std::optional<Instant> deadline;  // until when it must be mended
  std::optional<PostId> post;       // another one that it speaks of
  std::string replace, with;        // action replace: what stands there, and what should
  std::optional<Schedule> slot;     // action take_slot: a time that is free
  std::optional<Repair> repair;     // action fit: the copy of a file that would go
  bool confirmable = false;         // a person can say that it is in order; action insert: or puts `with` in
};

struct PartCount {
  uint64_t counted = 0, limit = 0;
  std::string unit;
};

struct TargetReport {
  AccountId account;
  std::string network;
  bool sandbox = false;
  Content content;  // as it goes out
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
  bool held = false;                           // the installation is held
  bool fetchable = true;                       // networks on the internet can fetch files from this server
  const Wording* wording = nullptr;            // none: texts and links go out as they stand
  std::span<const Blackout> blackouts = {};    // of the workspace and of accounts
  std::span<const Neighbour> neighbours = {};  // other posts of the same accounts about that time
  Nearness nearness = {};
  std::optional<Schedule> free = {};  // the next slot that is free for all of them
  const CampaignFacts* campaign = nullptr;     // none: the post belongs to none
  const Conditions* conditions = nullptr;      // of the house; none: not looked at
  const Attention* attention = nullptr;        // of whoever writes; none: nobody is asked
};

Report check(const Post& post, const Facts& facts, const channels::Registry& registry);

bool blocks(const std::vector<Finding>& findings);
// Permissions that the network asks for and the account was not granted.
std::vector<std::string> missing_scopes(const Account& account, const channels::Traits& traits);

}  // namespace carillon::plan
