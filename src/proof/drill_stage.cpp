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

// A picture of 64 x 64 pixels: JPEG, which every network takes.
constexpr std::string_view picture =
    "/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgoKC8oLzc3Nzc3N0E8QUNDQ0FBQUFDQ0NISEhVVVVI"
    "SEhDQ0hIUFBVVVxfXFdXVVdfX2RkZHh4c3OMjJGsrM//xABMAAEBAAAAAAAAAAAAAAAAAAAABQEBAQAAAAAAAAAAAAAAAAAAAAYQ"
    "AQAAAAAAAAAAAAAAAAAAAAARAQAAAAAAAAAAAAAAAAAAAAD/wAARCABAAEADASIAAhEAAxEA/9oADAMBAAIRAxEAPwCCAu06AAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAA//2Q==";

// Three seconds of blue, 64 x 64 pixels (H.264 in MP4).
constexpr std::string_view film =
    "AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAANEbW9vdgAAAGxtdmhkAAAAAAAAAAAAAAAAAAAD6AAAC7gAAQAAAQAA"
    "AAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAA"
    "Am50cmFrAAAAXHRraGQAAAADAAAAAAAAAAAAAAABAAAAAAAAC7gAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAA"
    "AAAAAAAAAAAAAABAAAAAAEAAAABAAAAAAAAkZWR0cwAAABxlbHN0AAAAAAAAAAEAAAu4AAAAAAABAAAAAAHmbWRpYQAAACBtZGhk"
    "AAAAAAAAAAAAAAAAAABAAAAAwABVxAAAAAAALWhkbHIAAAAAAAAAAHZpZGUAAAAAAAAAAAAAAABWaWRlb0hhbmRsZXIAAAABkW1p"
    "bmYAAAAUdm1oZAAAAAEAAAAAAAAAAAAAACRkaW5mAAAAHGRyZWYAAAAAAAAAAQAAAAx1cmwgAAAAAQAAAVFzdGJsAAAAwXN0c2QA"
    "AAAAAAAAAQAAALFhdmMxAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAEAAQABIAAAASAAAAAAAAAABFUxhdmM1OS4zNy4xMDAgbGli"
    "eDI2NAAAAAAAAAAAAAAAGP//AAAAN2F2Y0MBZAAK/+EAGWdkAAqsTCIhNgIgAAADACAAAAMAgeJEwjABAAdo6EMBlLIs/fj4AAAA"
    "ABBwYXNwAAAAAQAAAAEAAAAUYnRydAAAAAAAAAe1AAAHtQAAABhzdHRzAAAAAAAAAAEAAAAGAAAgAAAAABRzdHNzAAAAAAAAAAEA"
    "AAABAAAAHHN0c2MAAAAAAAAAAQAAAAEAAAAGAAAAAQAAACxzdHN6AAAAAAAAAAAAAAAGAAAClAAAAAwAAAAQAAAAEQAAABEAAAAS"
    "AAAAFHN0Y28AAAAAAAAAAQAAA3QAAABidWR0YQAAAFptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABtZGlyYXBwbAAAAAAAAAAAAAAA"
    "AC1pbHN0AAAAJal0b28AAAAdZGF0YQAAAAEAAAAATGF2ZjU5LjI3LjEwMAAAAAhmcmVlAAAC7G1kYXQAAAJyBgX//27cRem95tlI"
    "t5Ys2CDZI+7veDI2NCAtIGNvcmUgMTY0IHIzMDk1IGJhZWU0MDAgLSBILjI2NC9NUEVHLTQgQVZDIGNvZGVjIC0gQ29weWxlZnQg"
    "MjAwMy0yMDIyIC0gaHR0cDovL3d3dy52aWRlb2xhbi5vcmcveDI2NC5odG1sIC0gb3B0aW9uczogY2FiYWM9MSByZWY9MTYgZGVi"
    "bG9jaz0xOjA6MCBhbmFseXNlPTB4MzoweDEzMyBtZT11bWggc3VibWU9MTAgcHN5PTEgcHN5X3JkPTEuMDA6MC4wMCBtaXhlZF9y"
    "ZWY9MSBtZV9yYW5nZT0yNCBjaHJvbWFfbWU9MSB0cmVsbGlzPTIgOHg4ZGN0PTEgY3FtPTAgZGVhZHpvbmU9MjEsMTEgZmFzdF9w"
    "c2tpcD0xIGNocm9tYV9xcF9vZmZzZXQ9LTIgdGhyZWFkcz0yIGxvb2thaGVhZF90aHJlYWRzPTEgc2xpY2VkX3RocmVhZHM9MCBu"
    "cj0wIGRlY2ltYXRlPTEgaW50ZXJsYWNlZD0wIGJsdXJheV9jb21wYXQ9MCBjb25zdHJhaW5lZF9pbnRyYT0wIGJmcmFtZXM9MCB3"
    "ZWlnaHRwPTIga2V5aW50PTI1MCBrZXlpbnRfbWluPTIgc2NlbmVjdXQ9NDAgaW50cmFfcmVmcmVzaD0wIHJjX2xvb2thaGVhZD02"
    "MCByYz1jcmYgbWJ0cmVlPTEgY3JmPTUxLjAgcWNvbXA9MC42MCBxcG1pbj0wIHFwbWF4PTY5IHFwc3RlcD00IGlwX3JhdGlvPTEu"
    "NDAgYXE9MToxLjAwAIAAAAAaZYiCAr8SAg3/jvwA0sOYVUjFDCa257MEdSsAAAAIQZodiCv/CAgAAAAMQZor8EGTKYQU/wm5AAAA"
    "DUGaOTwQeTKYEFP/CbgAAAANQZpJfBB+TKYBBT8JuQAAAA5Bmlm8EH+TKYAQS/8PuQ==";

struct Misbehaviour {
  const char* kind;
  int percent, seconds;
};
constexpr Misbehaviour misbehaviours[] = {
    {"lose_answer", 6, 0},  {"lose_request", 6, 0}, {"error_after_accept", 5, 0},
    {"error_before", 5, 0}, {"rate_limit", 2, 2},   {"garbage", 2, 0},
    {"html", 2, 0},         {"empty", 2, 0},        {"slow", 3, 2},
    {"hang", 1, 0}};

// The sandbox knows what its people would type.
json::object connect_by_token(DrillTalk& talk, net::WaitingClient& sandbox, const json::value& network,
                              json::object wish, int number) {
  const json::object who{{"network", wish.at("network")}, {"person", number}};
  const json::value person = must(sandbox.json("POST", "/control/connect", who));
  const json::object& credential = person.at("credential").as_object();
  json::object fields;
  for (const json::value& field : network.at("connect").at("fields").as_array()) {
    const std::string name = text_of(field, "name");
    if (const json::value* value = credential.if_contains(name)) fields[name] = *value;
  }
  wish["fields"] = std::move(fields);
  return talk.insist("POST", "/api/v1/accounts/connect", wish).at("account").as_object();
}

json::object connect_by_consent(DrillTalk& talk, const json::object& wish, int number) {
  const json::value started = talk.insist("POST", "/api/v1/accounts/connect", wish);
  return must(agree(talk.client(), text_of(started, "url"), number));
}

DrillSpeaker connect(DrillTalk& talk, net::WaitingClient& sandbox, const json::value& network, int number) {
  const json::object wish{{"network", text_of(network, "network")}, {"sandbox", true}};
  const bool by_token = text_of(network.at("connect"), "by") == "token";
  const json::object account = by_token ? connect_by_token(talk, sandbox, network, wish, number)
                                        : connect_by_consent(talk, wish, number);
  return {text_of(account, "id"), text_of(account, "external_id")};
}

std::string upload(net::WaitingClient& client, const char* type, const char* name, std::string_view bytes) {
  wire::Request request{.method = "POST",
                        .url = "/api/v1/media",
                        .headers = {{"content-type", type}, {"x-file-name", name}},
                        .body = from_base64(bytes).value_or("")};
  return text_of(must(client.json(std::move(request))), "id");
}

bool takes(const json::value& network, std::string_view kind) {
  return std::ranges::any_of(network.at("kinds").as_array(),
                             [&](const json::value& rule) { return text_of(rule, "kind") == kind; });
}

// How many posts it may have in a drill: half of what its long limits allow, for what goes out twice.
int64_t room_on(const json::value& network, int64_t speakers) {
  int64_t room = INT64_MAX;
  for (const json::value& lane : network.at("lanes").as_array()) {
    const int64_t limit = lane.at("limit").as_int64(), window = lane.at("window_s").as_int64();
    if (limit == 0 || window < 1800) continue;
    room = std::min(room, limit * (text_of(lane, "scope") == "app" ? 1 : speakers) / 2);
  }
  return room;
}

}  // namespace

DrillStage set_the_stage(DrillTalk& talk, net::WaitingClient& sandbox, int64_t posts,
                         const std::function<void(std::string_view)>& say) {
  const int64_t speakers = std::clamp(posts / posts_per_speaker, fewest_speakers, most_speakers);
  DrillStage stage;
  const json::value known = talk.insist("GET", "/api/v1/networks");
  for (const json::value& one : known.at("items").as_array()) {
    if (one.at("kinds").as_array().empty()) continue;  // for messages only
    if (one.at("kinds").as_array().empty()) continue;  // it takes no posts
    DrillNetwork network{.name = text_of(one, "network"),
                         .threads = flag_of(one, "thread"),
                         .can_be_asked = flag_of(one, "can_look_up"),
                         .wants = takes(one, "text")    ? DrillNetwork::Wants::words
                                  : takes(one, "image") ? DrillNetwork::Wants::picture
                                                        : DrillNetwork::Wants::film,
                         .room = room_on(one, speakers)};
    say("connecting " + network.name);
    for (int i = 0; i < static_cast<int>(speakers); ++i)
      network.speakers.push_back(connect(talk, sandbox, one, i));
    stage.networks.push_back(std::move(network));
  }
  stage.picture = upload(talk.client(), "image/jpeg", "bell.jpg", picture);
  stage.film = upload(talk.client(), "video/mp4", "bell.mp4", film);
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
