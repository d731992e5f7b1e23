#include "proof/drill.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <set>

#include "base/zones.h"
#include "delivery/reasons.h"
#include "proof/drill_count.h"
#include "proof/drill_house.h"
#include "proof/drill_stage.h"
#include "proof/visit.h"

namespace carillon::proof {
namespace {

namespace json = boost::json;

constexpr auto settling = std::chrono::minutes(15);    // after healing, at most
constexpr auto patience = std::chrono::seconds(15);    // with the answer to a question
constexpr auto life = std::chrono::milliseconds(850);  // of the server between two kills, on average

struct Posted {
  std::string id;
  int64_t number = 0;
};

bool is_thread(int64_t number) {
  return number % 10 == 7;
}

// Whose turn it is: pictures and threads come to every account too.
size_t turn(int64_t number, size_t speakers) {
  return static_cast<size_t>(number + number / 10) % speakers;
}

std::string mark(int64_t post, int64_t part) {
  return fmt::format("p{}-{}:", post, part);
}

std::string key(std::string_view what, uint64_t seed, int64_t number) {
  return fmt::format("{}-{}-{}", what, seed, number);
}

class Drill {
 public:
  explicit Drill(const DrillOptions& options)
      : options_(options),
        house_(options),
        client_(house_.server()),
        sandbox_(house_.sandbox()),
        talk_(client_, options.now),
        dice_(options.seed ^ 0x5eed) {}

  DrillReport run() {
    const Instant began = options_.now();
    say("starting");
    must(set_up(client_, wait_for_token()));
    stage_ = set_the_stage(talk_, sandbox_, options_.posts, [this](std::string_view what) { say(what); });
    misbehave(sandbox_);
    house_.begin_killing();
    post_all();
    wait_for_the_last_kill();
    must(sandbox_.json("POST", "/control/heal"));
    settle();
    DrillReport report = verdict();
    report.seconds = static_cast<double>((options_.now() - began).count()) / 1e6;
    return report;
  }

 private:
  void say(std::string_view what, double done = 0, double total = 1) const {
    if (options_.progress) options_.progress(what, done, total);
  }

  std::string wait_for_token() {
    const Instant until = options_.now() + std::chrono::minutes(1);
    for (; options_.now() < until; sandbox_.pause(50ms)) {
      if (std::string token = house_.setup_token(); !token.empty()) return token;
    }
    give_up(
        {.text = fmt::format("The server did not come up: see {}/server.log.", house_.folder().string())});
  }

  json::array parts(int64_t number, DrillNetwork::Wants wants = DrillNetwork::Wants::words) const {
    json::array all;
    for (int64_t part = 0; part < (is_thread(number) ? 2 : 1); ++part) {
      all.push_back(json::object{{"text", fmt::format("Drill {} the bells ring.", mark(number, part))}});
    }
    const bool film = wants == DrillNetwork::Wants::film;
    if (number % 10 != 3 && wants == DrillNetwork::Wants::words) return all;
    json::array media;
    media.push_back(json::object{{"id", film ? stage_.film : stage_.picture}, {"alt", "A bell"}});
    all.at(0).as_object()["media"] = std::move(media);
    return all;
  }

  // Where words alone are not taken, pictures and films take turns.
  static DrillNetwork::Wants wants(const DrillNetwork& network, int64_t number) {
    return network.films && number % 2 != 0 ? DrillNetwork::Wants::film : network.wants;
  }

  // To every network, each time by another of its accounts. Every tenth has a picture, every tenth is a
  // thread.
  json::object composed(int64_t number, Instant due) const {
    json::array targets;
    for (const DrillNetwork& network : stage_.networks) {
      if ((is_thread(number) && !network.threads) || number >= network.room) continue;
      json::object target{{"account", network.speakers[turn(number, network.speakers.size())].id}};
      if (network.wants != DrillNetwork::Wants::words)
        target["content"] = json::object{{"parts", parts(number, wants(network, number))}};
      targets.push_back(std::move(target));
    }
    json::object body{{"content", json::object{{"parts", parts(number)}}}, {"targets", std::move(targets)}};
    if (due > options_.now() + 2s) {
      body["at"] = json::object{{"local", to_text(must(localize(due, "UTC")))}, {"zone", "UTC"}};
    } else {
      body["now"] = true;
    }
    return body;
  }

  void post_all() {
    const Instant first = options_.now() + 3s;
    const auto window = static_cast<uint64_t>(std::max<int64_t>(5, options_.kills * life.count() / 1000));
    for (int64_t number = 0; number < options_.posts; ++number) {
      say("scheduling", static_cast<double>(number), static_cast<double>(options_.posts));
      const Instant due = first + std::chrono::seconds(dice_.below(window));
      const json::value made = talk_.insist("POST", "/api/v1/posts", composed(number, due),
                                            {{"idempotency-key", key("drill", options_.seed, number)}});
      posted_.push_back({text_of(made, "id"), number});
      last_due_ = std::max(last_due_, due);
    }
  }

  void wait_for_the_last_kill() {
    while (!house_.done_killing() || options_.now() < last_due_) {
      say(fmt::format("publishing, {} kills", house_.kills()), static_cast<double>(house_.kills()),
          static_cast<double>(options_.kills));
      sandbox_.pause(100ms);
    }
  }

  void settle() {
    const Instant until = options_.now() + settling;
    for (size_t open = unsettled(); open > 0 && options_.now() < until; open = unsettled()) {
      say(fmt::format("settling, {} to go", open), static_cast<double>(posted_.size() - open),
          static_cast<double>(posted_.size()));
      talk_.pause(500ms);
    }
  }

  // How many posts may still change by themselves.
  size_t unsettled() {
    size_t open = 0;
    for (const Posted& post : posted_) {
      if (settled_.contains(post.id)) continue;
      const json::value seen = talk_.insist("GET", "/api/v1/posts/" + post.id);
      const auto& deliveries = seen.at("deliveries").as_array();
      if (std::ranges::any_of(deliveries, [this](const json::value& one) { return moves(one); }))
        ++open;
      else
        settled_.insert(post.id);
    }
    return open;
  }

  bool moves(const json::value& delivery) {
    const std::string state = text_of(delivery, "state");
    const bool asking = state == "uncertain" && network_of(delivery).can_be_asked;
    if (asking) look_at(delivery);
    return asking || state == "waiting" || state == "in_flight";
  }

  // What a person does who is asked: has the network asked once more, and when that settles nothing (twice
  // sent, twice absent: the engine sends no third time by itself; or lost before it had an id to ask for),
  // looks at the network and says what is there.
  void look_at(const json::value& delivery) {
    if (text_of(delivery, "reason") != delivery::reason::unknown) return;  // it is still being found out
    const std::string id = text_of(delivery, "id");
    const auto [asked, first] = asked_.try_emplace(id, options_.now());
    if (first) {
      say_of(id, "ask");
    } else if (options_.now() > asked->second + patience && told_.insert(id).second) {
      say_of(id, is_there(delivery));
    }
  }

  void say_of(const std::string& id, const json::value& there) {
    talk_.insist("POST", fmt::format("/api/v1/deliveries/{}/verdict", id), json::object{{"there", there}});
  }

  bool is_there(const json::value& delivery) {
    const std::string post = text_of(delivery, "post");
    const auto number = std::ranges::find(posted_, post, &Posted::id)->number;
    const std::string own = mark(number, delivery.at("part").to_number<int64_t>());
    const std::string network = text_of(delivery, "network");
    return std::ranges::any_of(
        ledger(), [&](const Accepted& one) { return one.network == network && one.text.contains(own); });
  }

  const DrillNetwork& network_of(const json::value& delivery) const {
    return *std::ranges::find(stage_.networks, text_of(delivery, "network"), &DrillNetwork::name);
  }

  Expected expected(const Posted& post, const json::value& delivery) const {
    const DrillNetwork& network = network_of(delivery);
    const auto speaker = std::ranges::find(network.speakers, text_of(delivery, "account"), &DrillSpeaker::id);
    const std::string state = text_of(delivery, "state");
    const std::string own_mark = mark(post.number, delivery.at("part").to_number<int64_t>());
    return {.network = network.name,
            .account = speaker->external_id,
            .mark = own_mark,
            .can_be_asked = network.can_be_asked,
            .state = state == "waiting" ? "waiting: " + text_of(delivery, "reason_text") : state,
            .external_id = text_of(delivery, "external_id"),
            .told = told_.contains(text_of(delivery, "id")),
            .where = fmt::format("{} of post {} on {}", own_mark, post.id, network.name)};
  }

  std::vector<Accepted> ledger() {
    std::vector<Accepted> accepted;
    const json::value said = must(sandbox_.json("GET", "/control/ledger"));
    for (const json::value& effect : said.at("effects").as_array()) {
      accepted.push_back({text_of(effect, "network"), text_of(effect, "account"),
                          text_of(effect, "external_id"), text_of(effect, "text")});
    }
    return accepted;
  }

  DrillReport verdict() {
    std::vector<Expected> all;
    for (const Posted& post : posted_) {
      const json::value seen = talk_.insist("GET", "/api/v1/posts/" + post.id);
      for (const json::value& delivery : seen.at("deliveries").as_array()) {
        if (!flag_of(delivery, "superseded")) all.push_back(expected(post, delivery));
      }
    }
    Count sum = count(all, ledger());
    if (house_.failing()) sum.findings.push_back("The server ended by itself: see server.log.");
    if (sum.findings.empty() && !options_.keep) house_.forget();
    return {.posts = static_cast<int64_t>(posted_.size()),
            .targets = static_cast<int64_t>(all.size()),
            .kills = house_.kills(),
            .delivered = sum.delivered,
            .uncertain = sum.uncertain,
            .told = static_cast<int64_t>(told_.size()),
            .doubles = sum.doubles,
            .losses = sum.losses,
            .findings = std::move(sum.findings),
            .folder = house_.folder()};
  }

  const DrillOptions& options_;
  DrillHouse house_;
  net::WaitingClient client_, sandbox_;
  DrillTalk talk_;
  SeededRandom dice_;
  DrillStage stage_;
  std::vector<Posted> posted_;
  std::set<std::string> settled_, told_;
  std::map<std::string, Instant> asked_;  // deliveries, when
  Instant last_due_;
};

}  // namespace

DrillReport drill(const DrillOptions& options) {
  return Drill(options).run();
}

}  // namespace carillon::proof
