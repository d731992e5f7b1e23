// Speaks with a server as our channel does, and tells what came of it. Arguments: the server's address, a
// handle, an app password. Standard input: one post a line, as JSON; standard output: one answer a line.
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "base/random.h"
#include "channels/bluesky/bluesky.h"
#include "net/client.h"

namespace {
using namespace carillon;
using namespace carillon::channels;
namespace json = boost::json;

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

// Files by id, as they stand on disk.
class Files final : public net::MediaSource {
 public:
  MediaFacts add(const json::object& said, Random& dice) {
    std::ifstream in(text_at(said, "path"), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    MediaFacts facts{.id = MediaId::make(Instant::from_seconds(1), dice), .mime = text_at(said, "mime")};
    facts.bytes = bytes.size();
    facts.width = said.at("width").to_number<uint32_t>(),
    facts.height = said.at("height").to_number<uint32_t>();
    files_[facts.id] = std::move(bytes);
    return facts;
  }
  size_t read(MediaId media, uint64_t offset, char* into, size_t size) override {
    return files_.at(media).copy(into, size, offset);
  }

 private:
  std::map<MediaId, std::string> files_;
};

class Speaker {
 public:
  explicit Speaker(std::string server) : client_(context_, &files_, {}) {
    account_.api_base = std::move(server);
  }
  Result<void> log_in(const std::string& handle, const std::string& password);
  json::object say(const json::object& post);
  json::object refresh();

 private:
  net::Outcome send(wire::Request request);
  json::object part(const Content& content, uint32_t number, const std::string& reply_to,
                    const std::string& lose);

  boost::asio::io_context context_{1};
  Files files_;
  net::Client client_;
  net::Credential secrets_;
  Account account_;
  SystemRandom dice_;
  std::vector<MediaFacts> media_;
};

net::Outcome Speaker::send(wire::Request request) {
  net::Outcome outcome;
  client_.send(std::move(request), secrets_, [&](net::Outcome came) {
    outcome = std::move(came);
    context_.stop();
  });
  context_.restart();
  const auto work = boost::asio::make_work_guard(context_);
  context_.run();
  return outcome;
}

Result<void> Speaker::log_in(const std::string& handle, const std::string& password) {
  const App app{.network = "bluesky", .client_id = handle, .api_base = account_.api_base};
  secrets_["code"] = Secret(password);
  const auto session = send(bluesky::auth.exchange(app, ""));
  if (!std::holds_alternative<wire::Response>(session)) return refuse({.text = "no answer"});
  auto tokens = bluesky::auth.read_tokens(std::get<wire::Response>(session));
  if (!tokens) return refuse(tokens.error());
  secrets_ = std::move(tokens->secrets);
  const auto who = send(bluesky::auth.identities(app));
  const auto known = bluesky::auth.read_identities(app, std::get<wire::Response>(who));
  if (!known) return refuse(known.error());
  account_.network = "bluesky", account_.external_id = known->front().external_id;
  account_.name = known->front().name, account_.handle = known->front().handle;
  return {};
}

json::object Speaker::refresh() {
  const auto answer = send(*bluesky::auth.refresh({.api_base = account_.api_base}, account_));
  auto tokens = bluesky::auth.read_refresh(std::get<wire::Response>(answer));
  if (!tokens) return {{"fault", tokens.error().text}};
  secrets_ = std::move(tokens->secrets);
  const auto tested = send(bluesky::auth.test(account_));
  const auto said = bluesky::auth.read_test(account_, std::get<wire::Response>(tested));
  return {{"tested", said ? *said : said.error().text}};
}

Instant now() {
  return {std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

// lose "request": the publishing request never leaves; "answer": it arrives, and what comes back is lost.
// Once.
json::object Speaker::part(const Content& content, uint32_t number, const std::string& reply_to,
                           const std::string& lose) {
  const Instant began = now();
  const DeliveryId id = DeliveryId::make(began, dice_);
  json::array requests;
  Progress progress;
  std::optional<Event> event{Due{}};
  wire::Response reply;
  bool lost = false;
  for (int moves = 0; moves < 40; ++moves) {
    const Job job{id, account_, content, number, reply_to, media_, began};
    const Move move = bluesky::channel.step(job, progress, *event);
    if (const auto* done = std::get_if<Done>(&move))
      return {{"id", done->external_id}, {"url", done->url}, {"requests", std::move(requests)}};
    if (const auto* fault = std::get_if<Fault>(&move))
      return {{"fault", fault->code},
              {"text", fault->text},
              {"detail", fault->detail},
              {"requests", std::move(requests)}};
    const auto* next = std::get_if<Send>(&move);
    if (!next) return {{"fault", "no send"}, {"requests", std::move(requests)}};
    progress = next->then;
    const bool loses = next->publishes && !lose.empty() && !lost;
    requests.push_back(json::string(next->request.method + " " +
                                    next->request.url.substr(account_.api_base.size()).substr(0, 60)));
    if (!loses || lose == "answer") {
      const auto outcome = send(next->request);
      if (!std::holds_alternative<wire::Response>(outcome)) return {{"fault", "no answer"}};
      reply = std::get<wire::Response>(outcome);
    }
    lost = lost || loses;
    loses ? event.emplace(Vanished{}) : event.emplace(Replied{reply});
  }
  return {{"fault", "never ends"}};
}

json::object Speaker::say(const json::object& post) {
  if (post.contains("refresh")) return refresh();
  Content content;
  for (const json::value& said : post.at("parts").as_array()) {
    const json::object& one = said.as_object();
    content.parts.push_back({.text = text_at(one, "text"), .link = text_at(one, "link")});
  }
  if (const json::value* options = post.if_contains("options")) content.options = options->as_object();
  json::array parts;
  std::string before;
  for (uint32_t n = 0; n < content.parts.size(); ++n) {
    media_.clear();
    const json::object& one = post.at("parts").as_array()[n].as_object();
    if (const json::value* media = one.if_contains("media")) {
      for (const json::value& file : media->as_array()) {
        media_.push_back(files_.add(file.as_object(), dice_));
        content.parts[n].media.push_back({media_.back().id, text_at(file.as_object(), "alt")});
      }
    }
    parts.push_back(part(content, n, before, text_at(post, "lose")));
    before = text_at(parts.back().as_object(), "id");
  }
  return {{"parts", std::move(parts)}};
}
}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  Speaker speaker(argv[1]);
  if (const auto in = speaker.log_in(argv[2], argv[3]); !in) {
    std::cout << json::serialize(json::object{{"fault", in.error().text}, {"code", in.error().code}})
              << std::endl;
    return 1;
  }
  for (std::string line; std::getline(std::cin, line);)
    std::cout << json::serialize(speaker.say(json::parse(line).as_object())) << std::endl;
}
