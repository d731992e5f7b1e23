#include "api/look_ahead.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "api/conditions.h"
#include "api/events.h"
#include "media/stored_name.h"
#include "run/depot.h"
#include "store/findings.h"
#include "store/people.h"
#include "store/records.h"

namespace carillon::api {

namespace {
using store::FindingKey;

constexpr std::array<Duration, 3> stages = {std::chrono::hours(24), std::chrono::hours(1),
                                            std::chrono::minutes(10)};
constexpr size_t batch = 2000;    // posts of one stage at a time; the rest a minute later
constexpr size_t recheck = 1000;  // posts with findings that are looked at again each time

// Warnings that a person should hear of before the time comes; blockers are told anyway.
constexpr std::array<std::string_view, 7> telling = {
    "account_held", "token_expires_before", "token_expired", "budget_short", "disk_low",
    "clock_off",    "media_unreachable"};

bool is_told(const plan::Finding& finding) {
  return finding.severity == channels::Severity::blocker ||
         std::ranges::find(telling, finding.id) != telling.end();
}

// What is amiss with a post, and in which words. The house is told of once, not with every post.
using Amiss = std::map<FindingKey, std::string>;

void note(Amiss& amiss, AccountId account, const plan::Finding& finding) {
  if (!is_told(finding) || finding.group == "system") return;
  amiss.try_emplace({account, finding.id}, finding.text + (finding.fix.empty() ? "" : " " + finding.fix));
}

struct News {
  WorkspaceId workspace;
  PostId post;  // zeros: the house
  Instant due;
  Amiss fresh;
  std::vector<FindingKey> mended;
};

struct Round {
  std::vector<News> news;
  std::map<std::string, Instant> reached;  // of the settings: how far each stage has been looked at
};

std::string setting_of(WorkspaceId workspace, Duration stage) {
  return fmt::format("looked_ahead {} {}", workspace.text(), stage.count());
}

class Looking {
 public:
  Looking(store::Unit& unit, const Desk& desk, Instant now) : unit_(unit), desk_(desk), now_(now) {}

  Round run() {
    for (const Workspace& workspace : store::People(unit_).workspaces()) {
      look_at_house(workspace.id);
      for (const Duration stage : stages) look_at_stage(workspace.id, stage);
    }
    for (const auto& told : store::Findings(unit_).posts(recheck)) look_again(told.workspace, told.post);
    return std::move(round_);
  }

 private:
  void compare(WorkspaceId workspace, PostId post, Instant due, Amiss amiss);
  void look_at_house(WorkspaceId workspace);
  void look_at_stage(WorkspaceId workspace, Duration stage);
  void look_again(WorkspaceId workspace, PostId id);
  void look_at(const Post& post);
  void bring_media(const Post& post, const PostFacts& facts);

  store::Unit& unit_;
  const Desk& desk_;
  Instant now_;
  Round round_;
  std::set<PostId> seen_;
};

void Looking::compare(WorkspaceId workspace, PostId post, Instant due, Amiss amiss) {
  News news{workspace, post, due, std::move(amiss), {}};
  for (const FindingKey& known : store::Findings(unit_).of_post(workspace, post)) {
    if (news.fresh.erase(known) == 0) news.mended.push_back(known);
  }
  if (!news.fresh.empty() || !news.mended.empty()) round_.news.push_back(std::move(news));
}

void Looking::look_at_house(WorkspaceId workspace) {
  std::vector<plan::Finding> findings;
  plan::check_house(house_conditions(desk_), findings);
  Amiss amiss;
  for (const plan::Finding& finding : findings)
    amiss.try_emplace({{}, finding.id}, finding.text + " " + finding.fix);
  compare(workspace, PostId{}, now_, std::move(amiss));
}

// What is due soon is here when its time comes; what cannot be brought is known before.
void Looking::bring_media(const Post& post, const PostFacts& facts) {
  if (*post.due - now_ > stages.back()) return;
  for (const auto& [id, known] : facts.media) {
    desk_.depot.bring({media::stored_name(id)}, [](const auto&) {});
  }
}

void Looking::look_at(const Post& post) {
  if (!post.due || !seen_.insert(post.id).second) return;
  auto facts = load_facts(unit_, post);
  Amiss amiss;
  if (!facts) {
    amiss.try_emplace({{}, facts.error().code}, facts.error().text + " " + facts.error().remedy);
    return compare(post.workspace, post.id, *post.due, std::move(amiss));
  }
  bring_media(post, *facts);
  facts->conditions = conditions_of(unit_, desk_, post, *facts, *post.due);
  std::optional<plan::Schedule> schedule;
  if (*post.due > now_) schedule = plan::Schedule{post.local_time, post.zone, *post.due};
  const auto report = judge(post, *facts, schedule, desk_, now_, false);
  for (const plan::Finding& finding : report.findings) note(amiss, {}, finding);
  for (const plan::TargetReport& target : report.targets)
    for (const plan::Finding& finding : target.findings) note(amiss, target.account, finding);
  compare(post.workspace, post.id, *post.due, std::move(amiss));
}

// From where the last look ended; what was put on the schedule since, nearer than that, was looked at then.
void Looking::look_at_stage(WorkspaceId workspace, Duration stage) {
  const std::string setting = setting_of(workspace, stage);
  const auto reached = store::Settings(unit_).get(setting);
  const auto before = reached ? parse_instant(*reached) : Result<Instant>(now_);
  const Instant from = std::max(before ? *before : now_, now_), until = now_ + stage;
  if (from >= until) return;
  const auto posts = store::Findings(unit_).coming(workspace, from, until, batch);
  for (const Post& post : posts) look_at(post);
  if (!posts.empty()) round_.reached[setting] = posts.size() < batch ? until : *posts.back().due;
}

// What is out, canceled or gone has nothing to mend any more.
void Looking::look_again(WorkspaceId workspace, PostId id) {
  if (id.empty() || seen_.contains(id)) return;
  const auto post = store::Posts(unit_).find(workspace, id);
  const bool waits = post && post->state == PostState::scheduled && post->tally[DeliveryState::waiting] > 0;
  if (waits) return look_at(*post);
  compare(workspace, id, now_, {});
}

std::string words(const std::string& text, const News& news, Instant now) {
  if (news.post.empty() || news.due <= now) return text;
  return fmt::format("{} The post is due in {}.", text, plan::spoken(news.due - now));
}

void write_down(store::Unit& unit, Desk& desk, const Round& round, Instant now) {
  store::Findings findings(unit);
  for (const News& news : round.news) {
    for (const FindingKey& key : news.mended) findings.withdraw(news.workspace, news.post, key);
    for (const auto& [key, text] : news.fresh) {
      Notice notice{.id = NoticeId::make(now, desk.random),
                    .workspace = news.workspace,
                    .kind = "not_ready",
                    .text = words(text, news, now),
                    .at = now};
      if (!news.post.empty()) notice.post = news.post;
      if (!key.account.empty()) notice.account = key.account;
      findings.add(news.workspace, news.post, key, notice);
    }
  }
  for (const auto& [setting, until] : round.reached) store::Settings(unit).set(setting, to_text(until));
}
}  // namespace

void look_ahead(Desk& desk, Instant now) {
  const auto round = std::make_shared<Round>();
  auto look = [&desk, round, now](store::Unit& unit) { *round = Looking(unit, desk, now).run(); };
  desk.store.read(std::move(look), [&desk, round, now](std::exception_ptr failed) {
    if (failed)
      return desk.log.error("readiness.not_looked", "Posts could not be looked at before their time.");
    if (round->news.empty() && round->reached.empty()) return;
    auto work = [&desk, round, now](store::Unit& unit) { write_down(unit, desk, *round, now); };
    desk.store.write(std::move(work), [&desk, round](std::exception_ptr broken) {
      if (broken) return;
      std::set<WorkspaceId> told;
      for (const News& news : round->news)
        if (told.insert(news.workspace).second)
          desk.events.publish(news.workspace, {.kind = "notice", .id = "readiness"});
    });
  });
}

}  // namespace carillon::api
