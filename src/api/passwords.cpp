#include "api/passwords.h"

#include <sodium.h>

#include <atomic>

#include "api/desk.h"
#include "api/problem.h"
#include "base/text.h"

namespace carillon::api {

namespace {
constexpr int most_waiting = 64;

std::atomic<int> waiting{0};

std::string hashed(const std::string& password, const Settings& cost) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), cost.password_passes,
                        cost.password_memory) != 0)
    throw std::bad_alloc();
  return out.data();
}

const std::string& nobody(const Settings& cost) {
  static const std::string hash = hashed("the password of nobody", cost);
  return hash;
}

// Each hash takes 64 MiB: how many wait is bounded, how many run is the number of threads.
struct Place {
  Place() { ++waiting; }
  ~Place() { --waiting; }
  Place(const Place&) = delete;
};

Result<void> room_for_one_more() {
  if (waiting.load() < most_waiting) return {};
  return refuse({.kind = FaultKind::unavailable,
                 .code = "busy",
                 .text = "Too many people sign in at this moment.",
                 .remedy = "Try again in a few seconds.",
                 .retry_after = std::chrono::seconds(5)});
}
}  // namespace

Awaitable<Result<std::string>> hash_password(Desk& desk, std::string password) {
  if (auto room = room_for_one_more(); !room) co_return refuse(std::move(room.error()));
  const Place place;
  auto work = [&] { return hashed(password, desk.settings); };
  auto hash = co_await on_threads(desk.threads, std::move(work));
  sodium_memzero(password.data(), password.size());
  co_return std::move(hash);
}

Awaitable<Result<Verdict>> verify_password(Desk& desk, std::string hash, std::string password) {
  if (auto room = room_for_one_more(); !room) co_return refuse(std::move(room.error()));
  const Place place;
  const bool somebody = !hash.empty();
  auto work = [&] {
    const std::string& against = somebody ? hash : nobody(desk.settings);
    const bool right = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
    const bool outdated = crypto_pwhash_str_needs_rehash(against.c_str(), desk.settings.password_passes,
                                                         desk.settings.password_memory) != 0;
    return Verdict{right && somebody, outdated};
  };
  auto verdict = co_await on_threads(desk.threads, std::move(work));
  sodium_memzero(password.data(), password.size());
  co_return std::move(verdict);
}

Result<void> good_password(std::string_view password, std::initializer_list<std::string_view> own) {
  const auto bad = [](std::string code, std::string text) {
    return refuse(invalid(std::move(code), std::move(text), "password", "Take a phrase of a few words."));
  };
  if (password.size() < 8) return bad("too_short", "The password has fewer than 8 characters.");
  if (password.size() > 256) return bad("too_long", "The password has more than 256 bytes.");
  if (is_common_password(password))
    return bad("common_password", "This is one of the passwords that are tried first.");
  for (const std::string_view word : own) {
    if (!word.empty() && equals_ignoring_case(password, word)) {
      return bad("common_password", "The password is your e-mail address or a name of yours.");
    }
  }
  return {};
}

}  // namespace carillon::api
