// Threads (https://developers.facebook.com/docs/threads, read 2026-09): text, link, image, video, carousel,
// poll, and threads of them. Media are fetched from an address of this server. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/container.h"
#include "channels/graph_answer.h"

namespace carillon::channels::threads {

inline constexpr const char* version = "v1.0";

class ThreadsChannel final : public ContainerTalk {
 public:
  const Traits& traits() const override;
  std::vector<LaneNews> limits_in(const std::vector<std::string>& lanes, const wire::Response& response,
                                  Instant now) const override;
  CheckReport check(const Account& account, const ContentPart& part, uint32_t index, const Content& content,
                    const std::vector<MediaFacts>& media) const override;

 protected:
  size_t children(const Job& job) const override;
  std::optional<Fault> impossible(const Job&) const override { return std::nullopt; }
  wire::Request make_child(const Job& job, size_t which) const override;
  wire::Request make(const Job& job, const std::vector<std::string>& made) const override;
  wire::Request ask(const Job& job, const std::string& container) const override;
  std::variant<Standing, Fault> read_standing(const Job& job, const wire::Response& response) const override;
  wire::Request publish(const Job& job, const std::string& container) const override;
  Setback setback(const wire::Response& response) const override;
  Send list(const Job& job, boost::json::object facts) const override;
  bool says_the_same(const boost::json::value& one, const Job& job) const override;
  Fault fault(const wire::Response& response, Instant now) const override;
  Move published(const Job& job, const std::string& id, const std::string& url) const override;
  std::vector<std::string> lanes(const Job& job, Errand errand) const override;
};

class ThreadsAuth final : public Auth {
 public:
  bool uses_pkce() const override { return false; }
  std::optional<wire::Request> register_app(const std::string&, const std::string&) const override {
    return {};
  }
  Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                              const wire::Response&) const override;
  std::string consent_url(const App& app, const Consent& consent) const override;
  wire::Request exchange(const App& app, const std::string& redirect_uri) const override;
  Result<Tokens> read_tokens(const wire::Response& response) const override;
  std::optional<wire::Request> lengthen(const App& app) const override;
  wire::Request identities(const App& app) const override;
  Result<std::vector<Identity>> read_identities(const App& app,
                                                const wire::Response& response) const override;
  Duration refreshed_before() const override { return std::chrono::days(10); }
  std::optional<wire::Request> refresh(const App& app, const Account& account) const override;
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App&, const Account&) const override { return {}; }
};

extern const ThreadsChannel channel;
extern const ThreadsAuth auth;

// Inside the folder.
const Traits& threads_traits();
std::optional<Refusal> threads_table(const GraphError& error);
wire::Request request(const Account& account, std::string method, const std::string& path);
std::string text_of(const ContentPart& part);  // with the link where it has no place of its own
uint64_t counted(std::string_view text);       // characters; an emoji counts its UTF-8 bytes

}  // namespace carillon::channels::threads
