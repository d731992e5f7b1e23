// How an account of a network is connected, refreshed and tested: pure descriptions of requests and readings
// of answers. Who sends them: run/ and api/. Secrets in requests are Inserts by name; fresh secrets come back
// as Tokens, which are Secrets.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "model/account.h"
#include "wire/request.h"

namespace carillon::channels {

// The application registered with a network: from configuration, or (Mastodon) registered on the spot.
struct App {
  std::string network;
  std::string client_id;       // where a token connects: what Login says
  std::string authorize_base;  // where the consent page lives: "https://x.com"
  std::string api_base;        // where the API lives: "https://api.x.com"
  bool vetted = true;          // the network lets it ask for every scope; else only for those needed always
  // Its secret is in the credential as "client_secret".
};

using Credential = std::map<std::string, Secret>;  // "access", "refresh", "client_secret", "page", "user"

struct Tokens {
  Credential secrets;               // to be merged over what is stored; a missing "refresh" keeps the old one
  std::optional<Duration> lives;    // of the access token, from now
  std::vector<std::string> scopes;  // granted; empty: not said
};

// What a login by token begins with.
struct Login {
  std::string client_id;  // App.client_id: a chat, a channel, a user's name
  std::string api_base;   // another server than the network's own; empty: its own
  Credential secrets;
};

// One identity that the fresh credential can speak for (a Facebook login has several pages).
struct Identity {
  std::string external_id, name, handle, avatar_url;
  Credential secrets;  // its own, over the login's (page token)
  boost::json::object facts;
  std::vector<std::string> missing;  // permissions it lacks
};

// The consent to ask for. verifier is empty where the network has no PKCE.
struct Consent {
  std::string state, challenge, redirect_uri;
};

// A connection is a short conversation like a delivery: each step gives a request, and reads its answer.
class Auth {
 public:
  virtual ~Auth() = default;
  virtual bool uses_pkce() const = 0;
  // Registers an app on the network when that is how it works (Mastodon). none: the App is given.
  virtual std::optional<wire::Request> register_app(const std::string& api_base,
                                                    const std::string& redirect_uri) const = 0;
  virtual Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                                      const wire::Response&) const = 0;
  virtual std::string consent_url(const App& app, const Consent& consent) const = 0;
  // Code for tokens. The code and verifier are put in as secrets "code" and "verifier" by the caller.
  virtual wire::Request exchange(const App& app, const std::string& redirect_uri) const = 0;
  virtual Result<Tokens> read_tokens(const wire::Response& response) const = 0;
  // By token: what was typed into the connect fields, as the exchange wants it. Those that must be there are.
  virtual Result<Login> read_typed(const std::map<std::string, std::string>&) const { return Login{}; }
  // After the exchange: a longer-lived credential, where the network has one (Facebook). none: not needed.
  virtual std::optional<wire::Request> lengthen(const App& app) const = 0;
  // Whom can it speak for?
  virtual wire::Request identities(const App& app) const = 0;
  virtual Result<std::vector<Identity>> read_identities(const App& app, const wire::Response&) const = 0;
  // Where one answer does not name them all: the next question, with what was found so far; asked until none.
  virtual std::optional<wire::Request> further(const App&, const std::vector<Identity>&) const { return {}; }
  // Adds to what was found. Whatever the answer, it must lead on: the same question is not asked twice.
  virtual void read_further(const App&, const wire::Response&, std::vector<Identity>&) const {}
  // What the server or the bot says about itself, once at connecting: goes into Account.facts of every
  // identity. none: nothing to ask. An answer that cannot be read gives no facts and stops nobody.
  virtual std::optional<wire::Request> about(const App&) const { return std::nullopt; }
  virtual boost::json::object read_about(const wire::Response&) const { return {}; }
  // How long before its end a credential is refreshed: short ones shortly before, those of weeks days before.
  virtual Duration refreshed_before() const { return std::chrono::minutes(24); }
  // Refresh of an account's credential; none where tokens cannot be refreshed.
  virtual std::optional<wire::Request> refresh(const App& app, const Account& account) const = 0;
  // A definite refusal is a Fault unauthorized; anything unclear is unavailable (never disconnects).
  virtual Result<Tokens> read_refresh(const wire::Response& response) const = 0;
  // A harmless request that proves the connection, and what its answer says (findings in words).
  virtual wire::Request test(const Account& account) const = 0;
  virtual Result<std::string> read_test(const Account& account, const wire::Response& response) const = 0;
  // Revocation at the platform when the account is disconnected; none: not offered.
  virtual std::optional<wire::Request> revoke(const App& app, const Account& account) const = 0;
};

}  // namespace carillon::channels
