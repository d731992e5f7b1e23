#include "proof/wires.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/digest.h"
#include "wire/url.h"

namespace carillon::proof {
namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  if (const size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
  return text;
}

void put(wire::Request& request, const wire::Insert& insert, std::string_view secret) {
  switch (insert.place) {
    case wire::Insert::Place::bearer:
      request.headers.push_back(
          {"Authorization", (insert.field.empty() ? "Bearer" : insert.field) + " " + std::string(secret)});
      break;
    case wire::Insert::Place::query:
      request.url = wire::with_query(request.url, {{insert.field, std::string(secret)}});
      break;
    case wire::Insert::Place::form: {
      std::string form = std::get<std::string>(request.body);
      if (!form.empty()) form += '&';
      request.body = form + wire::encode_form({{insert.field, std::string(secret)}});
      break;
    }
    case wire::Insert::Place::json: {
      boost::json::value body = boost::json::parse(std::get<std::string>(request.body));
      boost::system::error_code none;
      if (boost::json::value* there =
              insert.field.starts_with('/') ? body.find_pointer(insert.field, none) : nullptr) {
        *there = secret;
        request.body = boost::json::serialize(body);
        break;
      }
      const size_t slash = insert.field.rfind('/');
      const std::string where = slash == std::string::npos ? "" : insert.field.substr(0, slash);
      body.at_pointer(where).as_object()[insert.field.substr(slash + 1)] = secret;
      request.body = boost::json::serialize(body);
      break;
    }
    case wire::Insert::Place::path: request.url = replaced(request.url, insert.field, secret); break;
    case wire::Insert::Place::basic_password:
      request.headers.push_back(
          {"Authorization", "Basic " + to_base64(insert.field + ":" + std::string(secret))});
      break;
  }
}

// What becomes of a request on its way; `arrives` false: it never does.
struct Way {
  Duration there, back;
  bool refused = false, arrives = true, answered = true;
};

Way draw_way(Scene& scene) {
  Way way{scene.soon(60'000), scene.soon(60'000)};
  if (scene.healed) return way;
  const Troubles& t = scene.troubles;
  way.refused = t.refusals && scene.dice.chance(12);
  way.arrives = !(t.lost_requests && scene.dice.chance(8));
  way.answered = !(t.lost_answers && scene.dice.chance(12));
  if (t.slow && scene.dice.chance(8)) way.back = Duration(40s) + scene.soon(600'000'000);
  return way;
}

void arrive(Scene& scene, const wire::Request& request, Way way, std::function<void(Outcome)> done) {
  const sandbox::Answer answer = scene.platform.handle(request, scene.time.now());
  using Fate = sandbox::Answer::Fate;
  const Duration patience = request.timeout - way.there;
  const Duration back = way.back + answer.delay;
  if (answer.fate == Fate::hung || back > patience || (answer.fate == Fate::given && !way.answered)) {
    ++scene.report.lost_answers;
    return scene.time.in(std::max(patience, Duration(0)), [done] { done(Lost{"no answer in time"}); });
  }
  if (answer.fate != Fate::given) {
    ++scene.report.lost_answers;
    return scene.time.in(back, [done] { done(Lost{"the connection was closed"}); });
  }
  scene.time.in(back, [done, response = answer.response] { done(response); });
}

}  // namespace

wire::Request with_secrets(wire::Request request, const Credential& credential) {
  for (const wire::Insert& insert : request.secrets) {
    if (insert.secret.starts_with("media:")) {  // the server puts the address of the file there
      put(request, insert, "https://server.test/m/" + insert.secret.substr(6));
      continue;
    }
    const auto secret = credential.find(insert.secret);
    if (secret != credential.end()) put(request, insert, secret->second.reveal());
  }
  request.secrets.clear();
  return request;
}

void send(Scene& scene, wire::Request request, std::function<void(Outcome)> done) {
  ++scene.report.requests;
  const Way way = draw_way(scene);
  if (way.refused) return scene.time.in(way.there, [done] { done(NotSent{"connection refused"}); });
  if (!way.arrives) {
    ++scene.report.lost_answers;
    return scene.time.in(request.timeout, [done] { done(Lost{"no answer in time"}); });
  }
  scene.time.in(way.there,
                [&scene, request = std::move(request), way, done] { arrive(scene, request, way, done); });
}

}  // namespace carillon::proof
