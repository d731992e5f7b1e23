#include "net/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "net/ask.h"
#include "net/testing/loop.h"
#include "net/testing/scripted_server.h"

namespace carillon::net {
namespace {

namespace asio = boost::asio;
using testing::Act;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Scene;
using testing::ScriptedServer;

class Clients : public ::testing::Test {
 protected:
  Outcome ask_once(Client& client, wire::Request request, Credential credential = {}) {
    Outcome outcome = Lost{"never told"};
    testing::run(io, [](Client& c, wire::Request& r, Credential& k, Outcome& o) -> asio::awaitable<void> {
      Outcome got = co_await ask(c, std::move(r), std::move(k));
      o = std::move(got);
    }(client, request, credential, outcome));
    return outcome;
  }

  wire::Request post(const std::string& url, std::string body = "hello") {
    return {
        .method = "POST", .url = url, .headers = {{"Content-Type", "text/plain"}}, .body = std::move(body)};
  }

  asio::io_context io{1};
};

std::string text_of(const Outcome& outcome) {
  if (const auto* lost = std::get_if<Lost>(&outcome)) return "lost: " + lost->why;
  if (const auto* unsent = std::get_if<NotSent>(&outcome)) return "not sent: " + unsent->why;
  const auto& answer = std::get<wire::Response>(outcome);
  return std::to_string(answer.status) + " " + answer.body;
}

TEST_F(Clients, GivesTheAnswerWithStatusHeadersAndBody) {
  ScriptedServer server(
      io, {{Act::answer, "HTTP/1.1 201 Created\r\nX-Limit:  7 \r\nContent-Length: 3\r\n\r\nabc"}});
  Client client(io, nullptr, {});
  const Outcome outcome = ask_once(client, post(server.url("/v1/posts?a=b")));
  ASSERT_EQ(text_of(outcome), "201 abc");
  EXPECT_EQ(wire::header(std::get<wire::Response>(outcome).headers, "x-limit"), "7");
  ASSERT_EQ(server.seen().size(), 1U);
  EXPECT_THAT(server.seen()[0].head, ::testing::StartsWith("POST /v1/posts?a=b HTTP/1.1\r\n"));
  EXPECT_EQ(server.seen()[0].body, "hello");
}

TEST_F(Clients, SendsNoHeaderNobodyAskedFor) {
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {});
  ask_once(client, {.method = "POST", .url = server.url()});
  const std::string& head = server.seen()[0].head;
  EXPECT_THAT(head, Not(HasSubstr("Expect")));
  EXPECT_THAT(head, Not(HasSubstr("Content-Type")));
  EXPECT_THAT(head, Not(HasSubstr("Transfer-Encoding")));
  EXPECT_THAT(head, HasSubstr("Content-Length: 0\r\n"));
  EXPECT_THAT(head, HasSubstr("User-Agent: Carillon\r\n"));
}

TEST_F(Clients, KeepsAConnectionForTheNextRequest) {
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(text_of(ask_once(client, post(server.url()))), "200 ok");
  EXPECT_EQ(server.connections(), 1);
}

// The trap this client exists for: libcurl repeats a request by itself when a reused connection dies.
struct Dying {
  const char* name;
  std::string method, body;
  Act act;
};

class ReusedConnections : public Clients, public ::testing::WithParamInterface<Dying> {};

TEST_P(ReusedConnections, AreNeverUsedForASecondCopyOfARequest) {
  ScriptedServer server(io, {{}, {GetParam().act, ""}, {}});
  Client client(io, nullptr, {});
  ASSERT_EQ(text_of(ask_once(client, post(server.url("/first")))), "200 ok");
  const Outcome outcome =
      ask_once(client, {.method = GetParam().method, .url = server.url("/second"), .body = GetParam().body});
  EXPECT_TRUE(std::holds_alternative<Lost>(outcome)) << text_of(outcome);
  ASSERT_EQ(text_of(ask_once(client, post(server.url("/third")))), "200 ok");
  std::vector<int> connections;
  int copies = 0;
  for (const auto& request : server.seen()) {
    copies += request.head.contains(" /second ") ? 1 : 0;
    connections.push_back(request.connection);
  }
  EXPECT_EQ(copies, 1);
  ASSERT_EQ(connections.size(), 3U);
  EXPECT_EQ(connections[0], connections[1]) << "the second request was not sent on a reused connection";
}

INSTANTIATE_TEST_SUITE_P(
    Every, ReusedConnections,
    ::testing::Values(
        Dying{"PostDropped", "POST", "hello", Act::drop}, Dying{"PostReset", "POST", "hello", Act::reset},
        Dying{"EmptyPostDropped", "POST", "", Act::drop}, Dying{"EmptyPostReset", "POST", "", Act::reset},
        Dying{"LargePostDropped", "POST", std::string(300'000, 'x'), Act::drop},
        Dying{"GetDropped", "GET", "", Act::drop}, Dying{"GetReset", "GET", "", Act::reset},
        Dying{"DeleteDropped", "DELETE", "", Act::drop}, Dying{"PutDropped", "PUT", "hello", Act::drop}),
    [](const auto& each) { return each.param.name; });

TEST_F(Clients, CallARefusedConnectionNotSent) {
  std::string url;
  {
    url = ScriptedServer(io, {{}}).url();
  }
  Client client(io, nullptr, {});
  const Outcome outcome = ask_once(client, post(url));
  ASSERT_TRUE(std::holds_alternative<NotSent>(outcome)) << text_of(outcome);
  EXPECT_THAT(text_of(outcome), HasSubstr("127.0.0.1 could not be reached"));
}

TEST_F(Clients, CallAFailedHandshakeNotSent) {
  ScriptedServer server(io, {{}});  // speaks no TLS
  Client client(io, nullptr, {.connect_timeout = std::chrono::milliseconds(200)});
  const Outcome outcome = ask_once(client, post("https://127.0.0.1:" + std::to_string(server.port()) + "/"));
  EXPECT_TRUE(std::holds_alternative<NotSent>(outcome)) << text_of(outcome);
}

struct Broken {
  const char* name;
  Scene scene;
  const char* says;
};

class BrokenAnswers : public Clients, public ::testing::WithParamInterface<Broken> {};

TEST_P(BrokenAnswers, AreLost) {
  ScriptedServer server(io, {GetParam().scene});
  Client client(io, nullptr, {.max_answer = 1000});
  auto request = post(server.url());
  request.timeout = std::chrono::milliseconds(300);
  const Outcome outcome = ask_once(client, std::move(request));
  ASSERT_TRUE(std::holds_alternative<Lost>(outcome)) << text_of(outcome);
  EXPECT_THAT(text_of(outcome), HasSubstr(GetParam().says));
  EXPECT_EQ(server.seen().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Every, BrokenAnswers,
    ::testing::Values(
        Broken{"Silence", {Act::never, ""}, "did not answer within 0.3 s"},
        Broken{"Dropped", {Act::drop, ""}, "closed the connection before its answer was complete"},
        Broken{"HalfABody",
               {Act::answer_close, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"},
               "before its answer was complete"},
        Broken{"HalfAChunk",
               {Act::answer_close, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf"},
               "127.0.0.1"},
        Broken{"HalfAHead", {Act::answer_close, "HTTP/1.1 200 OK\r\nContent-Le"}, "127.0.0.1"},
        Broken{"OnlyAnInterimAnswer", {Act::answer_close, "HTTP/1.1 103 Early Hints\r\n\r\n"}, "127.0.0.1"},
        Broken{"Garbage", {Act::answer_close, "\x01\x02\x03 hello\r\n\r\n"}, "127.0.0.1"},
        Broken{"Huge",
               {Act::answer, "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'x')},
               "larger than 1000 bytes"},
        Broken{"HugeChunked",
               {Act::answer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
                                 std::string(2000, 'x') + "\r\n0\r\n\r\n"},
               "larger than 1000 bytes"}),
    [](const auto& each) { return each.param.name; });

TEST_F(Clients, ReadASlowAnswerToItsEnd) {
  ScriptedServer server(io, {{Act::drip, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"}});
  Client client(io, nullptr, {});
  EXPECT_EQ(text_of(ask_once(client, post(server.url()))), "200 hello");
}

TEST_F(Clients, SkipInterimAnswers) {
  ScriptedServer server(
      io,
      {{Act::answer, "HTTP/1.1 103 Early Hints\r\nX-A: 1\r\n\r\nHTTP/1.1 204 No Content\r\nX-B: 2\r\n\r\n"}});
  Client client(io, nullptr, {});
  const Outcome outcome = ask_once(client, post(server.url()));
  ASSERT_EQ(text_of(outcome), "204 ");
  EXPECT_EQ(wire::header(std::get<wire::Response>(outcome).headers, "x-a"), std::nullopt);
  EXPECT_EQ(wire::header(std::get<wire::Response>(outcome).headers, "x-b"), "2");
}

TEST_F(Clients, GiveARedirectBackUnfollowed) {
  ScriptedServer elsewhere(io, {{}});
  for (const char* status : {"301", "302", "303", "307", "308"}) {
    ScriptedServer server(io, {{Act::answer, std::string("HTTP/1.1 ") + status + " Go\r\nLocation: " +
                                                 elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n"}});
    Client client(io, nullptr, {});
    EXPECT_EQ(text_of(ask_once(client, post(server.url()))), std::string(status) + " ");
  }
  EXPECT_TRUE(elsewhere.seen().empty());
}

TEST_F(Clients, SpeakOnlyHttp) {
  Client client(io, nullptr, {});
  for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "nothing",
                          "http://user:pass@127.0.0.1/"}) {
    EXPECT_TRUE(std::holds_alternative<NotSent>(ask_once(client, {.url = url}))) << url;
  }
}

// ---- secrets ----

TEST_F(Clients, PutSecretsWhereTheRequestSays) {
  using Place = wire::Insert::Place;
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {});
  auto request = post(server.url("/bot{token}/send?x=1"), "a=b");
  request.secrets = {{"one", Place::path, "{token}"},
                     {"two", Place::query, "key"},
                     {"three", Place::form, "secret"},
                     {"four", Place::bearer, ""}};
  ask_once(client, request,
           {{"one", Secret("12:ab-c")},
            {"two", Secret("q&q")},
            {"three", Secret("f=f")},
            {"four", Secret("t.t")}});
  ASSERT_EQ(server.seen().size(), 1U);
  EXPECT_THAT(server.seen()[0].head, HasSubstr("POST /bot12:ab-c/send?x=1&key=q%26q HTTP/1.1\r\n"));
  EXPECT_THAT(server.seen()[0].head, HasSubstr("Authorization: Bearer t.t\r\n"));
  EXPECT_EQ(server.seen()[0].body, "a=b&secret=f%3Df");
}

TEST_F(Clients, PutSecretsIntoAJsonBody) {
  using Place = wire::Insert::Place;
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {});
  auto request = post(server.url(), R"({"a":{"b":[{}]}})");
  request.secrets = {{"one", Place::json, "password"}, {"two", Place::json, "/a/b/0/url"}};
  ask_once(client, request, {{"one", Secret("p\"w")}, {"two", Secret("https://x.example")}});
  ASSERT_EQ(server.seen().size(), 1U);
  EXPECT_EQ(server.seen()[0].body, R"({"a":{"b":[{"url":"https://x.example"}]},"password":"p\"w"})");
}

TEST_F(Clients, PutABasicPasswordIntoTheHeader) {
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {});
  auto request = post(server.url());
  request.secrets = {{"client_secret", wire::Insert::Place::basic_password, "me"}};
  ask_once(client, request, {{"client_secret", Secret("pass")}});
  EXPECT_THAT(server.seen()[0].head, HasSubstr("Authorization: Basic bWU6cGFzcw==\r\n"));
}

TEST_F(Clients, NameTheSecretThatIsMissing) {
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {});
  auto request = post(server.url());
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  const Outcome outcome = ask_once(client, request, {{"refresh", Secret("r")}});
  ASSERT_TRUE(std::holds_alternative<NotSent>(outcome));
  EXPECT_THAT(text_of(outcome), HasSubstr("no secret called \"access\""));
  EXPECT_TRUE(server.seen().empty());
}

TEST_F(Clients, SayNoSecretInTheirSentences) {
  std::string url;
  {
    url = ScriptedServer(io, {{}}).url("/");
  }
  Client client(io, nullptr, {});
  auto request = post("http://marker-of-a-secret.invalid/");
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  const Outcome outcome = ask_once(client, request, {{"access", Secret("marker-of-a-secret")}});
  EXPECT_THAT(text_of(outcome), Not(HasSubstr("marker-of-a-secret")));
}

TEST_F(Clients, RefuseAHeaderThatWouldBecomeTwo) {
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {});
  auto request = post(server.url());
  request.headers.push_back({"X-Note", "a\r\nX-Evil: b"});
  EXPECT_TRUE(std::holds_alternative<NotSent>(ask_once(client, request)));
  EXPECT_TRUE(server.seen().empty());
}

// ---- files ----

class OneFile final : public MediaSource {
 public:
  explicit OneFile(std::string text) : text_(std::move(text)) {}
  size_t read(MediaId, uint64_t offset, char* into, size_t size) override {
    if (fails_from && offset >= *fails_from) throw std::runtime_error("the disk is gone");
    largest = std::max(largest, size);
    return text_.copy(into, size, offset);
  }
  size_t largest = 0;
  std::optional<uint64_t> fails_from;

 private:
  std::string text_;
};

TEST_F(Clients, StreamASliceOfAFile) {
  OneFile file("0123456789");
  ScriptedServer server(io, {{}});
  Client client(io, &file, {});
  auto request = post(server.url());
  request.method = "PUT";
  request.body = wire::MediaSlice{.offset = 2, .length = 5};
  ask_once(client, request);
  EXPECT_EQ(server.seen().at(0).body, "23456");
  EXPECT_THAT(server.seen()[0].head, HasSubstr("Content-Length: 5\r\n"));
}

TEST_F(Clients, StreamMultipartWithItsExactLength) {
  OneFile file(std::string(3'000'000, 'v'));
  ScriptedServer server(io, {{}});
  Client client(io, &file, {});
  wire::Multipart form{.boundary = "edge"};
  form.parts.push_back({.name = "caption", .value = "Grüße"});
  form.parts.push_back({.name = "video",
                        .filename = "a.mp4",
                        .content_type = "video/mp4",
                        .value = wire::MediaSlice{.length = 3'000'000}});
  ask_once(client, {.method = "POST", .url = server.url(), .body = form});
  ASSERT_EQ(server.seen().size(), 1U);
  const std::string& body = server.seen()[0].body;
  EXPECT_THAT(server.seen()[0].head, HasSubstr("Content-Type: multipart/form-data; boundary=edge\r\n"));
  EXPECT_THAT(body,
              ::testing::StartsWith(
                  "--edge\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nGrüße\r\n--edge\r\n"));
  EXPECT_THAT(body, ::testing::EndsWith("vvv\r\n--edge--\r\n"));
  EXPECT_LE(file.largest, 1U << 20) << "the file was held, not streamed";
}

TEST_F(Clients, DoNotBeginWithAFileThatCannotBeRead) {
  OneFile file("short");
  ScriptedServer server(io, {{}});
  Client client(io, &file, {});
  auto request = post(server.url());
  request.body = wire::MediaSlice{.length = 10};
  EXPECT_TRUE(std::holds_alternative<NotSent>(ask_once(client, request)));
  EXPECT_TRUE(server.seen().empty());
}

TEST_F(Clients, CallAFileThatBreaksHalfwayLost) {
  OneFile file(std::string(1'000'000, 'v'));
  ScriptedServer server(io, {{}});
  Client client(io, &file, {});
  auto request = post(server.url());
  request.body = wire::MediaSlice{.length = 900'000};
  file.fails_from = 900'001;
  EXPECT_EQ(text_of(ask_once(client, request)), "200 ok");
  request.body = wire::MediaSlice{.offset = 0, .length = 900'000};
  struct Breaking final : MediaSource {
    size_t read(MediaId, uint64_t offset, char* into, size_t size) override {
      if (offset > 100'000 && size > 1) throw std::runtime_error("the disk is gone");
      std::fill_n(into, size, 'v');
      return size;
    }
  } breaking;
  Client other(io, &breaking, {});
  const Outcome outcome = ask_once(other, request);
  ASSERT_TRUE(std::holds_alternative<Lost>(outcome)) << text_of(outcome);
  EXPECT_THAT(text_of(outcome), HasSubstr("the disk is gone"));
}

// ---- the guard ----

class Guarded : public Clients, public ::testing::WithParamInterface<const char*> {};

TEST_P(Guarded, LoopbackIsRefusedHoweverItIsWritten) {
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {.guarded = true});
  const std::string url = std::string("http://") + GetParam() + ":" + std::to_string(server.port()) + "/";
  const Outcome outcome = ask_once(client, post(url));
  ASSERT_TRUE(std::holds_alternative<NotSent>(outcome)) << url << " " << text_of(outcome);
  EXPECT_EQ(server.connections(), 0);
}

INSTANTIATE_TEST_SUITE_P(Every, Guarded,
                         ::testing::Values("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1",
                                           "017700000001", "0177.0.0.1", "127.0.0.1.", "localhost",
                                           "127.0.0.2", "0.0.0.0", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
                                           "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
                         [](const auto& each) {
                           std::string name = each.param;
                           for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
                           return name + "_" + std::to_string(each.index);
                         });

TEST_F(Clients, SayWhyTheGuardRefused) {
  Client client(io, nullptr, {.guarded = true});
  EXPECT_THAT(text_of(ask_once(client, post("http://127.0.0.1:9/"))),
              HasSubstr("127.0.0.1 is a loopback address"));
}

TEST_F(Clients, MayReachAPrivateNetworkThatIsPermitted) {
  ScriptedServer server(io, {{}}), other(io, {{}});
  const auto permit = parse_permit("127.0.0.0/8:" + std::to_string(server.port()));
  ASSERT_TRUE(permit.has_value());
  Client client(io, nullptr, {.guarded = true, .permits = {*permit}});
  EXPECT_EQ(text_of(ask_once(client, post(server.url()))), "200 ok");
  EXPECT_TRUE(std::holds_alternative<NotSent>(ask_once(client, post(other.url()))))
      << "the permit names a port";
}

TEST_F(Clients, IgnoreAProxyOfTheEnvironment) {
  ScriptedServer proxy(io, {{}}), server(io, {{}});
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  Client client(io, nullptr, {});
  EXPECT_EQ(text_of(ask_once(client, post(server.url()))), "200 ok");
  ::unsetenv("http_proxy");
  EXPECT_TRUE(proxy.seen().empty());
}

// ---- load ----

TEST_F(Clients, RunManyRequestsOverFewConnections) {
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {.per_host = 4});
  int answered = 0;
  for (int i = 0; i < 100; ++i) {
    client.send(post(server.url()), {}, [&](Outcome outcome) {
      answered += std::holds_alternative<wire::Response>(outcome) ? 1 : 0;
      if (answered == 100) io.stop();
    });
  }
  io.run_for(std::chrono::seconds(60));
  EXPECT_EQ(answered, 100);
  EXPECT_LE(server.connections(), 4);
  EXPECT_EQ(server.seen().size(), 100U);
}

TEST_F(Clients, TakeRequestsFromAnyThread) {
  ScriptedServer server(io, {{}});
  Client client(io, nullptr, {});
  const auto keep_running = asio::make_work_guard(io);
  int answered = 0;  // touched on the loop's thread only
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        client.send(post(server.url()), {}, [&](Outcome outcome) {
          answered += std::holds_alternative<wire::Response>(outcome) ? 1 : 0;
          if (answered == 100) io.stop();
        });
      }
    });
  }
  io.run_for(std::chrono::seconds(60));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, 100);
}

TEST_F(Clients, CallARequestThatWaitedTooLongForAConnectionNotSent) {
  ScriptedServer server(io, {{Act::never, ""}});
  Client client(io, nullptr, {.per_host = 1});
  std::vector<std::string> said;
  for (const char* path : {"/first", "/second"}) {
    auto request = post(server.url(path));
    request.timeout = std::chrono::milliseconds(200);
    client.send(std::move(request), {}, [&](Outcome outcome) {
      said.push_back(text_of(outcome));
      if (said.size() == 2) io.stop();
    });
  }
  io.run_for(std::chrono::seconds(60));
  EXPECT_THAT(said, ::testing::UnorderedElementsAre(::testing::StartsWith("lost: "),
                                                    ::testing::StartsWith("not sent: ")));
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST_F(Clients, MayBeDestroyedWhileRequestsAreUnderWay) {
  ScriptedServer server(io, {{Act::never, ""}});
  bool told = false;
  auto client = std::make_unique<Client>(io, nullptr, ClientOptions{});
  client->send(post(server.url()), {}, [&](Outcome) { told = true; });
  while (server.seen().empty()) io.run_one();
  client.reset();
  io.poll();
  EXPECT_FALSE(told);
}

TEST_F(Clients, AnIdleClientLetsItsLoopEnd) {
  Client client(io, nullptr, {});
  {
    ScriptedServer server(io, {{}});
    EXPECT_EQ(text_of(ask_once(client, post(server.url()))), "200 ok");
  }
  io.restart();
  io.run_for(std::chrono::seconds(60));
  EXPECT_TRUE(io.stopped());
}

}  // namespace
}  // namespace carillon::net
