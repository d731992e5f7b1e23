#include "cli/house.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <future>
#include <thread>

#include "api/due_tasks.h"
#include "api/events.h"
#include "api/local_key.h"
#include "api/look_ahead.h"
#include "api/meters.h"
#include "api/reception.h"
#include "api/setup.h"
#include "base/version.h"
#include "cli/exit.h"
#include "cli/signals.h"
#include "cli/switchboard.h"
#include "media/folder.h"
#include "run/approvals.h"
#include "run/chores.h"
#include "run/clock.h"
#include "run/depot.h"
#include "run/drift.h"
#include "run/evergreen.h"
#include "run/feeds.h"
#include "run/hooks.h"
#include "run/installation.h"
#include "run/keys.h"
#include "run/media_address.h"
#include "run/media_reader.h"
#include "run/postman.h"
#include "run/pump.h"
#include "run/refresher.h"
#include "run/repeating.h"
#include "run/sandbox_host.h"
#include "run/upload_sweep.h"
#include "run/workshop.h"
#include "store/forgetting.h"
#include "store/records.h"

namespace carillon::cli {
namespace {

namespace asio = boost::asio;

constexpr Duration drain_patience = 30s;

Keyring keyring_of(const run::Config& config, store::Store& store, Random& random) {
  auto keyring = run::load_keyring(config, store, random);
  if (!keyring) throw std::runtime_error(keyring.error().text + " " + keyring.error().remedy);
  return std::move(*keyring);
}

api::Settings settings_of(const run::Config& config) {
  api::Settings settings;
  settings.public_url = config.public_url;
  settings.version = std::string(version);
  settings.sandbox_url = config.sandbox_url;
  settings.apps = config.apps;
  if (!config.mail.host.empty()) settings.mail = config.mail;
  settings.late_grace = config.late_grace;
  settings.started = run::wall_clock();
  return settings;
}

std::unique_ptr<run::SandboxHost> sandbox_of(const run::Config& config, run::Log& log) {
  if (!config.sandbox) return nullptr;
  const run::SandboxOptions options{config.sandbox_listen, config.sandbox_url, config.data / "sandbox.jsonl"};
  return std::make_unique<run::SandboxHost>(options, log);
}

}  // namespace

// In order of construction: what comes later may use what came before.
struct House::Rooms {
  explicit Rooms(const run::Config& configuration);

  run::Config config;
  SystemRandom random;
  run::Log log;
  run::Installation installation;
  std::unique_ptr<store::Store> store;
  Keyring keyring;
  asio::io_context context{1};
  asio::thread_pool threads{2};
  std::unique_ptr<run::SandboxHost> sandbox;
  api::Settings settings;
  carillon::media::MediaFolder folder;
  run::Depot depot;
  carillon::media::Parts parts{folder};  // uploads on their way in
  run::MediaReader media;
  run::MediaHomes homes;  // where networks fetch media
  net::Client near;       // the sandbox
  net::Client guarded;    // the networks, and addresses that people give
  run::Vault vault;
  api::Events events;
  api::Meters meters;
  run::Workshop workshop;
  Switchboard switchboard;
  run::Drift drift;
  run::Refresher refresher;
  run::Pump pump;
  run::Postman postman;
  run::FeedReader feeds;
  api::Desk desk;
  api::Reception reception;
  std::unique_ptr<net::Listener> listener;
  run::Chores chores;

  std::vector<run::Chore> errands();
  run::Transport transport();
  void welcome();
  void leave_office();
  void repeat(Instant now);
  void fill_gaps(Instant now);
  void tell_of(const store::Feed& feed, const run::FeedHarvest& harvest);
  void expect(const std::vector<run::Expected>& made);
  void tell_of_proposals(Instant now);
  void sweep(Instant now);
  void keep_local_key();
  void see_out();
};

House::Rooms::Rooms(const run::Config& configuration)
    : config(configuration),
      log(config.log_level, config.log_format),
      installation(config.data, random),
      store(store::Store::open({.url = config.database})),
      keyring(keyring_of(config, *store, random)),
      sandbox(sandbox_of(config, log)),
      settings(settings_of(config)),
      folder(config.data / "media", carillon::media::Pictures()),
      depot({folder, random, log, run::wall_clock}, config.bucket, config.media_cache),
      media(config.data / "media"),
      homes(run::media_homes(config.public_url, config.listen)),
      near(context, &media, {}),
      guarded(context, &media, {.guarded = true, .permits = config.open_networks}),
      vault(*store, keyring),
      events(random_token(random, 6)),
      workshop({*store, folder, depot, random, run::wall_clock},
               [this](const run::Conversion& conversion) {
                 events.publish(conversion.workspace, {.kind = "conversion",
                                                       .id = conversion.id.text(),
                                                       .state = std::string(to_text(conversion.state))});
               }),
      refresher({*store, channels::shipped(), keyring, log, transport(),
                 [this](const Account& account) { switchboard.account_changed(account); }}),
      pump({*store, channels::shipped(), vault, log, transport(),
            [this](const delivery::Save& save) { switchboard.changed(save); },
            [this](WorkspaceId workspace, AccountId account) {
              refresher.refresh(workspace, account, nullptr);
            },
            [this] { leave_office(); }, &depot},
           delivery::Policy{}),
      postman(*store, keyring, log, {.configured = settings.mail, .public_url = settings.public_url}),
      feeds(*store, guarded, random, log,
            [this](const store::Feed& feed, const run::FeedHarvest& harvest) { tell_of(feed, harvest); }),
      desk{.settings = settings,
           .store = *store,
           .keyring = keyring,
           .random = random,
           .now = run::wall_clock,
           .registry = channels::shipped(),
           .client = near,
           .guarded = guarded,
           .folder = folder,
           .parts = parts,
           .depot = depot,
           .workshop = &workshop,
           .dispatcher = switchboard,
           .events = events,
           .meters = meters,
           .log = log,
           .threads = threads,
           .clock_ahead = [this] { return drift.ahead(run::wall_clock()); },
           .owner_made = [this] { keep_local_key(); }},
      reception(desk),
      chores(context, log, errands()) {
  switchboard.connect(pump, refresher, events);
}

// What has a clock of its own.
std::vector<run::Chore> House::Rooms::errands() {
  const auto forget = [this](Instant now) {
    store->write([now](store::Unit& unit) { store::forget_old(unit, now); }, [](std::exception_ptr) {});
  };
  return {{"refresh", 10s, [this](Instant now) { refresher.tend(now); }},
          {"repeat", 1h, [this](Instant now) { repeat(now); }},
          {"feeds", 20s, [this](Instant now) { feeds.tend(now); }},
          {"evergreen", 15min, [this](Instant now) { fill_gaps(now); }},
          {"mail", 10s, [this](Instant now) { postman.tend(now); }},
          {"tell of proposals", 3s, [this](Instant now) { tell_of_proposals(now); }},
          {"readiness", 1min, [this](Instant now) { api::look_ahead(desk, now); }},
          {"tasks", 30s, [this](Instant now) { api::tell_due_tasks(desk, now); }},
          {"sweep uploads", 1h, [this](Instant now) { sweep(now); }},
          {"media", 1min, [this](Instant) { depot.tend(); }},
          {"forget", 1h, forget}};
}

run::Transport House::Rooms::transport() {
  return [this](wire::Request request, net::Credential credential,
                std::move_only_function<void(net::Outcome)> done) {
    const bool is_near = !settings.sandbox_url.empty() && request.url.starts_with(settings.sandbox_url + "/");
    const auto put =
        run::put_media_addresses(request, keyring, homes, is_near, run::wall_clock(), credential);
    if (!put) return done(net::NotSent{put.error().text});
    if (is_near) return near.send(std::move(request), std::move(credential), std::move(done));
    const Instant asked = run::wall_clock();
    guarded.send(std::move(request), std::move(credential),
                 [this, asked, done = std::move(done)](net::Outcome outcome) mutable {
                   if (const auto* response = std::get_if<wire::Response>(&outcome))
                     drift.hear(*response, asked, run::wall_clock());
                   done(std::move(outcome));
                 });
  };
}

// Another server took over: whatever this one still thinks is worth nothing. The store has refused it
// already.
void House::Rooms::leave_office() {
  log.error("office.lost", "Another server dispatches for this database now; this one stops.");
  ::_exit(static_cast<int>(Exit::temporary));
}

// Posts that repeat are kept some way ahead; what was made is told once it is durable.
void House::Rooms::repeat(Instant now) {
  const auto made = std::make_shared<std::vector<run::Expected>>();
  store->write(
      [this, made, now](store::Unit& unit) {
        store::Minter mint(now, random);
        *made = run::extend_all(unit, now, mint);
      },
      [this, made](std::exception_ptr failed) {
        if (failed) return log.error("series.not_extended", "Repeating posts could not be kept ahead.");
        expect(*made);
      });
}

void House::Rooms::expect(const std::vector<run::Expected>& made) {
  for (const run::Expected& one : made) switchboard.expect(one.workspace, one.account, Line::bulk, one.due);
}

// Slots that are free are filled from the evergreen pool where somebody wants that.
void House::Rooms::fill_gaps(Instant now) {
  const auto made = std::make_shared<std::vector<run::Expected>>();
  store->write(
      [this, made, now](store::Unit& unit) {
        store::Minter mint(now, random);
        *made = run::fill_queues(unit, now, mint, channels::shipped());
      },
      [this, made](std::exception_ptr failed) {
        if (failed) return log.error("evergreen.not_filled", "Free slots could not be filled from the pool.");
        expect(*made);
        if (!made->empty())
          events.publish(made->front().workspace, {.kind = "post", .id = "evergreen", .state = "scheduled"});
      });
}

void House::Rooms::tell_of(const store::Feed& feed, const run::FeedHarvest& harvest) {
  expect(harvest.expected);
  events.publish(feed.workspace, {.kind = "post", .id = feed.id.text(), .state = "feed"});
}

void House::Rooms::tell_of_proposals(Instant now) {
  const auto told = std::make_shared<std::vector<Notice>>();
  store->write(
      [this, told, now](store::Unit& unit) {
        store::Minter mint(now, random);
        *told = run::tend_proposals(unit, now, mint);
      },
      [this, told](std::exception_ptr failed) {
        if (failed)
          return log.error("proposals.not_told", "Nobody could be told of posts that wait for approval.");
        for (const Notice& notice : *told)
          events.publish(notice.workspace, {.kind = "notice", .id = notice.id.text()});
      });
}

void House::Rooms::sweep(Instant now) {
  asio::post(threads, [this, now] {
    try {
      const size_t forgotten = run::sweep_uploads(*store, depot, parts, now, settings.started);
      if (forgotten > 0)
        log.info("uploads.swept", "Uploads nobody went on with", {{"uploads", std::to_string(forgotten)}});
      const size_t removed = run::sweep_doubts(*store, depot, settings.started);
      if (removed > 0)
        log.info("media.swept", "Files nobody was told of were removed from the bucket",
                 {{"media", removed}});
    } catch (const std::exception& broken) {
      log.error("uploads.not_swept", broken.what());
    }
  });
}

void House::Rooms::keep_local_key() {
  auto work = [this](store::Unit& unit) {
    const auto kept = api::keep_local_key(unit, config, random, run::wall_clock());
    if (!kept) log.warning("local_key.not_kept", kept.error().text);
  };
  store->write(std::move(work), [](std::exception_ptr) {});
}

// Streams end and whoever is still being answered is cut off: answers refer to rooms that go away after this.
// What takes longer than that is waiting for somebody else; everything durable is durable already.
void House::Rooms::see_out() {
  events.close();
  std::promise<void> empty;
  asio::steady_timer timer(context);
  std::function<void(boost::system::error_code)> look = [&](boost::system::error_code) {
    if (listener->connections() == 0) return empty.set_value();
    timer.expires_after(20ms);
    timer.async_wait(look);
  };
  asio::post(context, [&] { listener->cut(), look({}); });
  if (empty.get_future().wait_for(10s) != std::future_status::ready) ::_exit(0);
}

void House::Rooms::welcome() {
  const auto token = api::offer_setup(*store, random, run::wall_clock());
  keep_local_key();
  store->write_now([](store::Unit&) {});  // it is there when the link is printed
  if (token) {
    fmt::print("\nCarillon is not set up yet. Open this link once, within an hour:\n  {}/setup#token={}\n\n",
               config.public_url, *token);
  } else {
    fmt::print("\nCarillon: {}\n", config.public_url);
  }
  if (!settings.sandbox_url.empty()) fmt::print("Sandbox networks: {}/\n", settings.sandbox_url);
  std::fflush(stdout);
}

House::House(const run::Config& config) {
  ::umask(077);  // what this process writes is nobody else's to read
  hold_signals();
  rooms_ = std::make_unique<Rooms>(config);
}

House::~House() = default;

int House::run() {
  Rooms& rooms = *rooms_;
  if (const auto started = rooms.pump.start(rooms.installation.name()); !started) {
    fmt::print(stderr, "{} {}\n", started.error().text, started.error().remedy);
    return static_cast<int>(Exit::temporary);
  }
  const auto answer = [&rooms](net::Exchange& exchange) { return rooms.reception.answer(exchange); };
  rooms.listener = std::make_unique<net::Listener>(rooms.context, rooms.config.listen, answer,
                                                   net::ListenLimits{}, run::hooks_of(rooms.log));
  const auto guard = asio::make_work_guard(rooms.context);
  std::thread io([&rooms] { rooms.context.run(); });
  rooms.chores.start();
  rooms.log.info("server.started", "Serving",
                 {{"url", rooms.config.public_url}, {"store", rooms.store->describe()}});
  rooms.welcome();
  wait_for_stop();
  rooms.log.info("server.draining", "Finishing what is in flight; once more to stop at once");
  std::thread([] { wait_for_stop(), ::_exit(0); }).detach();
  asio::post(rooms.context, [&rooms] { rooms.listener->stop(), rooms.chores.stop(); });
  rooms.depot.stop();
  rooms.pump.stop(drain_patience);
  rooms.see_out();
  rooms.depot.finish();
  rooms.context.stop();
  io.join();
  rooms.workshop.close();  // whoever works for the store ends before it does,
  rooms.postman.close();
  rooms.threads.join();
  rooms.store.reset();  // and it before whom it tells what became durable
  return 0;
}

}  // namespace carillon::cli
