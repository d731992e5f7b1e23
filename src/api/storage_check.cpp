// Is what keeps everything there and quick? A durable write to the database that leaves nothing behind, a
// file in the media folder: written, forced to the disk, read back, removed; and an object in the bucket, if
// there is one.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <system_error>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "run/depot.h"
#include "store/records.h"

namespace carillon::api {

namespace {
constexpr const char* probe_name = "storage_check";

struct Checked {
  std::string name, text;
  bool ok = false;
  int64_t micros = 0;
};

int64_t since(const Desk& desk, Instant begun) {
  return std::max<int64_t>(0, (desk.now() - begun).count());
}

std::string spoken(int64_t micros) {
  return micros < 10'000 ? fmt::format("{:.1f} ms", static_cast<double>(micros) / 1000)
                         : fmt::format("{} ms", micros / 1000);
}

// The error of the system; empty: all went well.
std::string write_and_read(const std::filesystem::path& file, std::string_view what) {
  const int out = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0) return std::strerror(errno);
  std::string back(what.size(), '\0');
  const auto size = static_cast<ssize_t>(what.size());
  const bool good = ::write(out, what.data(), what.size()) == size && ::fsync(out) == 0 &&
                    ::pread(out, back.data(), back.size(), 0) == size;
  const std::string trouble =
      good ? (back == what ? "" : "What was read is not what was written.") : std::strerror(errno);
  ::close(out);
  ::unlink(file.c_str());
  return trouble;
}

Checked check_folder(const Desk& desk, const std::string& mark) {
  const auto begun = desk.now();
  const auto file = desk.folder.path() / (".check-" + mark);
  const std::string trouble = write_and_read(file, mark);
  const int64_t micros = since(desk, begun);
  if (!trouble.empty())
    return {"media", "The media folder " + desk.folder.path().string() + " cannot be written: " + trouble,
            false, micros};
  return {"media",
          fmt::format("A file was written to the media folder, forced to the disk and read back in {}.",
                      spoken(micros)),
          true, micros};
}

// none: there is no bucket.
Awaitable<std::optional<Checked>> check_bucket(Desk& desk) {
  if (!desk.depot.has_bucket()) co_return std::nullopt;
  const auto begun = desk.now();
  Result<void> outcome;
  auto start = [&](auto resume) {
    desk.depot.check([&outcome, resume = std::move(resume)](Result<void> said) mutable {
      outcome = std::move(said);
      resume();
    });
  };
  co_await awaited(std::move(start));
  const int64_t micros = since(desk, begun);
  if (!outcome)
    co_return Checked{"bucket", outcome.error().text + " " + outcome.error().remedy, false, micros};
  co_return Checked{"bucket",
                    fmt::format("An object was written to {} and read back in {}.",
                                desk.depot.standing().where, spoken(micros)),
                    true, micros};
}

std::string render(const std::vector<Checked>& all) {
  Json json;
  json.begin().key("items").list();
  for (const Checked& each : all) {
    json.begin().field("name", each.name).field("ok", each.ok).field("text", each.text);
    json.field("micros", each.micros).end();
  }
  json.end_list().end();
  return json.take();
}
}  // namespace

Answering check_storage(Request& request, Desk& desk) {
  const std::string mark = NoticeId::make(request.now, desk.random).text();
  const auto begun = desk.now();
  auto write = [&](store::Unit& unit) -> Result<bool> {
    store::Settings(unit).set(probe_name, mark);
    return true;
  };
  co_await written(desk.store, std::move(write));
  auto look = [](store::Unit& unit) { return store::Settings(unit).get(probe_name).value_or(""); };
  const std::string back = co_await seen(desk.store, std::move(look));
  const int64_t micros = since(desk, begun);
  const bool same = back == mark;
  Checked database{"database",
                   same ? fmt::format("A row was written durably and read back in {}.", spoken(micros))
                        : "What was read back from the database is not what was written.",
                   same, micros};
  auto files = [&] { return check_folder(desk, mark); };
  Checked folder = co_await on_threads(desk.threads, std::move(files));
  std::vector<Checked> all{std::move(database), std::move(folder)};
  auto bucket = co_await check_bucket(desk);
  if (bucket) all.push_back(std::move(*bucket));
  co_return json_answer(200, render(all));
}

}  // namespace carillon::api
