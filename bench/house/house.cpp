#include "bench/house/house.h"

#include <fmt/format.h>

#include <cstdlib>

#include "net/waiting_client.h"
#include "run/clock.h"
#include "store/accounts.h"
#include "store/journal.h"

namespace carillon::bench {
namespace {

constexpr size_t portion = 500;  // posts in one transaction

Keyring one_key() {
  std::map<std::string, Secret> keys;
  keys.emplace("bench", Secret(std::string(32, 'k')));
  return {std::move(keys), "bench"};
}

Content some_content(size_t number) {
  return {
      .parts = {{.text = fmt::format("Fresh cakes from nine o'clock, batch {}. Come and see us!", number)}}};
}

Post some_post(const Cast& cast, size_t number, std::vector<Target> targets, Instant due) {
  Post post;
  post.workspace = cast.workspace;
  post.state = PostState::scheduled;
  post.content = some_content(number);
  post.targets = std::move(targets);
  post.zone = "UTC";
  post.due = due;
  post.created = post.updated = due;
  return post;
}

[[noreturn]] void stop(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::_Exit(1);
}

}  // namespace

Archive::Archive(const std::filesystem::path& file)
    : keyring_(one_key()), store_(store::Store::open({.url = "sqlite:" + file.string()})) {}

Cast Archive::engage(size_t accounts, const std::string& network, const std::string& api_base) {
  const Instant now = run::wall_clock();
  Cast cast{.workspace = WorkspaceId::make(now, random_), .accounts = {}};
  for (size_t i = 0; i < accounts; ++i) {
    Account account;
    account.id = AccountId::make(now, random_);
    account.workspace = cast.workspace;
    account.network = network;
    account.external_id = std::to_string(i);
    account.name = account.handle = fmt::format("account {}", i);
    account.api_base = api_base;
    account.connected = now;
    cast.accounts.push_back(std::move(account));
  }
  store_->write_now([&](store::Unit& unit) {
    run::Credential credential;
    credential.emplace("access", Secret("token"));
    for (const Account& account : cast.accounts) {
      store::Accounts(unit).connect(account, run::seal_credential(credential, account, keyring_, random_));
    }
  });
  return cast;
}

Cast Archive::engaged() {
  Cast cast;
  store_->read_now([&](store::Unit& unit) { cast.accounts = store::Journal(unit).accounts(); });
  if (cast.accounts.empty()) stop("Nobody is engaged in this file.");
  cast.workspace = cast.accounts.front().workspace;
  return cast;
}

void Archive::schedule(const Cast& cast, size_t posts,
                       const std::function<std::vector<Target>(size_t)>& targets,
                       const std::function<Instant(size_t)>& due) {
  for (size_t first = 0; first < posts; first += portion) {
    store_->write_now([&](store::Unit& unit) {
      store::Posts shelf(unit);
      for (size_t i = first; i < std::min(posts, first + portion); ++i) {
        store::Minter mint(due(i), random_);
        Post post = some_post(cast, i, targets(i), due(i));
        post.id = mint.make<PostId>();
        shelf.add(post);
        shelf.schedule(post, due(i), mint);
      }
    });
  }
}

Works::Works(Archive& archive, std::function<void(const Delivery&)> settled)
    : client_(context_, nullptr, {.per_host = 256}),
      vault_(archive.store(), archive.keyring()),
      pump_({.store = archive.store(),
             .channels = tower_,
             .vault = vault_,
             .log = log_,
             .transport =
                 [this](wire::Request request, net::Credential credential,
                        std::move_only_function<void(net::Outcome)> done) {
                   client_.send(std::move(request), std::move(credential), std::move(done));
                 },
             .changed =
                 [settled = std::move(settled)](const delivery::Save& save) {
                   const DeliveryState state = save.delivery.state;
                   if (state == DeliveryState::delivered) return settled(save.delivery);
                   if (state != DeliveryState::in_flight)
                     stop("A delivery went wrong: " + save.delivery.reason);
                 },
             .refresh = [](WorkspaceId, AccountId) { stop("A credential was refused."); },
             .out_of_office = [] { stop("Somebody else took over."); }},
            delivery::Policy{}),
      thread_([this] { context_.run(); }) {}

Works::~Works() {
  pump_.stop(5s);
  context_.stop();
  thread_.join();
}

void Works::start() {
  if (const auto started = pump_.start("bench"); !started) stop(started.error().text);
}

std::string lateness(const std::string& server, const std::string& method) {
  net::WaitingClient client(server);
  const net::Outcome outcome = client.send({.method = method, .url = "/lateness"});
  const auto* answer = std::get_if<wire::Response>(&outcome);
  if (!answer || answer->status != 200) stop(server + " did not say what it saw.");
  return answer->body;
}

}  // namespace carillon::bench
