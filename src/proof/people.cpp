#include "proof/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "channels/registry.h"
#include "delivery/reasons.h"
#include "net/dressing.h"
#include "proof/oracle.h"
#include "proof/process.h"
#include "store/accounts.h"
#include "store/campaigns.h"
#include "store/records.h"

namespace carillon::proof {
namespace {

std::optional<Account> found(Scene& scene, AccountId id) {
  return scene.transact([&](store::Unit& unit) { return store::Accounts(unit).find(scene.workspace, id); });
}

// Some are for messages only.
bool publishes(std::string_view network) {
  const channels::Entry* entry = channels::shipped().find(network);
  return entry != nullptr && !entry->channel->traits().kinds.empty();
}

net::Credential secrets_of(const sandbox::Person& person) {
  net::Credential credential;
  for (const auto& [name, text] : person.credential) credential.emplace(name, Secret(text));
  return credential;
}

// What a server says about itself at connecting. Not every one is heard then.
boost::json::object facts_of(Scene& scene, const channels::Auth& auth, const channels::App& app,
                             const net::Credential& credential) {
  auto question = auth.about(app);
  if (!question || scene.dice.chance(30)) return {};
  const auto dressed = net::dress(std::move(*question), credential);
  if (!dressed) return {};
  return auth.read_about(scene.platform.handle(*dressed, scene.time.now()).response);
}

bool is_asked(const Delivery& row) {
  const bool asked = row.state == DeliveryState::uncertain && row.reason == delivery::reason::unknown;
  const bool late = row.state == DeliveryState::waiting && row.reason == delivery::reason::late;
  return (asked || late) && (row.wish == Wish::none || row.wish == Wish::cancel);
}

}  // namespace

void People::connect_accounts() {
  scene_.workspace = WorkspaceId::make(scene_.time.now(), mint_dice_);
  // Two to four networks, whatever their number: each as likely as the others.
  std::vector<std::string_view> networks;
  for (const std::string_view network : sandbox::World::networks())
    if (publishes(network)) networks.push_back(network);
  size_t wanted = 2 + scene_.dice.below(3), left = networks.size();
  for (const std::string_view network : networks) {
    if (scene_.dice.below(left--) >= wanted) continue;
    --wanted;
    if (channels::shipped().find(network)->channel->traits().kinds.empty()) continue;  // takes no posts
    // The second identity of a network may be of another kind: a person, not an organisation.
    if (scene_.dice.chance(40)) scene_.platform.connect(network, scene_.time.now());
    const auto person = scene_.platform.connect(network, scene_.time.now());
    const net::Credential credential = secrets_of(person);
    Account account{.id = AccountId::make(scene_.time.now(), mint_dice_),
                    .workspace = scene_.workspace,
                    .network = std::string(network),
                    .external_id = person.external_id,
                    .name = person.name,
                    .handle = person.handle,
                    .api_base = fmt::format("http://sandbox.test/{}", network),
                    .sandbox = true,
                    .refreshable = credential.contains("refresh"),
                    .connected = scene_.time.now()};
    account.facts = facts_of(scene_, *channels::shipped().find(network)->auth,
                             {.network = account.network, .api_base = account.api_base}, credential);
    account.id = scene_.transact([&](store::Unit& unit) {
      return store::Accounts(unit).connect(account, credential_text(credential));
    });
    scene_.accounts.push_back(account.id);
  }
  begin_campaign();
}

void People::begin_campaign() {
  campaign_ = {.id = CampaignId::make(scene_.time.now(), mint_dice_),
               .workspace = scene_.workspace,
               .name = "Bells",
               .created = scene_.wall(),
               .updated = scene_.wall()};
  scene_.transact([&](store::Unit& unit) { store::Campaigns(unit).add(campaign_); });
}

MediaId People::file(bool video) {
  MediaFacts facts{.id = MediaId::make(scene_.time.now(), mint_dice_),
                   .mime = video ? "video/mp4" : "image/jpeg",
                   .bytes = video ? 9'000'000U : 200'000U,
                   .width = 1280,
                   .height = 720,
                   .duration = video ? Duration(12s) : Duration(0),
                   .codec = video ? "h264/aac" : "",
                   .sha256 = std::string(64, 'a')};
  scene_.transact([&](store::Unit& unit) {
    store::MediaShelf(unit).add({.facts = facts,
                                 .workspace = scene_.workspace,
                                 .name = "bell",
                                 .path = "bell",
                                 .created = scene_.wall()});
  });
  known_media_[facts.id] = facts;
  return facts.id;
}

// Every other video has a cover of its own.
std::vector<MediaRef> People::pictures(bool video) {
  MediaRef ref{file(video), "A bell"};
  if (video && scene_.dice.chance(50)) ref.cover = Cover{std::chrono::seconds(2), file(false)};
  return {std::move(ref)};
}

// Does the network take this? Parts after the first count too: without threads they are posts of their own
// here.
bool People::takes(const Account& account, const Content& content) const {
  const channels::Channel& channel = *channels::shipped().find(account.network)->channel;
  const auto blocks = [](const channels::Finding& finding) {
    return finding.severity == channels::Severity::blocker && !finding.id.starts_with("thread");
  };
  for (uint32_t i = 0; i < content.parts.size(); ++i) {
    std::vector<MediaFacts> media;
    for (const MediaRef& ref : content.parts[i].media) media.push_back(known_media_.at(ref.id));
    const auto report = channel.check(account, content.parts[i], i, content, media);
    if (std::ranges::any_of(report.findings, blocks)) return false;
  }
  return true;
}

// The same words with what the network wants beside them: nothing, a picture, a video; in as many parts, or
// one.
std::optional<Content> People::fitted(const Account& account, int number, size_t parts) {
  for (const size_t wanted : {parts, size_t{1}}) {
    for (const int kind : scene_.dice.chance(50) ? std::array{0, 1, 2} : std::array{0, 2, 1}) {
      Content content =
          written(number, 1, wanted, false, kind == 0 ? std::vector<MediaRef>{} : pictures(kind == 2));
      if (takes(account, content)) return content;
    }
  }
  return std::nullopt;
}

// What only some networks have, in a version of its own: a poll instead of pictures, or a first comment.
std::optional<Content> People::adorned(const Account& account, Content content, int number) {
  const channels::Traits& traits = channels::shipped().find(account.network)->channel->traits();
  if (traits.poll && scene_.dice.chance(50)) {
    content.parts[0].media.clear();
    content.parts[0].poll = Poll{.options = {"Louder", "Softer"}};
  } else {
    content.parts.push_back(written(number, 1, content.parts.size() + 1, false, {}).parts.back());
    content.parts.back().comment = true;
  }
  return takes(account, content) ? std::optional(std::move(content)) : std::nullopt;
}

Part People::think_of(int number) {
  Random& dice = scene_.dice;
  Part part{.number = number};
  const bool burst = scene_.troubles.burst;
  const size_t parts = !burst && dice.chance(20) ? 2 + dice.below(2) : 1;
  std::vector<MediaRef> media;
  if (!burst && dice.chance(25)) media = pictures(dice.chance(40));
  part.post.id = PostId::make(scene_.time.now(), mint_dice_);
  part.post.workspace = scene_.workspace;
  part.post.content = written(number, 1, parts, dice.chance(20), media);
  part.post.state = PostState::scheduled;
  part.post.zone = "Europe/Berlin";
  part.post.created = part.post.updated = scene_.time.now();
  if (dice.chance(50)) part.post.campaign = campaign_.id;
  for (const AccountId account : scene_.accounts) {
    if (!burst && !part.post.targets.empty() && !dice.chance(60)) continue;
    const Account speaker = *found(scene_, account);
    auto own = takes(speaker, part.post.content) ? std::nullopt : fitted(speaker, number, parts);
    if (!burst && dice.chance(25)) {
      if (auto more = adorned(speaker, own.value_or(part.post.content), number)) own = std::move(more);
    }
    part.post.targets.push_back({account, std::move(own)});
  }
  part.made = scene_.time.now() + scene_.soon(burst ? 5'000'000 : 120'000'000);
  part.post.due = burst ? scene_.time.now() + 6s : part.made + scene_.soon(300'000'000);
  if (dice.chance(30)) part.post.late.then = LatePolicy::Then::skip;
  if (dice.chance(20)) part.post.late.then = LatePolicy::Then::next_slot;
  return part;
}

void People::plan_posts() {
  const int count =
      static_cast<int>(scene_.troubles.burst ? 24 + scene_.dice.below(8) : 1 + scene_.dice.below(6));
  for (int number = 1; number <= count; ++number) scene_.parts.push_back(think_of(number));
  for (const Part& part : scene_.parts) scene_.time.at(part.made, [this, &part] { schedule(part); });
}

void People::schedule(const Part& part) {
  Post post = part.post;
  post.due = *part.post.due + scene_.skew;
  const auto made = scene_.transact([&](store::Unit& unit) {
    store::Posts posts(unit);
    store::Minter mint(scene_.wall(), mint_dice_);
    posts.add(post);
    return posts.schedule(post, scene_.wall(), mint);
  });
  scene_.tell(fmt::format("a person schedules p{} for {} accounts", part.number, post.targets.size()));
  for (const Delivery& row : made) {
    if (belongs(part) && campaign_.state == CampaignState::stopped) scene_.oracle->stopped(row.id);
    tell_server(row, row.line);
  }
}

void People::tell_server(const Delivery& row, Line line) {
  if (scene_.process && scene_.process->awake())
    scene_.process->expect(row.account, line, std::min(row.due, scene_.wall()));
}

std::vector<Delivery> People::rows_of(const Part& part) {
  return scene_.transact(
      [&](store::Unit& unit) { return store::Posts(unit).deliveries(scene_.workspace, part.post.id); });
}

void People::interfere() {
  if (!scene_.troubles.people) return;
  for (const Part& part : scene_.parts) {
    const Instant about_due =
        *part.post.due + Duration(static_cast<int64_t>(scene_.dice.below(4'000'000)) - 1'000'000);
    const Instant when = std::max(about_due, part.made + 1ms);
    switch (scene_.dice.below(8)) {
      case 0: scene_.time.at(when, [this, &part] { cancel(part); }); break;
      case 1: scene_.time.at(when, [this, &part] { pause(part); }); break;
      case 2: scene_.time.at(when, [this, &part] { edit(part); }); break;
      case 3: scene_.time.at(when, [this, &part] { reschedule(part); }); break;
      case 4: scene_.time.at(when, [this, &part] { ask_first(part); }); break;
      default: break;
    }
  }
  scene_.on_refresh = [this](AccountId account) {
    if (scene_.healed || !scene_.dice.chance(25)) return;
    scene_.time.in(scene_.soon(100'000), [this, account] { switch_off(account); });
  };
  for (const Part& part : scene_.parts) {
    if (!belongs(part) || !scene_.dice.chance(25)) continue;
    const Instant about_due =
        *part.post.due + Duration(static_cast<int64_t>(scene_.dice.below(4'000'000)) - 1'000'000);
    scene_.time.at(std::max(about_due, part.made), [this] { stop_campaign(); });
  }
}

void People::cancel(const Part& part) {
  scene_.transact(
      [&](store::Unit& unit) { store::Posts(unit).cancel(scene_.workspace, part.post.id, scene_.wall()); });
  scene_.tell(fmt::format("a person cancels p{}", part.number));
  for (const Delivery& row : rows_of(part)) {
    if (row.state == DeliveryState::waiting || row.state == DeliveryState::in_flight ||
        row.state == DeliveryState::canceled)
      scene_.oracle->stopped(row.id);
    tell_server(row, row.line);
  }
}

void People::pause(const Part& part) {
  scene_.transact([&](store::Unit& unit) { store::Posts(unit).pause(scene_.workspace, part.post.id, true); });
  scene_.tell(fmt::format("a person pauses p{}", part.number));
  for (const Delivery& row : rows_of(part)) {
    if (!is_settled(row.state) && row.state != DeliveryState::uncertain) scene_.oracle->stopped(row.id);
  }
  scene_.time.in(scene_.soon(600'000'000), [this, &part] {
    scene_.transact(
        [&](store::Unit& unit) { store::Posts(unit).pause(scene_.workspace, part.post.id, false); });
    scene_.tell(fmt::format("a person resumes p{}", part.number));
    for (const Delivery& row : rows_of(part)) {
      scene_.oracle->resumed(row.id);
      tell_server(row, row.line);
    }
  });
}

// All of it at once, some of it in the air.
void People::stop_campaign() {
  if (campaign_.state == CampaignState::stopped) return;
  campaign_.state = CampaignState::stopped;
  scene_.transact([&](store::Unit& unit) {
    store::Campaigns(unit).turn(scene_.workspace, campaign_.id, campaign_.state, scene_.wall());
  });
  scene_.tell("a person stops the campaign");
  for (const Part& part : scene_.parts) {
    if (!belongs(part)) continue;
    for (const Delivery& row : rows_of(part))
      if (!is_settled(row.state) && row.state != DeliveryState::uncertain) scene_.oracle->stopped(row.id);
  }
  scene_.time.in(scene_.soon(600'000'000), [this] { resume_campaign(); });
}

void People::resume_campaign() {
  campaign_.state = CampaignState::active;
  scene_.transact([&](store::Unit& unit) {
    store::Campaigns(unit).turn(scene_.workspace, campaign_.id, campaign_.state, scene_.wall());
  });
  scene_.tell("a person resumes the campaign");
  for (const Part& part : scene_.parts) {
    if (!belongs(part)) continue;
    for (const Delivery& row : rows_of(part)) {
      scene_.oracle->resumed(row.id);
      tell_server(row, row.line);
    }
  }
}

void People::edit(const Part& part) {
  const auto changed = scene_.transact([&](store::Unit& unit) {
    store::Posts posts(unit);
    auto post = posts.find(scene_.workspace, part.post.id);
    post->content =
        written(part.number, ++versions_, post->content.parts.size(), false, post->content.parts[0].media);
    return posts.edit(*post, post->revision);
  });
  scene_.tell(fmt::format("a person edits p{}{}", part.number, changed ? "" : ", too late"));
}

void People::reschedule(const Part& part) {
  const Instant due = scene_.wall() + scene_.soon(300'000'000);
  scene_.transact([&](store::Unit& unit) {
    store::Posts posts(unit);
    posts.reschedule(*posts.find(scene_.workspace, part.post.id), due);
  });
  scene_.tell(fmt::format("a person reschedules p{}", part.number));
  for (const Delivery& row : rows_of(part)) tell_server(row, row.line);
}

// Somebody moves it who may not alone: it is taken off the schedule until somebody approves it, and nothing
// of it may leave in between.
void People::ask_first(const Part& part) {
  const Instant due = scene_.wall() + scene_.soon(300'000'000);
  const auto post = scene_.transact([&](store::Unit& unit) {
    store::Posts posts(unit);
    posts.reschedule(*posts.find(scene_.workspace, part.post.id), due, store::Leave::ask_for(UserId{}));
    return posts.find(scene_.workspace, part.post.id);
  });
  const bool waits = post->state == PostState::proposed;
  scene_.tell(fmt::format("a person asks for approval of p{}{}", part.number, waits ? "" : ", too late"));
  if (!waits) return;
  for (const Delivery& row : rows_of(part)) {
    if (row.state == DeliveryState::canceled) scene_.oracle->stopped(row.id);
    tell_server(row, row.line);
  }
  if (scene_.dice.chance(80)) scene_.time.in(scene_.soon(600'000'000), [this, &part] { approve(part); });
}

void People::approve(const Part& part) {
  const auto made = scene_.transact([&](store::Unit& unit) {
    store::Posts posts(unit);
    store::Minter mint(scene_.wall(), mint_dice_);
    const auto post = posts.find(scene_.workspace, part.post.id);
    store::Proposals(unit).approve(*post, UserId{}, scene_.wall());
    return posts.schedule(*post, scene_.wall(), mint, store::Leave::given_by(UserId{}));
  });
  scene_.tell(fmt::format("a person approves p{}", part.number));
  for (const Delivery& row : made) tell_server(row, row.line);
}

// Looks at the network before answering, so the word is true; sometimes answers twice.
void People::answer(const Delivery& row) {
  ++scene_.report.person_verdicts;
  const std::string feed = "/" + found(scene_, row.account)->network + "/feed";
  static_cast<void>(scene_.platform.handle({.method = "GET", .url = feed}, scene_.time.now()));
  scene_.oracle->look_at_ledger();
  const bool late = row.reason == delivery::reason::late;
  const bool there = !late && scene_.oracle->is_out_there(row);
  const Wish wish = late ? Wish::send_late : there ? Wish::is_there : Wish::is_not_there;
  scene_.tell(fmt::format("a person says of {}: {}", scene_.oracle->name_of(row), to_text(wish)));
  if (late) scene_.oracle->consented_to_be_late(row.id);
  for (uint64_t times = 0; times <= scene_.dice.below(2); ++times) {
    scene_.transact([&](store::Unit& unit) {
      const auto said = store::Posts(unit).wish(scene_.workspace, row.id, wish, "", scene_.wall());
      static_cast<void>(said);  // the second time it may be refused
    });
  }
  tell_server(row, row.line);
  tell_server(row, Line::bulk);
}

// Some networks publish what they took a while later: nobody looks at once.
void People::reconsider(const Part& part, DeliveryId id) {
  const std::vector<Delivery> rows = rows_of(part);
  const auto row = std::ranges::find(rows, id, &Delivery::id);
  if (row != rows.end() && is_asked(*row)) answer(*row);
}

void People::reconnect(Account account) {
  account.hold = Hold::none;  // nothing is wrong with what the network gives
  account.hold_text.clear();
  const auto person = scene_.platform.connect(account.network, scene_.time.now(), account.external_id);
  scene_.transact([&](store::Unit& unit) {
    store::Accounts(unit).connect(account, credential_text(secrets_of(person)));
  });
  scene_.tell(fmt::format("a person reconnects {}", account.handle));
  if (scene_.process && scene_.process->awake()) scene_.process->account_changed(account.id);
}

// It stays off until the person comes back, whatever its network answers meanwhile.
void People::switch_off(AccountId account) {
  turn(account, Hold::disabled);
  scene_.time.in(scene_.soon(60'000'000), [this, account] {
    if (found(scene_, account)->hold != Hold::disabled)
      scene_.violate("D8", "an account that a person switched off was switched on by nobody");
    turn(account, Hold::none);
  });
}

void People::turn(AccountId account, Hold hold) {
  scene_.transact(
      [&](store::Unit& unit) { store::Accounts(unit).hold(scene_.workspace, account, hold, ""); });
  scene_.tell(fmt::format("a person switches {} {}", found(scene_, account)->handle,
                          hold == Hold::none ? "on" : "off"));
  if (scene_.process && scene_.process->awake()) scene_.process->account_changed(account);
}

void People::go_round() {
  scene_.time.in(scene_.healed ? Duration(15min) : Duration(5min), [this] { go_round(); });
  for (const AccountId id : scene_.accounts) {
    const auto account = found(scene_, id);
    const bool mendable = account->hold == Hold::reconnect || account->hold == Hold::permission ||
                          account->hold == Hold::restricted;
    if (mendable) reconnect(*account);
  }
  for (const Part& part : scene_.parts) {
    for (const Delivery& row : rows_of(part)) {
      if (!is_asked(row) || !scene_.dice.chance(60)) continue;
      scene_.time.in(Duration(1min), [this, &part, id = row.id] { reconsider(part, id); });
    }
  }
}

}  // namespace carillon::proof
