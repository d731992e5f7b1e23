#include "proof/wires.h"

#include "net/dressing.h"

namespace carillon::proof {
namespace {

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

void arrive(Scene& scene, const wire::Request& request, Way way, std::function<void(net::Outcome)> done) {
  const sandbox::Answer answer = scene.platform.handle(request, scene.time.now());
  using Fate = sandbox::Answer::Fate;
  const Duration patience = request.timeout - way.there;
  const Duration back = way.back + answer.delay;
  if (answer.fate == Fate::hung || back > patience || (answer.fate == Fate::given && !way.answered)) {
    ++scene.report.lost_answers;
    return scene.time.in(std::max(patience, Duration(0)), [done] { done(net::Lost{"no answer in time"}); });
  }
  if (answer.fate != Fate::given) {
    ++scene.report.lost_answers;
    return scene.time.in(back, [done] { done(net::Lost{"the connection was closed"}); });
  }
  scene.time.in(back, [done, response = answer.response] { done(response); });
}

}  // namespace

void send(Scene& scene, wire::Request request, net::Credential credential,
          std::function<void(net::Outcome)> done) {
  ++scene.report.requests;
  for (const MediaId media : wire::media_in(request))  // the server's own addresses (run/media_address.h)
    credential[wire::media_secret(media)] = Secret("https://server.test/m/" + media.text());
  auto dressed = net::dress(std::move(request), credential);
  if (!dressed)
    return scene.time.in(Duration(0), [done, why = dressed.error().text] { done(net::NotSent{why}); });
  const Way way = draw_way(scene);
  if (way.refused) return scene.time.in(way.there, [done] { done(net::NotSent{"connection refused"}); });
  if (!way.arrives) {
    ++scene.report.lost_answers;
    return scene.time.in(dressed->timeout, [done] { done(net::Lost{"no answer in time"}); });
  }
  scene.time.in(way.there,
                [&scene, request = std::move(*dressed), way, done] { arrive(scene, request, way, done); });
}

}  // namespace carillon::proof
