#include "proof/drill_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/digest.h"
#include "proof/visit.h"

namespace carillon::proof {
namespace {

namespace json = boost::json;

// The strictest is X: 100 posts in a quarter of an hour, repetitions counted. More than eight accounts of
// each would be more requests than the server answers in a minute.
constexpr int64_t posts_per_speaker = 40, fewest_speakers = 2, most_speakers = 8;

// The sandbox's bot, for networks that connect by token.
constexpr std::string_view bot_token = "100200300:sandbox-bot-token", bot_chat = "@carillon_sandbox";

// A picture of 64 x 64 pixels.
constexpr std::string_view picture =
    "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsItjRCMaywi+"
    "hcEKLNP1WgQEBAQEBAQEBAQEBAQE"
    "BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQELgsA5oFL7wUmagAAAABJRU5ErkJggg==";

struct Misbehaviour {
  const char* kind;
  int percent, seconds;
};
constexpr Misbehaviour misbehaviours[] = {
    {"lose_answer", 6, 0},  {"lose_request", 6, 0}, {"error_after_accept", 5, 0},
    {"error_before", 5, 0}, {"rate_limit", 2, 2},   {"garbage", 2, 0},
    {"html", 2, 0},         {"empty", 2, 0},        {"slow", 3, 2},
    {"hang", 1, 0}};

json::object connect_by_token(DrillTalk& talk, json::object wish, int number) {
  wish["token"] = bot_token;
  wish["chat"] = number == 0 ? std::string(bot_chat) : fmt::format("{}_{}", bot_chat, number + 1);
  return talk.insist("POST", "/api/v1/accounts/connect", wish).at("account").as_object();
}

json::object connect_by_consent(DrillTalk& talk, const json::object& wish, int number) {
  const json::value started = talk.insist("POST", "/api/v1/accounts/connect", wish);
  return must(agree(talk.client(), text_of(started, "url"), number));
}

DrillSpeaker connect(DrillTalk& talk, const std::string& network, bool by_token, int number) {
  const json::object wish{{"network", network}, {"sandbox", true}};
  const json::object account =
      by_token ? connect_by_token(talk, wish, number) : connect_by_consent(talk, wish, number);
  return {text_of(account, "id"), text_of(account, "external_id")};
}

std::string upload(net::WaitingClient& client) {
  wire::Request request{.method = "POST",
                        .url = "/api/v1/media",
                        .headers = {{"content-type", "image/png"}, {"x-file-name", "bell.png"}},
                        .body = from_base64(picture).value_or("")};
  return text_of(must(client.json(std::move(request))), "id");
}

}  // namespace

DrillStage set_the_stage(DrillTalk& talk, int64_t posts, const std::function<void(std::string_view)>& say) {
  const int64_t speakers = std::clamp(posts / posts_per_speaker, fewest_speakers, most_speakers);
  DrillStage stage;
  const json::value known = talk.insist("GET", "/api/v1/networks");
  for (const json::value& one : known.at("items").as_array()) {
    DrillNetwork network{.name = text_of(one, "network"),
                         .threads = flag_of(one, "thread"),
                         .can_be_asked = flag_of(one, "can_look_up")};
    say("connecting " + network.name);
    const bool by_token = text_of(one.at("connect"), "by") == "token";
    for (int i = 0; i < static_cast<int>(speakers); ++i)
      network.speakers.push_back(connect(talk, network.name, by_token, i));
    stage.networks.push_back(std::move(network));
  }
  stage.picture = upload(talk.client());
  return stage;
}

void misbehave(net::WaitingClient& sandbox) {
  for (const Misbehaviour& one : misbehaviours) {
    const json::object order{
        {"kind", one.kind}, {"percent", one.percent}, {"times", -1}, {"seconds", one.seconds}};
    must(sandbox.json("POST", "/control/faults", order));
  }
}

}  // namespace carillon::proof
