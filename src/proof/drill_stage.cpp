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

// Five seconds of blue, 360 x 360 pixels (H.264 in MP4): the smallest that every network takes.
constexpr std::string_view film =
    "AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAAAIZnJlZQAAA1JtZGF0AAACrAYF//+o3EXpvebZSLeWLNgg2SPu73gyNjQg"
    "LSBjb3JlIDE2NCByMzA5NSBiYWVlNDAwIC0gSC4yNjQvTVBFRy00IEFWQyBjb2RlYyAtIENvcHlsZWZ0IDIwMDMtMjAyMiAtIGh0dHA6"
    "Ly93d3cudmlkZW9sYW4ub3JnL3gyNjQuaHRtbCAtIG9wdGlvbnM6IGNhYmFjPTEgcmVmPTMgZGVibG9jaz0xOjA6MCBhbmFseXNlPTB4"
    "MzoweDExMyBtZT1oZXggc3VibWU9NyBwc3k9MSBwc3lfcmQ9MS4wMDowLjAwIG1peGVkX3JlZj0xIG1lX3JhbmdlPTE2IGNocm9tYV9t"
    "ZT0xIHRyZWxsaXM9MSA4eDhkY3Q9MSBjcW09MCBkZWFkem9uZT0yMSwxMSBmYXN0X3Bza2lwPTEgY2hyb21hX3FwX29mZnNldD0tMiB0"
    "aHJlYWRzPTMgbG9va2FoZWFkX3RocmVhZHM9MSBzbGljZWRfdGhyZWFkcz0wIG5yPTAgZGVjaW1hdGU9MSBpbnRlcmxhY2VkPTAgYmx1"
    "cmF5X2NvbXBhdD0wIGNvbnN0cmFpbmVkX2ludHJhPTAgYmZyYW1lcz0zIGJfcHlyYW1pZD0yIGJfYWRhcHQ9MSBiX2JpYXM9MCBkaXJl"
    "Y3Q9MSB3ZWlnaHRiPTEgb3Blbl9nb3A9MCB3ZWlnaHRwPTIga2V5aW50PTYwIGtleWludF9taW49MSBzY2VuZWN1dD00MCBpbnRyYV9y"
    "ZWZyZXNoPTAgcmNfbG9va2FoZWFkPTQwIHJjPWNyZiBtYnRyZWU9MSBjcmY9MjMuMCBxY29tcD0wLjYwIHFwbWluPTAgcXBtYXg9Njkg"
    "cXBzdGVwPTQgaXBfcmF0aW89MS40MCBhcT0xOjEuMDAAgAAAAFBliIQAF//+7oK+BTdfxA/DPPH60CFc+OqC9NDfFdX+m9QuIxhx5LcA"
    "AAMBmgCPfyUHAVdJrAAP4AADOC92fixejuP8a8GgQgAAAwAAAwAW8QAAAA9BmiRsQV/+1qVQAAADAVUAAAANQZ5CeILfAAADAACTgQAA"
    "AA0BnmF0QV8AAAMAAOOAAAAADQGeY2pBXwAAAwAA44EAAANUbW9vdgAAAGxtdmhkAAAAAAAAAAAAAAAAAAAD6AAAE4gAAQAAAQAAAAAA"
    "AAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAqN0cmFr"
    "AAAAXHRraGQAAAADAAAAAAAAAAAAAAABAAAAAAAAE4gAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAA"
    "AABAAAAAAWgAAAFoAAAAAAAkZWR0cwAAABxlbHN0AAAAAAAAAAEAABOIAACAAAABAAAAAAIbbWRpYQAAACBtZGhkAAAAAAAAAAAAAAAA"
    "AABAAAABQABVxAAAAAAALWhkbHIAAAAAAAAAAHZpZGUAAAAAAAAAAAAAAABWaWRlb0hhbmRsZXIAAAABxm1pbmYAAAAUdm1oZAAAAAEA"
    "AAAAAAAAAAAAACRkaW5mAAAAHGRyZWYAAAAAAAAAAQAAAAx1cmwgAAAAAQAAAYZzdGJsAAAAwnN0c2QAAAAAAAAAAQAAALJhdmMxAAAA"
    "AAAAAAEAAAAAAAAAAAAAAAAAAAAAAWgBaABIAAAASAAAAAAAAAABDExhdmMgbGlieDI2NAAAAAAAAAAAAAAAAAAAAAAAAAAAGP//AAAA"
    "OGF2Y0MBZAAV/+EAG2dkABWs2UFwv5ZcBEAAAAMAQAAAAwCDxYtlgAEABmjr48siwP34+AAAAAAQcGFzcAAAAAEAAAABAAAAFGJ0cnQA"
    "AAAAAAAFQwAABUMAAAAYc3R0cwAAAAAAAAABAAAABQAAQAAAAAAUc3RzcwAAAAAAAAABAAAAAQAAADhjdHRzAAAAAAAAAAUAAAABAACA"
    "AAAAAAEAAUAAAAAAAQAAgAAAAAABAAAAAAAAAAEAAEAAAAAAHHN0c2MAAAAAAAAAAQAAAAEAAAAFAAAAAQAAAChzdHN6AAAAAAAAAAAA"
    "AAAFAAADBAAAABMAAAARAAAAEQAAABEAAAAUc3RjbwAAAAAAAAABAAAAMAAAAD11ZHRhAAAANW1ldGEAAAAAAAAAIWhkbHIAAAAAAAAA"
    "AG1kaXJhcHBsAAAAAAAAAAAAAAAACGlsc3Q=";

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
    if (one.at("kinds").as_array().empty()) continue;  // it takes no posts
    DrillNetwork network{.name = text_of(one, "network"),
                         .threads = flag_of(one, "thread"),
                         .can_be_asked = flag_of(one, "can_look_up"),
                         .wants = takes(one, "text")    ? DrillNetwork::Wants::words
                                  : takes(one, "image") ? DrillNetwork::Wants::picture
                                                        : DrillNetwork::Wants::film,
                         .films = takes(one, "video") || takes(one, "reel"),
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
