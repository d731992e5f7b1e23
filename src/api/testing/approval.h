// A workspace that wants posts approved, with an owner and an editor at work. Tests only.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "api/testing/server.h"
#include "run/approvals.h"
#include "store/journal.h"
#include "store/people.h"
#include "store/posts.h"

namespace carillon::api {

inline constexpr const char* tomorrow = R"(,"at":{"local":"2026-11-20T09:30","zone":"Europe/Berlin"})";
inline constexpr const char* later = R"({"at":{"local":"2026-11-24T09:30","zone":"Europe/Berlin"}})";

class Approval : public ::testing::Test {
 protected:
  void SetUp() override { want_approval(true); }

  void want_approval(bool wanted) {
    const auto reply = patch("/api/v1/workspace", fmt::format(R"({{"approval":{}}})", wanted), home.as_owner);
    ASSERT_EQ(reply.status, 200) << reply.body;
    ASSERT_EQ(reply.text("/approval"), wanted ? "true" : "false");
  }
  Reply patch(const std::string& path, const std::string& body, const std::string& as,
              const std::string& revision = "") {
    Ask ask{.method = "PATCH", .path = path, .body = body, .as = as};
    if (!revision.empty()) ask.headers = {{"If-Match", revision}};
    return server.ask(ask);
  }
  Reply create(const std::string& as, const std::string& more, const std::string& text = "Fresh cakes") {
    return server.post("/api/v1/posts", post_json({shop.id, bakery.id}, text, more), as);
  }
  Reply act(const std::string& id, const std::string& action, const std::string& body,
            const std::string& as) {
    return server.post("/api/v1/posts/" + id + "/" + action, body, as);
  }
  Reply read(const std::string& id) { return server.get("/api/v1/posts/" + id, home.as_viewer); }
  std::string state_of(const std::string& id) { return read(id).text("/state"); }

  // Everything that the engine would ever find: unsettled rows of all posts, with what they would say.
  std::set<std::string> could_go_out() {
    std::set<std::string> texts;
    server.store().read_now([&](store::Unit& unit) {
      for (const Account* account : {&shop, &bakery}) {
        for (const auto& ticket : store::Journal(unit)
                                      .due({home.id, account->id, Line::bulk, 500}, server.now() + 24h * 400)
                                      .tickets)
          texts.insert(ticket.content->parts.at(ticket.delivery.part).text);
      }
    });
    return texts;
  }
  std::vector<Notice> tend() {
    std::vector<Notice> notices;
    server.store().write_now([&](store::Unit& unit) {
      store::Minter mint(server.now(), server.random);
      notices = run::tend_proposals(unit, server.now(), mint);
    });
    return notices;
  }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account bakery = server.add_account(home, "mastodon", "bakery");
};

}  // namespace carillon::api
