#include "api/testing/server.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <future>

#include "api/testing/schema.h"
#include "api/tokens.h"
#include "base/digest.h"
#include "base/text.h"
#include "channels/registry.h"
#include "postgres/cluster.h"
#include "run/credentials.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/postgres.h"
#include "store/posts.h"
#include "store/schema.h"
#include "store/tally_change.h"

namespace carillon::api {

namespace asio = boost::asio;
namespace json = boost::json;

json::value Reply::json() const {
  boost::system::error_code broken;
  auto value = json::parse(body, broken);
  EXPECT_FALSE(broken) << "not JSON: " << body.substr(0, 300);
  return value;
}

std::string Reply::text(std::string_view pointer) const {
  const json::value all = json();
  boost::system::error_code missing;
  const json::value* found = all.find_pointer(pointer, missing);
  if (!found) return "(missing)";
  return found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
}

void QuietDispatcher::expect(WorkspaceId, AccountId account, Line line, Instant due) {
  const std::lock_guard lock(mutex_);
  expected_.push_back({account, line, due});
}
void QuietDispatcher::account_changed(const Account& account) {
  const std::lock_guard lock(mutex_);
  changed_.push_back(account.id);
}
void QuietDispatcher::hold_all(bool now_held) {
  held = now_held;
}
void QuietDispatcher::refresh(WorkspaceId, AccountId, std::move_only_function<void(Result<void>)> done) {
  ++refreshed;
  done(refresh_says);
}
std::vector<QuietDispatcher::Expected> QuietDispatcher::expected() {
  const std::lock_guard lock(mutex_);
  return expected_;
}
std::vector<AccountId> QuietDispatcher::changed() {
  const std::lock_guard lock(mutex_);
  return changed_;
}

const std::string& Household::as(Role role) const {
  return role == Role::owner ? as_owner : role == Role::editor ? as_editor : as_viewer;
}

namespace {
std::filesystem::path fresh_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "carillon-api-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  return name;
}

// SQLite in memory; with CARILLON_TEST_DATABASE=postgres one database for all tests of this program, emptied
// before each.
std::unique_ptr<store::Store> fresh_store() {
  const char* wanted = std::getenv("CARILLON_TEST_DATABASE");
  if (!wanted || std::string_view(wanted) != "postgres") return store::Store::open({.url = "sqlite::memory:"});
  static const std::string url = testing::Cluster::shared().new_database();
  auto store = store::Store::open({.url = url, .readers = 1});  // what tests wait for is done in turn
  store::wipe(*store::connect_postgres(url));
  return store;
}

Keyring test_keyring() {
  std::map<std::string, Secret> keys;
  keys.emplace("k1", Secret(std::string(32, 'k')));
  return Keyring(std::move(keys), "k1");
}
}  // namespace

std::string small_picture(size_t more) {
  return from_base64(
             "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg="
             "=")
             .value_or("") +
         std::string(more, 'x');
}

TestServer::TestServer(std::string sandbox_url, const BucketPlace& bucket, uint64_t media_cache)
    : folder_path_(fresh_folder()),
      now_(Instant::from_seconds(1'795'000'000).us),  // 2026-11-18
      keyring_(test_keyring()),
      store_(fresh_store()),
      client_(context_, nullptr, {}),
      guarded_(context_, nullptr, {.guarded = true, .permits = {*net::parse_permit("127.0.0.9/32")}}),
      folder_(folder_path_ / "media", media::Pictures(PICTURE_CHILD)),
      depot_({folder_, random, log_, [this] { return now(); }}, bucket, media_cache,
             {.pause = Duration(1000)}) {
  settings.sandbox_url = std::move(sandbox_url);
  settings.password_passes = 1;
  settings.password_memory = 1 << 20;
  settings.costly_per_minute = 100'000;
  settings.stream_tick = std::chrono::milliseconds(20);
  settings.started = now();
  desk_.reset(new Desk{.settings = settings,
                       .store = *store_,
                       .keyring = keyring_,
                       .random = random,
                       .now = [this] { return now(); },
                       .registry = channels::shipped(),
                       .client = client_,
                       .guarded = guarded_,
                       .folder = folder_,
                       .parts = parts_,
                       .depot = depot_,
                       .workshop = &workshop_,
                       .dispatcher = dispatcher,
                       .events = events,
                       .meters = meters_,
                       .log = log_,
                       .threads = threads_});
  reception_ = std::make_unique<Reception>(*desk_);
  const auto handler = [this](net::Exchange& exchange) { return reception_->answer(exchange); };
  listener_ = std::make_unique<net::Listener>(context_, "127.0.0.1:0", handler, net::ListenLimits{});
  port_ = listener_->port();
  thread_ = std::thread([this] {
    const auto guard = asio::make_work_guard(context_);
    context_.run();
  });
}

TestServer::~TestServer() {
  events.close();
  depot_.stop();
  std::promise<void> drained;
  std::function<void()> look = [&] {
    if (listener_->connections() == 0) return drained.set_value();
    asio::post(context_, look);
  };
  asio::post(context_, [&] {
    listener_->cut();
    look();
  });
  drained.get_future().wait();
  context_.stop();
  thread_.join();
  std::error_code ignored;
  std::filesystem::remove_all(folder_path_, ignored);
}

Reply parse_reply(const std::string& all) {
  Reply reply;
  const auto head_end = all.find("\r\n\r\n");
  if (all.size() < 12 || head_end == std::string::npos) return reply;
  reply.status = std::stoi(all.substr(9, 3));
  size_t at = all.find("\r\n") + 2;
  while (at < head_end) {
    const auto end = all.find("\r\n", at);
    const auto line = all.substr(at, end - at);
    const auto colon = line.find(':');
    reply.headers.push_back({line.substr(0, colon), std::string(trimmed(line.substr(colon + 1)))});
    at = end + 2;
  }
  reply.body = all.substr(head_end + 4);
  if (reply.header("transfer-encoding") != "chunked") return reply;
  std::string plain;
  for (size_t i = 0; i < reply.body.size();) {
    const auto line_end = reply.body.find("\r\n", i);
    const size_t size = std::stoul(reply.body.substr(i, line_end - i), nullptr, 16);
    plain += reply.body.substr(line_end + 2, size);
    i = line_end + 2 + size + 2;
  }
  reply.body = plain;
  return reply;
}

namespace {
// The documented schema of an answer; nullptr: it has no JSON body.
const json::value* schema_of(const json::value& response) {
  if (const auto* reference = response.as_object().if_contains("$ref")) {
    const auto name = std::string(reference->as_string());
    return schema_of(
        contract_document().at("components").at("responses").at(name.substr(name.rfind('/') + 1)));
  }
  const auto* content = response.as_object().if_contains("content");
  if (!content) return nullptr;
  for (const char* type : {"application/json", "application/problem+json"}) {
    if (const auto* media = content->as_object().if_contains(type)) return &media->at("schema");
  }
  return nullptr;
}
}  // namespace

std::string exchange_bytes(uint16_t port, const std::string& bytes, Duration patience) {
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  socket.connect({asio::ip::address_v4::loopback(), port});
  std::string all;
  std::array<char, 65536> piece{};
  std::function<void()> read = [&] {
    socket.async_read_some(asio::buffer(piece), [&](boost::system::error_code end, size_t size) {
      all.append(piece.data(), size);
      if (!end) read();
    });
  };
  asio::async_write(socket, asio::buffer(bytes), [](boost::system::error_code, size_t) {});
  read();
  context.run_for(patience);
  return all;
}

std::string TestServer::raw(const std::string& bytes, Duration patience) {
  return exchange_bytes(port_, bytes, patience);
}

Reply TestServer::ask(const Ask& ask) {
  const bool has_body = !ask.body.empty() || ask.method == "POST" || ask.method == "PATCH";
  wire::Headers headers = ask.headers;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!wire::header(headers, name)) headers.push_back({name, value});
  };
  add("Host", fmt::format("127.0.0.1:{}", port_));
  add("Connection", "close");
  if (!ask.as.empty()) {
    add("Cookie", std::string(cookie_name(settings)) + "=" + ask.as);
    add("Origin", fmt::format("http://127.0.0.1:{}", port_));
  }
  if (!ask.key.empty()) add("Authorization", "Bearer " + ask.key);
  if (has_body && !ask.body.empty()) add("Content-Type", ask.type);
  if (has_body) add("Content-Length", std::to_string(ask.body.size()));
  std::string bytes = fmt::format("{} {} HTTP/1.1\r\n", ask.method, ask.path);
  for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
  bytes += "\r\n" + ask.body;
  Reply reply = parse_reply(raw(bytes, std::chrono::seconds(20)));
  check(ask, reply);
  return reply;
}

// Every answer that any test sees: documented, without secrets, and with the headers it must have.
void TestServer::check(const Ask& ask, const Reply& reply) {
  for (const std::string& marker : markers) {
    EXPECT_EQ(reply.body.find(marker), std::string::npos) << ask.path << " shows a secret";
  }
  EXPECT_EQ(reply.body.find("$argon2id"), std::string::npos) << ask.path << " shows a password hash";
  if (reply.status == 0) return;
  EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << ask.method << " " << ask.path;
  EXPECT_NE(reply.header("content-security-policy"), "") << ask.method << " " << ask.path;
  const auto path = ask.path.substr(0, ask.path.find('?'));
  const auto match = find_route(ask.method, path);
  if (!match.route) return;
  const auto seen = fmt::format("{} {} {}", ask.method, match.route->pattern, reply.status);
  const auto* entry = contract_document().at("paths").as_object().if_contains(match.route->pattern);
  ASSERT_TRUE(entry) << match.route->pattern << " is not in openapi.json";
  const auto& responses = entry->at(lowered(ask.method)).at("responses").as_object();
  const auto* documented = responses.if_contains(std::to_string(reply.status));
  ASSERT_TRUE(documented) << seen << " is not documented: " << reply.body;
  const json::value* schema = schema_of(*documented);
  if (!schema || reply.body.empty()) return;
  for (const auto& misfit : misfits(reply.json(), *schema)) ADD_FAILURE() << seen << ": " << misfit;
}

Household TestServer::add_household(const std::string& name) {
  Household household{.id = WorkspaceId::make(now(), random)};
  store_->write_now([&](store::Unit& unit) {
    store::People people(unit);
    people.add(Workspace{household.id, name, "Europe/Berlin", now()});
    const auto add = [&](Role role, UserId& id, std::string& token) {
      id = UserId::make(now(), random);
      token = mint_token(random);
      people.add(User{.id = id,
                      .workspace = household.id,
                      .email = fmt::format("{}@{}.example", carillon::to_text(role), name),
                      .name = std::string(carillon::to_text(role)),
                      .role = role,
                      .created = now()});
      people.open(Session{.id = SessionId::make(now(), random),
                          .workspace = household.id,
                          .user = id,
                          .token_sha256 = hash_token(token),
                          .created = now(),
                          .seen = now(),
                          .expires = now() + settings.session_lasts});
    };
    add(Role::owner, household.owner, household.as_owner);
    add(Role::editor, household.editor, household.as_editor);
    add(Role::viewer, household.viewer, household.as_viewer);
  });
  return household;
}

Account TestServer::add_account(const Household& household, const std::string& network,
                                const std::string& name) {
  Account account{.id = AccountId::make(now(), random),
                  .workspace = household.id,
                  .network = network,
                  .external_id = name + "-id",
                  .name = name,
                  .handle = "@" + name,
                  .api_base = settings.sandbox_url + "/" + network,
                  .sandbox = true,
                  .connected = now(),
                  .checked = now()};
  const std::string marker = "MARKER-" + random_token(random, 12);
  markers.push_back(marker);
  run::Credential credential;
  for (const char* secret : {"access", "refresh", "client_secret", "page"})
    credential[secret] = Secret(marker);
  const auto sealed = run::seal_credential(credential, account, keyring_, random);
  store_->write_now([&](store::Unit& unit) { account.id = store::Accounts(unit).connect(account, sealed); });
  return account;
}

Delivery TestServer::change_delivery(WorkspaceId workspace, DeliveryId id, DeliveryState state,
                                     const std::string& reason) {
  std::optional<Delivery> after;
  store_->write_now([&](store::Unit& unit) {
    store::Posts posts(unit);
    const Delivery before = posts.delivery(workspace, id).value();
    const int line = state == DeliveryState::uncertain ? 0 : 2;
    unit.connection()(
        "UPDATE deliveries SET state = $3, reason = $4, line = $5 WHERE workspace = $1 AND id = $2",
        workspace, id, static_cast<int64_t>(state), reason, line);
    store::move_tally(unit.connection(), workspace, before.post, before.state, state);
    after = posts.delivery(workspace, id);
  });
  return *after;
}

std::string post_json(const std::vector<AccountId>& accounts, const std::string& text,
                      const std::string& more) {
  std::string targets;
  for (const AccountId& account : accounts) {
    targets += fmt::format("{}{{\"account\":\"{}\"}}", targets.empty() ? "" : ",", account.text());
  }
  return fmt::format(R"({{"content":{{"parts":[{{"text":"{}"}}]}},"targets":[{}]{}}})", text, targets, more);
}

}  // namespace carillon::api
