#include "proof/scene.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace carillon::proof {
namespace {

const Instant first_day = Instant::from_seconds(1'800'000'000);  // 2027-01-15

}  // namespace

Scene::Scene(uint64_t seed_, store::Connection& database_, std::function<void(const std::string&)> line)
    : seed(seed_),
      dice(seed_),
      platform_dice(seed_ ^ 0x9e3779b97f4a7c15ULL),
      time(first_day),
      platform(platform_dice, "http://sandbox.test"),
      database(database_),
      channels(channels::shipped()),
      troubles(Troubles::draw(dice)),
      line_(std::move(line)) {
  report.trace = 1469598103934665603ULL;
}

void Scene::tell(const std::string& what) {
  for (const char c : what) report.trace = (report.trace ^ static_cast<uint8_t>(c)) * 1099511628211ULL;
  if (line_)
    line_(fmt::format("{:>10.3f}s  {}", static_cast<double>((time.now() - first_day).count()) / 1e6, what));
}

void Scene::violate(const std::string& invariant, const std::string& text) {
  tell(fmt::format("VIOLATION {}: {}", invariant, text));
  report.violations.push_back({seed, invariant, text});
}

std::string credential_text(const net::Credential& credential) {
  boost::json::object object;
  for (const auto& [name, secret] : credential) object[name] = std::string(secret.reveal());
  return boost::json::serialize(object);
}

net::Credential credential_from(const std::string& text) {
  net::Credential credential;
  for (const auto& [name, value] : boost::json::parse(text).as_object()) {
    credential.emplace(std::string(name), Secret(std::string(value.as_string())));
  }
  return credential;
}

}  // namespace carillon::proof
