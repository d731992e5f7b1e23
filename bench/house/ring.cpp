#include "bench/house/ring.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace carillon::bench {
namespace {

int64_t millis_of(const DeliveryId& id) {
  int64_t millis = 0;
  for (size_t i = 0; i < 6; ++i) millis = millis << 8 | id.bytes[i];
  return millis;
}

channels::Send publish(const channels::Job& job) {
  channels::Send send{
      .repeat = channels::Repeat::probe, .publishes = true, .lanes = {"post"}, .then = {.step = "publish"}};
  send.request.method = "POST";
  send.request.url = job.from.api_base + "/publish";
  send.request.headers = {{"Content-Type", "application/json"}, {"X-Due", std::to_string(millis_of(job.id))}};
  send.request.body = boost::json::serialize(boost::json::object{{"text", job.body().text}});
  send.request.secrets = {{.secret = "access"}};
  return send;
}

channels::Send look_up(const channels::Job& job) {
  channels::Send send{.lanes = {"post"}, .then = {.step = "look_up"}};
  send.request.url = job.from.api_base + "/lateness";
  return send;
}

}  // namespace

RingChannel::RingChannel() {
  traits_.network = traits_.label = "ring";
  traits_.lanes = {{.name = "post"}};
  traits_.post_lanes = {"post"};
  traits_.can_look_up = true;
}

channels::Move RingChannel::step(const channels::Job& job, const Progress& progress,
                                 const channels::Event& event) const {
  if (std::holds_alternative<channels::Vanished>(event)) return look_up(job);
  const auto* replied = std::get_if<channels::Replied>(&event);
  if (!replied) return progress.step == "look_up" ? look_up(job) : publish(job);
  if (progress.step == "look_up") return channels::Unclear{"rings cannot be counted"};
  boost::system::error_code broken;
  const auto answer = boost::json::parse(replied->response.body, broken);
  if (broken || replied->response.status != 200) {
    return Fault{.kind = FaultKind::unavailable, .code = "transient", .text = replied->response.body};
  }
  const std::string id(answer.at("id").as_string());
  return channels::Done{id, job.from.api_base + "/" + id};
}

}  // namespace carillon::bench
