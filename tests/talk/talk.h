// Talk files: a conversation with a network in plain text, and the players that hold a channel to it. A file
// is a head (who speaks, what is said), then the talk itself:
//
//   channel x                               > POST https://api.x.com/2/tweets
//   account id=42 handle=@shop base=…         repeat probe
//   text Hello\nworld                         publishes
//   link https://…                            header Content-Type: application/json
//   media image/png 1000 80x60 alt=A bell     json {"text":"Hello"}
//   poll 24h Red | Green
//   option visibility unlisted              < 201
//   part                                      header x-rate-limit-remaining: 4
//   at 1                                      json {"data":{"id":"7"}}
//   reply_to 6                              done 7 https://x.com/shop/status/7
//   known 5
//   only_ask
//   comment
//
// What a request must be: repeat, publishes, header, secret, lanes, json (compared as JSON), form and part
// (compared as fields; part name=@0 is the first medium, @0+offset+length a slice of it), body (as it is).
// What happens: "<", vanished, disproved, due, later SPAN. What must follow: ">", wait SPAN, done ID URL,
// fault KIND CODE [SPAN], absent, unclear, closes LANE SPAN (from the last answer). Tests only.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <utility>
#include <vector>

#include "channels/channel.h"

namespace carillon::talk {

struct Line {
  int number = 0;
  std::string word, rest;
};

struct Step {  // one line of the talk with the indented lines below it
  Line head;
  std::vector<Line> below;
};

struct Talk {
  std::string file;
  std::string network;
  Account account;
  Content content;
  std::vector<std::vector<MediaFacts>> media;  // per part
  uint32_t part = 0;
  std::string reply_to;
  std::vector<std::string> known;  // posts of the account that belong to other deliveries
  bool only_ask = false;           // a person wants it stopped: nothing may be published after silence
  Instant now;
  DeliveryId delivery;
  std::vector<Step> steps;

  channels::Job job(Instant at) const;
};

// Fails the running test when the file cannot be read.
Talk read_talk(const std::string& path);
Duration read_span(const std::string& text);  // "5s", "10m", "2h", "500ms"
wire::Response read_response(const Step& step);

// "" when the move is what the step asks for, else what is different.
std::string compare(const Step& expected, const channels::Move& move, const Talk& talk);
std::string describe(const channels::Move& move);

// A reply of a talk, with everything that was known when it came.
struct Moment {
  channels::Send send;  // the request that it answers
  wire::Response reply;
  Instant now;
};

// Plays the talk as it is written; gives its moments for the players below.
std::vector<Moment> play(const Talk& talk, const channels::Channel& channel);
// Every request can be made again from its progress alone, also later.
void play_restarts(const Talk& talk, const channels::Channel& channel, const std::vector<Moment>& moments);
// Every reply replaced by silence, limits, breakdowns, refusals, pages and half answers.
void play_disturbed(const Talk& talk, const channels::Channel& channel, const std::vector<Moment>& moments);
// Every value in every reply replaced by values of other kinds: some move comes back, and nothing goes out
// twice.
void play_damaged(const Talk& talk, const channels::Channel& channel, const std::vector<Moment>& moments);
// Long walks by dice through replies, silence, restarts and waiting, driven as the engine drives: while
// nobody knows whether it is out there, nothing is published, and a key is used no longer than it lives.
void play_walks(const Talk& talk, const channels::Channel& channel, const std::vector<Moment>& moments);

}  // namespace carillon::talk
