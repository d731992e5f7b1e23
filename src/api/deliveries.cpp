// One delivery with its flight record, and a person's word on it.
#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/words.h"
#include "store/accounts.h"
#include "store/posts.h"
#include "wire/url.h"

namespace carillon::api {

namespace {
struct Record {
  Delivery delivery;
  std::optional<Account> account;
  std::vector<Attempt> attempts;
};

Result<Record> read_record(store::Unit& unit, WorkspaceId workspace, DeliveryId id) {
  store::Posts posts(unit);
  auto delivery = posts.delivery(workspace, id);
  if (!delivery) return refuse(not_found("delivery"));
  auto account = store::Accounts(unit).find(workspace, delivery->account);
  return Record{std::move(*delivery), std::move(account), posts.attempts(workspace, id)};
}

wire::Response answer(const Record& record) {
  Json json;
  write(json, record.delivery, record.account ? &*record.account : nullptr, record.attempts, true);
  return json_answer(200, json.take());
}

struct Word {
  Wish wish = Wish::none;
  std::string url;
};

Word read_verdict(Reader& in) {
  Word word;
  in.require("there");
  const auto* there = in.member("there");
  if (there && there->is_bool()) {
    word.wish = there->get_bool() ? Wish::is_there : Wish::is_not_there;
  } else if (there && there->is_string() && there->get_string() == "ask") {
    word.wish = Wish::ask_again;
  } else {
    in.refuse("wrong_type", "\"there\" is neither true, false nor \"ask\".", "there",
              "Say one of the three.");
  }
  word.url = in.maybe_text("url", {0, 2000}).value_or("");
  if (!word.url.empty() && !in.failed() && !wire::parse_url(word.url)) {
    in.refuse("not_a_url", "This is not a web address.", "url",
              "Copy the address of the post, or leave it out.");
  }
  return word;
}

Word read_late(Reader& in) {
  const auto then = in.maybe_text("then", {1, 20}).value_or("send");
  if (then == "send") return {Wish::send_late, ""};
  if (then != "drop") in.refuse("unknown_word", "There is no \"" + then + "\".", "then", "Use send or drop.");
  return {Wish::cancel, ""};
}

Answering wish(Request& request, Desk& desk, Word word) {
  const auto id = request.id_in_path<DeliveryId>("delivery");
  if (!id) co_return refuse(id.error());
  const WorkspaceId workspace = request.caller.workspace;
  auto work = [&](store::Unit& unit) -> Result<Record> {
    store::Posts posts(unit);
    if (!posts.delivery(workspace, *id)) return refuse(not_found("delivery"));
    if (auto done = posts.wish(workspace, *id, word.wish, word.url, request.now); !done) {
      return refuse(std::move(done.error()));
    }
    audit(unit, request, "delivery.verdict", "delivery:" + id->text(),
          std::string(carillon::to_text(word.wish)));
    return read_record(unit, workspace, *id);
  };
  auto record = co_await written(desk.store, std::move(work));
  if (!record) co_return refuse(std::move(record.error()));
  const Delivery& delivery = record->delivery;
  desk.dispatcher.expect(workspace, delivery.account, delivery.line, delivery.due);
  desk.events.publish(workspace, {.kind = "delivery",
                                  .id = id->text(),
                                  .post = delivery.post.text(),
                                  .state = std::string(carillon::to_text(delivery.state))});
  co_return answer(*record);
}
}  // namespace

Answering get_delivery(Request& request, Desk& desk) {
  const auto id = request.id_in_path<DeliveryId>("delivery");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return read_record(unit, request.caller.workspace, *id); };
  auto record = co_await seen(desk.store, std::move(look));
  if (!record) co_return refuse(std::move(record.error()));
  co_return answer(*record);
}

Answering give_verdict(Request& request, Desk& desk) {
  auto word = read_body(request, read_verdict);
  if (!word) co_return refuse(std::move(word.error()));
  Answer answer = co_await wish(request, desk, std::move(*word));
  co_return std::move(answer);
}

Answering send_late(Request& request, Desk& desk) {
  auto word = read_body(request, read_late);
  if (!word) co_return refuse(std::move(word.error()));
  Answer answer = co_await wish(request, desk, std::move(*word));
  co_return std::move(answer);
}

}  // namespace carillon::api
