#include "channels/container.h"

#include <boost/json/array.hpp>

#include "channels/graph_answer.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/refusal.h"

namespace carillon::channels {

namespace json = boost::json;

namespace {

constexpr Duration containers_live = std::chrono::hours(23);  // they expire after a day
constexpr int64_t most_looks = 90;                            // about half an hour

std::vector<std::string> texts(const json::object& facts, std::string_view name) {
  std::vector<std::string> all;
  const json::value* list = facts.if_contains(name);
  if (list == nullptr || !list->is_array()) return all;
  for (const json::value& one : list->get_array()) all.push_back(as_text(one));
  return all;
}

void forget_containers(json::object& facts) {
  for (const char* name : {"children", "container", "waiting", "made_at", "looks", "lost"}) facts.erase(name);
}

bool stale(const json::object& facts, Instant now) {
  const auto at = noted(facts, "made_at");
  return at && now - *at > containers_live;
}

// Once more from the beginning; true when it was not tried yet.
bool begin_again(json::object& facts) {
  if (facts.contains("begun_again")) return false;
  forget_containers(facts);
  facts["begun_again"] = true;
  return true;
}

bool is_final(const Fault& fault) {
  return fault.kind != FaultKind::unavailable && fault.kind != FaultKind::throttled &&
         fault.kind != FaultKind::unauthorized;
}

Duration pause_after(int64_t looks) {
  return looks <= 5    ? std::chrono::seconds(3)
         : looks <= 20 ? std::chrono::seconds(10)
                       : std::chrono::seconds(30);
}

}  // namespace

Send ContainerTalk::made(const Job& job, json::object facts) const {
  const auto ready = texts(facts, "children");
  const bool child = ready.size() < children(job);
  wire::Request request = child ? make_child(job, ready.size()) : make(job, ready);
  return {std::move(request), Repeat::safe, false, lanes(job, Errand::make), {"make", std::move(facts)}};
}

Send ContainerTalk::inspect(const Job& job, json::object facts, const char* step) const {
  const bool filling = std::string_view(step) == "filling";
  wire::Request request = ask(job, kept_text(facts, filling ? "waiting" : "container"));
  return {std::move(request), Repeat::safe, false, lanes(job, Errand::read), {step, std::move(facts)}};
}

Send ContainerTalk::send_out(const Job& job, json::object facts) const {
  note_sending(facts, job.now);
  wire::Request request = publish(job, kept_text(facts, "container"));
  return {
      std::move(request), Repeat::probe, true, lanes(job, Errand::publish), {"publish", std::move(facts)}};
}

// The next thing to do with what is there already.
Move ContainerTalk::go_on(const Job& job, json::object facts) const {
  if (auto cannot = impossible(job)) return std::move(*cannot);
  if (facts.contains("container")) return send_out(job, std::move(facts));
  return made(job, std::move(facts));
}

Move ContainerTalk::again(const Job& job, json::object facts) const {
  if (stale(facts, job.now)) forget_containers(facts);
  return go_on(job, std::move(facts));
}

Move ContainerTalk::on_made(const Job& job, const Progress& progress, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string id = answer ? text_at(*answer, {"id"}) : "";
  if (!accepted(response) || id.empty()) return fault(response, job.now);
  json::object facts = progress.facts;
  if (!noted(facts, "made_at")) note(facts, "made_at", job.now);
  facts["waiting"] = id;
  return inspect(job, std::move(facts), "filling");
}

Move ContainerTalk::on_standing(const Job& job, const Progress& progress,
                                const wire::Response& response) const {
  const auto read = read_standing(job, response);
  json::object facts = progress.facts;
  if (const auto* refusal = std::get_if<Fault>(&read)) {
    // A file that could not be fetched or processed is tried once more from the beginning.
    const bool unlucky = accepted(response) && refusal->kind == FaultKind::unavailable;
    if (unlucky && begin_again(facts)) return Wait{std::chrono::seconds(30), {"start", std::move(facts)}};
    return *refusal;
  }
  const Standing standing = std::get<Standing>(read);
  if (standing == Standing::expired) {
    forget_containers(facts);
    return go_on(job, std::move(facts));
  }
  if (standing == Standing::working) {
    const int64_t looks = kept_number(facts, "looks") + 1;
    if (looks > most_looks)
      return refused(Refusal::media_invalid,
                     {traits().label, response.status, "processing does not end", ""});
    facts["looks"] = looks;
    return Wait{pause_after(looks), {"filling", std::move(facts)}};
  }
  const std::string id = kept_text(facts, "waiting");
  facts.erase("waiting");
  facts.erase("looks");
  if (texts(facts, "children").size() < children(job)) {
    if (!facts.contains("children")) facts["children"] = json::array();
    facts["children"].get_array().push_back(json::value(id));
  } else {
    facts["container"] = id;
  }
  return go_on(job, std::move(facts));
}

Move ContainerTalk::on_published(const Job& job, const Progress& progress,
                                 const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string id = answer ? text_at(*answer, {"id"}) : "";
  if (accepted(response) && !id.empty()) return published(job, id, "");
  json::object facts = progress.facts;
  const Setback back = accepted(response) ? Setback::none : setback(response);
  if (back == Setback::not_ready && kept_number(facts, "early") < 20) {
    facts["early"] = kept_number(facts, "early") + 1;
    return Wait{std::chrono::seconds(10), {"publish", std::move(facts)}};
  }
  // When the answer before was lost, a refusal may only mean that it is out already: nobody says which one.
  const bool lost = facts.contains("lost");
  Fault refusal = fault(response, job.now);
  if (lost && is_final(refusal)) return Unclear{refusal.text, Progress{"look_up", std::move(facts)}};
  if (!lost && back == Setback::gone && begin_again(facts)) return go_on(job, std::move(facts));
  return refusal;
}

// Its status is the proof; its id stands in the list of what was published.
bool ContainerTalk::is_ours(const json::value& one, const Job& job, const json::object& facts) const {
  if (job.is_known(text_at(one, {"id"}))) return false;
  const auto made = graph_time(text_at(one, {"timestamp"}));
  if (made && *made < window_start(facts)) return false;
  return says_the_same(one, job);
}

Move ContainerTalk::read_list(const Job& job, const Progress& progress,
                              const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const json::value* all = answer ? look(*answer, {"data"}) : nullptr;
  if (!accepted(response) || all == nullptr || !all->is_array())
    return not_answered(fault(response, job.now));
  for (const json::value& one : all->get_array()) {
    const std::string id = text_at(one, {"id"});
    if (!id.empty() && is_ours(one, job, progress.facts))
      return published(job, id, text_at(one, {"permalink"}));
  }
  if (look(*answer, {"paging", "next"}) != nullptr) {
    if (auto facts = next_page(progress.facts, text_at(*answer, {"paging", "cursors", "after"})))
      return list(job, std::move(*facts));
  }
  return Unclear{traits().label + " says that this post was published, but does not list it yet."};
}

Move ContainerTalk::on_looked_up(const Job& job, const Progress& progress,
                                 const wire::Response& response) const {
  const auto read = read_standing(job, response);
  if (const auto* refusal = std::get_if<Fault>(&read)) {
    const bool failed =
        accepted(response) && refusal->code == "media_invalid";  // it says: nothing came of it
    return failed ? not_listed(traits(), progress.facts) : not_answered(*refusal);
  }
  if (std::get<Standing>(read) == Standing::published) return list(job, progress.facts);
  return not_listed(traits(), progress.facts);
}

Move ContainerTalk::due(const Job& job, const Progress& progress) const {
  const bool waiting = progress.facts.contains("waiting");
  if (progress.step == "filling" && waiting && !stale(progress.facts, job.now))
    return inspect(job, progress.facts, "filling");
  if (progress.step == "look_up" && progress.facts.contains("container")) return vanished(job, progress);
  if (progress.step == "list") return list(job, progress.facts);
  return again(job, progress.facts);
}

Move ContainerTalk::replied(const Job& job, const Progress& progress, const wire::Response& response) const {
  if (progress.step == "filling") return on_standing(job, progress, response);
  if (progress.step == "publish") return on_published(job, progress, response);
  if (progress.step == "look_up") return on_looked_up(job, progress, response);
  return progress.step == "list" ? read_list(job, progress, response) : on_made(job, progress, response);
}

Move ContainerTalk::vanished(const Job& job, const Progress& progress) const {
  if (progress.step == "make") return made(job, progress.facts);  // nobody sees a container
  if (progress.step == "filling") return inspect(job, progress.facts, "filling");
  if (!noted(progress.facts, "sent_at") || !progress.facts.contains("container")) return cannot_be_told();
  json::object facts = progress.facts;
  if (progress.step == "publish") facts["lost"] = true;
  note_asking(facts, job.now);
  return inspect(job, std::move(facts), "look_up");
}

Move ContainerTalk::disproved(const Job& job, const Progress& progress) const {
  return again(job, progress.facts);
}

}  // namespace carillon::channels
