#include "proof/drill.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <stdexcept>

#include "base/digest.h"
#include "base/zones.h"
#include "net/waiting_client.h"
#include "proof/drill_count.h"
#include "proof/drill_house.h"
#include "proof/visit.h"

namespace carillon::proof {
namespace {

namespace json = boost::json;

constexpr int speakers_per_network = 3;                // limits are per account
constexpr auto patience = std::chrono::minutes(2);     // for one answer of a server that dies again and again
constexpr auto settling = std::chrono::minutes(15);    // after healing
constexpr auto life = std::chrono::milliseconds(850);  // of the server between two kills, on average

// A picture of 64 x 64 pixels.
constexpr std::string_view picture =
    "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsItjRCMaywi+"
    "hcEKLNP1WgQEBAQEBAQEBAQEBAQE"
    "BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQELgsA5oFL7wUmagAAAABJRU5ErkJggg==";

// The sandbox's bot, for networks that connect by token.
constexpr std::string_view bot_token = "100200300:sandbox-bot-token", bot_chat = "@carillon_sandbox";

struct Misbehaviour {
  const char* kind;
  int percent, seconds;
};
constexpr Misbehaviour misbehaviours[] = {
    {"lose_answer", 6, 0},  {"lose_request", 6, 0}, {"error_after_accept", 5, 0},
    {"error_before", 5, 0}, {"rate_limit", 2, 2},   {"garbage", 2, 0},
    {"html", 2, 0},         {"empty", 2, 0},        {"slow", 3, 2},
    {"hang", 1, 0}};

struct Speaker {
  std::string id, network, external_id;
};
struct Network {
  std::string name;
  bool threads = false, can_be_asked = false;
  std::vector<Speaker> speakers;
};
struct Posted {
  std::string id;
  int64_t number = 0, parts = 1;
};

std::string text_of(const json::value& object, std::string_view name) {
  const json::value* found = object.is_object() ? object.get_object().if_contains(name) : nullptr;
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

bool flag_of(const json::value& object, std::string_view name) {
  const json::value* found = object.is_object() ? object.get_object().if_contains(name) : nullptr;
  return found != nullptr && *found == true;
}

std::string mark(int64_t post, int64_t part) {
  return fmt::format("p{}-{}:", post, part);
}

class Drill {
 public:
  explicit Drill(const DrillOptions& options)
      : options_(options),
        house_(options),
        server_(house_.server()),
        sandbox_(house_.sandbox()),
        dice_(options.seed ^ 0x5eed) {}

  DrillReport run() {
    const Instant began = options_.now();
    set_the_stage();
    misbehave();
    post_all();
    wait_for_the_last_kill();
    heal_and_settle();
    DrillReport report = verdict();
    report.seconds = static_cast<double>((options_.now() - began).count()) / 1e6;
    return report;
  }

 private:
  // Says it until the server has answered, as a client does that must not lose anything: same key, same body.
  json::value insist(const std::string& method, const std::string& path, const json::value& body = nullptr,
                     const wire::Headers& headers = {}) {
    const Instant until = options_.now() + patience;
    for (;;) {
      auto said = server_.json(method, path, body, headers);
      if (said) return std::move(*said);
      const Fault& fault = said.error();
      const bool passing = fault.kind == FaultKind::unavailable || fault.kind == FaultKind::throttled ||
                           fault.kind == FaultKind::closed;
      if (!passing || options_.now() > until)
        throw std::runtime_error(fmt::format("{} {}: {} {}", method, path, fault.text, fault.field));
      server_.pause(50ms);
    }
  }

  template <class T>
  T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text + " " + result.error().remedy);
    return std::move(*result);
  }

  void say(std::string_view what, double done = 0, double total = 1) const {
    if (options_.progress) options_.progress(what, done, total);
  }

  std::string wait_for_token() {
    const Instant until = options_.now() + patience;
    for (std::string token; options_.now() < until; sandbox_.pause(50ms)) {
      if (token = house_.setup_token(); !token.empty()) return token;
    }
    house_.keep();
    throw std::runtime_error(
        fmt::format("The server did not come up: see {}/server.log.", house_.folder().string()));
  }

  void set_the_stage() {
    say("starting");
    server_.use_key(must(set_up(server_, wait_for_token())));
    for (const json::value& one : insist("GET", "/api/v1/networks").at("items").as_array()) {
      Network network{.name = text_of(one, "network"),
                      .threads = flag_of(one, "thread"),
                      .can_be_asked = flag_of(one, "can_look_up")};
      const bool by_token = text_of(one.at("connect"), "by") == "token";
      for (int i = 0; i < speakers_per_network; ++i)
        network.speakers.push_back(connect(network.name, by_token, i));
      networks_.push_back(std::move(network));
    }
    picture_ = text_of(must(server_.json(wire::Request{
                           .method = "POST",
                           .url = "/api/v1/media",
                           .headers = {{"content-type", "image/png"}, {"x-file-name", "bell.png"}},
                           .body = *from_base64(picture)})),
                       "id");
  }

  Speaker connect(const std::string& network, bool by_token, int number) {
    say("connecting " + network);
    json::object wish{{"network", network}, {"sandbox", true}};
    if (by_token)
      wish["token"] = bot_token,
      wish["chat"] = number == 0 ? std::string(bot_chat) : fmt::format("{}_{}", bot_chat, number + 1);
    const json::value started = insist("POST", "/api/v1/accounts/connect", wish);
    const json::object account =
        by_token ? started.at("account").as_object() : must(agree(server_, text_of(started, "url"), number));
    return {text_of(account, "id"), network, text_of(account, "external_id")};
  }

  void misbehave() {
    for (const Misbehaviour& one : misbehaviours) {
      must(sandbox_.json(
          "POST", "/control/faults",
          json::object{
              {"kind", one.kind}, {"percent", one.percent}, {"times", -1}, {"seconds", one.seconds}}));
    }
  }

  // Every tenth has a picture, every tenth is a thread of two.
  json::object composed(int64_t number) {
    const bool thread = number % 10 == 7;
    json::array parts, targets;
    for (int64_t part = 0; part < (thread ? 2 : 1); ++part) {
      parts.push_back(json::object{{"text", fmt::format("Drill {} the bells ring.", mark(number, part))}});
    }
    if (number % 10 == 3)
      parts.at(0).as_object()["media"] = json::array{json::object{{"id", picture_}, {"alt", "A bell"}}};
    for (const Network& network : networks_) {
      if (thread && !network.threads) continue;
      targets.push_back(json::object{
          {"account", network.speakers[static_cast<size_t>(number) % network.speakers.size()].id}});
    }
    return {{"content", json::object{{"parts", std::move(parts)}}}, {"targets", std::move(targets)}};
  }

  void post_all() {
    house_.begin_killing();
    const Instant first = options_.now() + 3s;
    const auto window = static_cast<uint64_t>(std::max<int64_t>(5, options_.kills * life.count() / 1000));
    for (int64_t number = 0; number < options_.posts; ++number) {
      say("scheduling", static_cast<double>(number), static_cast<double>(options_.posts));
      json::object body = composed(number);
      const Instant due = first + std::chrono::seconds(dice_.below(window));
      if (due > options_.now() + 2s) {
        body["at"] = json::object{{"local", to_text(must(localize(due, "UTC")))}, {"zone", "UTC"}};
      } else {
        body["now"] = true;
      }
      const json::value made =
          insist("POST", "/api/v1/posts", body,
                 {{"idempotency-key", fmt::format("drill-{}-{}", options_.seed, number)}});
      posted_.push_back({text_of(made, "id"), number, number % 10 == 7 ? 2 : 1});
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

  void heal_and_settle() {
    must(sandbox_.json("POST", "/control/heal"));
    const Instant until = options_.now() + settling;
    for (size_t open = unsettled(); open > 0 && options_.now() < until; open = unsettled()) {
      say(fmt::format("settling, {} to go", open), static_cast<double>(posted_.size() - open),
          static_cast<double>(posted_.size()));
      server_.pause(500ms);
    }
  }

  // How many posts may still change by themselves. What waits long for its next question is asked about now,
  // as a person would who looks at it.
  size_t unsettled() {
    size_t open = 0;
    for (const Posted& post : posted_) {
      if (settled_.contains(post.id)) continue;
      bool moving = false;
      const json::value seen = insist("GET", "/api/v1/posts/" + post.id);
      for (const json::value& delivery : seen.at("deliveries").as_array()) {
        const std::string state = text_of(delivery, "state");
        const bool asking = state == "uncertain" && network_of(delivery).can_be_asked;
        if (asking) ask_now(delivery);
        moving = moving || asking || state == "waiting" || state == "in_flight";
      }
      if (moving)
        ++open;
      else
        settled_.emplace(post.id, true);
    }
    return open;
  }

  void ask_now(const json::value& delivery) {
    const std::string id = text_of(delivery, "id");
    const auto due = parse_instant(text_of(delivery, "due"));
    const bool soon = due && *due < options_.now() + 20s;
    if (soon || !asked_.emplace(id, true).second) return;
    insist("POST", fmt::format("/api/v1/deliveries/{}/verdict", id), json::object{{"there", "ask"}});
  }

  const Network& network_of(const json::value& delivery) const {
    return *std::ranges::find(networks_, text_of(delivery, "network"), &Network::name);
  }

  Expected expected(const Posted& post, const json::value& delivery) const {
    const Network& network = network_of(delivery);
    const auto speaker = std::ranges::find(network.speakers, text_of(delivery, "account"), &Speaker::id);
    const int64_t part = delivery.at("part").to_number<int64_t>();
    return {.network = network.name,
            .account = speaker->external_id,
            .mark = mark(post.number, part),
            .can_be_asked = network.can_be_asked,
            .state = text_of(delivery, "state"),
            .external_id = text_of(delivery, "external_id"),
            .where = fmt::format("{} of post {} on {}", mark(post.number, part), post.id, network.name)};
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
      const json::value seen = insist("GET", "/api/v1/posts/" + post.id);
      for (const json::value& delivery : seen.at("deliveries").as_array()) {
        if (!flag_of(delivery, "superseded")) all.push_back(expected(post, delivery));
      }
    }
    Count sum = count(all, ledger());
    if (house_.failing()) sum.findings.push_back("The server ended by itself: see server.log.");
    if (!sum.findings.empty()) house_.keep();
    return {.posts = static_cast<int64_t>(posted_.size()),
            .targets = static_cast<int64_t>(all.size()),
            .kills = house_.kills(),
            .delivered = sum.delivered,
            .uncertain = sum.uncertain,
            .doubles = sum.doubles,
            .losses = sum.losses,
            .findings = std::move(sum.findings),
            .folder = house_.folder()};
  }

  const DrillOptions& options_;
  DrillHouse house_;
  net::WaitingClient server_, sandbox_;
  SeededRandom dice_;
  std::vector<Network> networks_;
  std::string picture_;
  std::vector<Posted> posted_;
  std::map<std::string, bool> settled_, asked_;
  Instant last_due_;
};

}  // namespace

DrillReport drill(const DrillOptions& options) {
  return Drill(options).run();
}

}  // namespace carillon::proof
