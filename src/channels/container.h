// Networks that publish in two steps: a container that the network fills by fetching the media from an
// address of this server, then its publication. The container's id works as a key: its status tells whether
// it was published. This is the course of such a conversation; what the requests look like is each network's
// own. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "channels/conversation.h"

namespace carillon::channels {

class ContainerTalk : public Conversation {
 protected:
  // Where a container stands.
  enum class Standing : uint8_t { working, finished, published, expired };
  // A refusal of the publication that leads back: the container is not ready yet, or is gone.
  enum class Setback : uint8_t { none, not_ready, gone };
  // What a request is for: networks count them apart.
  enum class Errand : uint8_t { make, read, publish };

  Move due(const Job& job, const Progress& progress) const override;
  Move replied(const Job& job, const Progress& progress, const wire::Response& response) const override;
  Move vanished(const Job& job, const Progress& progress) const override;
  Move disproved(const Job& job, const Progress& progress) const override;

  // How many containers are made before the one that is published; 0: it has no children.
  virtual size_t children(const Job& job) const = 0;
  // Why this cannot be made at all; none: it can.
  virtual std::optional<Fault> impossible(const Job& job) const = 0;
  // Makes a child (its medium), or the container itself.
  virtual wire::Request make_child(const Job& job, size_t which) const = 0;
  virtual wire::Request make(const Job& job, const std::vector<std::string>& made) const = 0;
  virtual wire::Request ask(const Job& job, const std::string& container) const = 0;
  virtual std::variant<Standing, Fault> read_standing(const Job& job,
                                                      const wire::Response& response) const = 0;
  virtual wire::Request publish(const Job& job, const std::string& container) const = 0;
  virtual Setback setback(const wire::Response& response) const = 0;
  // Whatever was published since (facts say since when, and which page).
  virtual Send list(const Job& job, boost::json::object facts) const = 0;
  // Does one of that list have the words of this post?
  virtual bool says_the_same(const boost::json::value& one, const Job& job) const = 0;
  virtual Fault fault(const wire::Response& response, Instant now) const = 0;
  virtual Move published(const Job& job, const std::string& id, const std::string& url) const = 0;
  virtual std::vector<std::string> lanes(const Job& job, Errand errand) const = 0;

 private:
  Move go_on(const Job& job, boost::json::object facts) const;
  Send made(const Job& job, boost::json::object facts) const;
  Send inspect(const Job& job, boost::json::object facts, const char* step) const;
  Send send_out(const Job& job, boost::json::object facts) const;
  Move on_made(const Job& job, const Progress& progress, const wire::Response& response) const;
  Move on_standing(const Job& job, const Progress& progress, const wire::Response& response) const;
  Move on_published(const Job& job, const Progress& progress, const wire::Response& response) const;
  bool is_ours(const boost::json::value& one, const Job& job, const boost::json::object& facts) const;
  // Done, the next page as Send, Unclear or a Fault. The post is known to be there.
  Move read_list(const Job& job, const Progress& progress, const wire::Response& response) const;
  Move on_looked_up(const Job& job, const Progress& progress, const wire::Response& response) const;
  Move again(const Job& job, boost::json::object facts) const;
};

}  // namespace carillon::channels
