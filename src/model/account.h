// Who speaks: one connected identity on one network, its address, its health. The credential itself is sealed
// in store/ and never in this struct.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon {

// Whether deliveries of this account may start. Anything but `none` holds them (they stay waiting).
enum class Hold : uint8_t { none, refreshing, reconnect, permission, restricted, disabled, disconnected };

struct Account {
  AccountId id;
  WorkspaceId workspace;
  std::string network;      // "x", "facebook", "mastodon", "telegram": the key into the channel registry
  std::string external_id;  // the network's id of this identity (page id, chat id, user id)
  std::string name;         // display name
  std::string handle;       // "@shop", "@shop@mastodon.example", page name
  std::string avatar_url;
  std::string zone;         // IANA zone of this account; empty: the workspace's
  std::string api_base;     // where its API lives, no trailing slash: "https://api.x.com", "http://127.0.0.1:8071/x"
  bool sandbox = false;     // lives in the sandbox: labelled everywhere
  Hold hold = Hold::none;
  std::string hold_text;    // why it is held, for people
  std::vector<std::string> scopes;          // granted
  std::optional<Instant> expires;           // of the access credential; none: does not expire
  bool refreshable = false;                 // a refresh token is stored
  boost::json::object facts;                // what the network told about itself (limits of a Mastodon server, …)
  Instant connected;
  Instant checked;                          // last successful test or delivery
  bool operator==(const Account&) const = default;
};

std::string_view to_text(Hold hold);
std::optional<Hold> hold_from(std::string_view text);

}  // namespace carillon
