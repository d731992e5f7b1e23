#include "api/import_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/approval.h"
#include "api/queue_desk.h"
#include "api/words.h"
#include "base/zones.h"
#include "plan/slot_fill.h"
#include "store/accounts.h"
#include "store/blackouts.h"
#include "store/campaigns.h"
#include "store/imports.h"
#include "store/phrasebook.h"
#include "store/queues.h"
#include "store/records.h"

namespace carillon::api {

namespace {
constexpr size_t most_rows = 20'000;

std::vector<AccountId> speakers(const Post& post) {
  std::vector<AccountId> ids;
  for (const Target& target : post.targets) ids.push_back(target.account);
  return ids;
}

// The queues of all accounts for a year, unfolded once; rows with a time of their own take theirs first.
plan::SlotFill filler(store::Unit& unit, std::span<const Account> accounts, std::span<const JudgedRow> rows,
                      Instant now) {
  std::set<AccountId> wanted;
  for (const JudgedRow& judged : rows) {
    if (!judged.row.queued) continue;
    for (const Target& target : judged.row.post.targets) wanted.insert(target.account);
  }
  const Instant from = now + plan::queue_lead, until = now + plan::queue_horizon;
  std::map<AccountId, plan::Queue> queues;
  for (const AccountId id : wanted) {
    if (const Account* account = find_account(accounts, id))
      queues.emplace(id, store::Queues(unit).queue(*account, zone_of(unit, *account), from, until));
  }
  plan::SlotFill fill(queues, from, until);
  for (const JudgedRow& judged : rows) {
    if (judged.state == RowState::ready && judged.row.schedule && !judged.row.queued)
      fill.take(speakers(judged.row.post), judged.row.schedule->at);
  }
  return fill;
}

void trouble(JudgedRow& judged, plan::RowTrouble what) {
  judged.row.troubles.push_back(std::move(what));
  judged.state = RowState::wrong;
}

void give_slot(store::Unit& unit, JudgedRow& judged, plan::SlotFill& fill,
               std::span<const Account> accounts) {
  const auto ids = speakers(judged.row.post);
  const Account* first = ids.empty() ? nullptr : find_account(accounts, ids.front());
  const auto at = first ? fill.next(ids) : std::nullopt;
  auto schedule = at ? plan::schedule_now(*at, zone_of(unit, *first))
                     : Result<plan::Schedule>(refuse(closed("no_slot", "", "")));
  if (!schedule) {
    return trouble(judged, {"at", "no_slot", "There is no free slot for these accounts within a year.",
                            "Give them slots (in common), or write a time."});
  }
  judged.row.schedule = std::move(*schedule);
  put_time(judged.row.post, *judged.row.schedule);
}

// Media that rows name, each looked up once.
class KnownMedia {
 public:
  KnownMedia(store::Unit& unit, WorkspaceId workspace) : shelf_(unit), workspace_(workspace) {}
  void check(JudgedRow& judged) {
    for (const ContentPart& part : judged.row.post.content.parts) {
      for (const MediaRef& ref : part.media) {
        if (!facts.contains(ref.id) && !find(ref.id))
          return trouble(judged,
                         {"media", "media_unknown", "There is no such file here.", "Upload it first."});
      }
    }
  }
  std::map<MediaId, MediaFacts> facts;

 private:
  bool find(MediaId id) {
    auto file = shelf_.find(workspace_, id);
    if (file) facts.emplace(id, std::move(file->facts));
    return file.has_value();
  }
  store::MediaShelf shelf_;
  WorkspaceId workspace_;
};

// The column that a finding is about.
std::string column_of(const plan::Finding& finding) {
  if (finding.group == "schedule") return "at";
  if (finding.id == "account_not_enabled" || finding.group == "accounts") return "accounts";
  if (finding.group == "campaign") return "campaign";
  if (finding.field.find(".media") != std::string::npos) return "media";
  return finding.field.find(".link") != std::string::npos ? "link" : "text";
}

plan::RowTrouble beside(const plan::Finding& finding) {
  return {column_of(finding), finding.id, finding.text, finding.fix};
}

void weigh(JudgedRow& judged, const std::vector<plan::Finding>& findings) {
  for (const plan::Finding& finding : findings) {
    if (finding.severity == channels::Severity::blocker) {
      trouble(judged, beside(finding));
    } else if (finding.severity == channels::Severity::warning) {
      add_warning(judged, finding);
    }
  }
}

bool is_there(store::Unit& unit, WorkspaceId workspace, plan::ImportRow& row) {
  if (const auto known = store::Imports(unit).known(workspace, row.key)) {
    row.known = known;
    return true;
  }
  return row.known && store::Posts(unit).find(workspace, *row.known);
}

JudgedRow first_look(store::Unit& unit, const Request& request, plan::ImportRow row) {
  JudgedRow judged{.row = std::move(row)};
  Post& post = judged.row.post;
  post.workspace = request.caller.workspace;
  if (is_there(unit, post.workspace, judged.row)) {
    judged.state = RowState::there;
    judged.row.troubles.clear();
  } else if (!judged.row.troubles.empty()) {
    judged.state = RowState::wrong;
  }
  return judged;
}

// Campaigns that rows name, each looked up once.
class KnownCampaigns {
 public:
  KnownCampaigns(store::Unit& unit, WorkspaceId workspace) : campaigns_(unit) {
    all = campaigns_.list(workspace);
  }
  const plan::CampaignFacts* of(const Post& post) {
    const auto found = std::ranges::find(all, post.campaign, &Campaign::id);
    if (found == all.end()) return nullptr;
    const auto [entry, first] = facts_.try_emplace(found->id, plan::CampaignFacts{*found, {}});
    if (first) entry->second.enabled = campaigns_.accounts(found->workspace, found->id);
    return &entry->second;
  }
  std::vector<Campaign> all;

 private:
  store::Campaigns campaigns_;
  std::map<CampaignId, plan::CampaignFacts> facts_;
};

// facts: what is the same for all rows.
void judge_row(JudgedRow& judged, plan::Facts facts, const plan::CampaignFacts* campaign, const Desk& desk) {
  if (judged.row.draft) return;
  facts.schedule = judged.row.schedule;
  facts.campaign = campaign;
  const auto report = plan::check(judged.row.post, facts, desk.registry);
  weigh(judged, report.findings);
  for (const plan::TargetReport& target : report.targets) {
    weigh(judged, target.findings);
    if (!target.content.parts.empty())
      judged.said.push_back({target.account, target.content.parts.front().text});
  }
}
}  // namespace

void add_warning(JudgedRow& judged, const plan::Finding& finding) {
  plan::RowTrouble warning = beside(finding);
  if (std::ranges::find(judged.warnings, warning) == judged.warnings.end())
    judged.warnings.push_back(std::move(warning));
}

std::string read_zone(Reader& in) {
  std::string zone = in.maybe_text("zone", {1, 64}).value_or("");
  if (!zone.empty() && !is_zone(zone)) {
    in.refuse("unknown_zone", "There is no time zone \"" + zone + "\".", "zone",
              "Use an IANA name such as Europe/Berlin.");
  }
  return zone;
}

Result<plan::Table> read_table(const std::string& csv) {
  auto table = plan::parse_table(csv);
  if (!table || table->records.size() <= most_rows) return table;
  return refuse(invalid(
      "too_many",
      fmt::format("The table has {} rows, at most {} are taken at once.", table->records.size(), most_rows),
      "csv", "Split it into several files."));
}

ImportOrder read_import_order(Reader& in) {
  using Fill = plan::ImportWishes::Fill;
  ImportOrder order;
  order.csv = in.text("csv", {1, size_t{8} << 20});
  order.zone = read_zone(in);
  order.dry_run = in.maybe_flag("dry_run").value_or(false);
  const std::string fill = in.maybe_text("fill", {1, 20}).value_or("refuse");
  if (fill == "slots") {
    order.fill = Fill::slots;
  } else if (fill == "drafts") {
    order.fill = Fill::drafts;
  } else if (fill != "refuse") {
    in.refuse("unknown_fill", "Rows without a time cannot be \"" + fill + "\".", "fill",
              "Use slots, drafts or refuse.");
  }
  for (const auto& text : in.maybe_texts("accounts", 200, {1, 40}).value_or(std::vector<std::string>{})) {
    const auto id = AccountId::parse(text);
    if (!id)
      in.refuse("not_an_id", "This is not an id: \"" + text + "\".", "accounts", "Give ids of accounts.");
    order.accounts.push_back(id.value_or(AccountId{}));
  }
  return order;
}

Result<JudgedImport> judge_import(store::Unit& unit, const Request& request, const Desk& desk,
                                  const ImportOrder& order) {
  const auto table = read_table(order.csv);
  if (!table) return refuse(table.error());
  const WorkspaceId workspace = request.caller.workspace;
  JudgedImport import;
  import.accounts = store::Accounts(unit).list(workspace);
  std::erase_if(import.accounts, [](const Account& a) { return a.hold == Hold::disconnected; });
  const std::string zone = order.zone.empty() ? workspace_zone(unit, workspace) : order.zone;
  const LatePolicy late{.within = desk.settings.late_grace};
  KnownCampaigns campaigns(unit, workspace);
  auto read =
      plan::read_import(*table, {import.accounts, order.accounts, zone, order.fill, late, campaigns.all});
  if (!read) return refuse(std::move(read.error()));
  import.ignored = std::move(read->ignored);
  KnownMedia media(unit, workspace);
  for (plan::ImportRow& row : read->rows) {
    JudgedRow judged = first_look(unit, request, std::move(row));
    if (judged.state == RowState::ready) media.check(judged);
    import.rows.push_back(std::move(judged));
  }
  plan::SlotFill fill = filler(unit, import.accounts, import.rows, request.now);
  store::Phrasebook phrasebook(unit);
  const auto wording = phrasebook.wording(workspace);
  const auto closed = store::BlackoutShelf(unit).list(workspace);
  plan::Facts facts{import.accounts, media.facts, {}, request.now};
  facts.wording = &wording;
  facts.blackouts = closed;
  facts.nearness = phrasebook.rules(workspace).nearness;
  for (JudgedRow& judged : import.rows) {
    if (judged.state == RowState::ready && judged.row.queued) give_slot(unit, judged, fill, import.accounts);
    if (judged.state == RowState::ready) judge_row(judged, facts, campaigns.of(judged.row.post), desk);
  }
  warn_of_neighbours(unit, workspace, facts, import.rows);
  return import;
}

namespace {
void make_post(store::Unit& unit, const Request& request, Desk& desk, JudgedRow& judged) {
  Post& post = judged.row.post;
  post.id = PostId::make(request.now, desk.random);
  post.author = request.caller.user;
  post.created = post.updated = request.now;
  post.state = judged.row.draft ? PostState::draft : PostState::scheduled;
  store::Posts posts(unit);
  posts.add(post);
  if (!judged.row.draft) {
    store::Minter mint(request.now, desk.random);
    posts.schedule(post, request.now, mint, leave_of(unit, request));
  }
  store::Imports(unit).keep(post.workspace, judged.row.key, post.id);
  judged.row.known = post.id;
  judged.state = RowState::imported;
}
}  // namespace

void make_posts(store::Unit& unit, const Request& request, Desk& desk, std::span<const Account> accounts,
                std::span<JudgedRow> rows) {
  const bool any_queued =
      std::ranges::any_of(rows, [](const JudgedRow& judged) { return judged.row.queued; });
  if (any_queued) store::Queues(unit).lock(request.caller.workspace);
  std::optional<plan::SlotFill> fill;
  if (any_queued) fill.emplace(filler(unit, accounts, rows, request.now));
  for (JudgedRow& judged : rows) {
    if (judged.state != RowState::ready) continue;
    if (is_there(unit, request.caller.workspace, judged.row)) {
      judged.state = RowState::there;
      continue;
    }
    if (judged.row.queued) give_slot(unit, judged, *fill, accounts);
    if (judged.state == RowState::ready) make_post(unit, request, desk, judged);
  }
}

}  // namespace carillon::api
