// How one network is spoken to. A delivery is a conversation: given where it stands and what just happened, a
// channel answers with the next move. Pure: no clock, no socket, no storage; same input, same move.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/fault.h"
#include "channels/traits.h"
#include "model/account.h"
#include "model/content.h"
#include "model/delivery.h"
#include "wire/request.h"

namespace carillon::channels {

// One delivery as a channel sees it. References live as long as the call.
struct Job {
  DeliveryId id;
  const Account& from;
  const Content& content;
  uint32_t part;                         // which part of the content this delivery is
  const std::string& reply_to;           // external id of the part before; empty for the first
  const std::vector<MediaFacts>& media;  // facts of every medium of this part, in its order
  Instant now;
  const std::vector<std::string>* known = nullptr;  // external ids that belong to other deliveries of the account
  bool only_ask = false;  // after Vanished: nothing may be published any more, a look-up or nothing

  const ContentPart& body() const { return content.parts[part]; }
  bool is_known(std::string_view external_id) const {
    return known && std::ranges::find(*known, external_id) != known->end();
  }
};

// May a request be sent again when its answer is lost? (engine-invariants section 4)
enum class Repeat : uint8_t {
  safe,   // harmless, or keyed so that the platform makes one of two: send the same again
  probe,  // ask the platform whether it exists before anything else
  never,  // the platform cannot be asked: a person must settle it
};

// Make this request. `then` is stored before the request leaves and speaks of it: from `then` alone the channel
// can make the same request again (Due) or say what to do when its answer is lost (Vanished).
struct Send {
  wire::Request request;
  Repeat repeat = Repeat::safe;
  bool publishes = false;          // if it is accepted, something is out there for people to see
  std::vector<std::string> lanes;  // names of lanes in the channel's traits ("post", "upload", "read")
  Progress then;
};
// The platform needs time: look again after span, with Due.
struct Wait {
  Duration span;
  Progress then;
};
struct Done {
  std::string external_id, url;
  std::string lacks{};  // it is out, but something of it is not as it was wanted: told to a person
};
// Answers to a look-up: it is certainly not there; or the platform could not tell. Of a publishing request: it was
// taken, but whether it is out, or whole, is asked next, with `then`. From there nobody may call it unsent.
struct Absent {};
struct Unclear {
  std::string why;
  std::optional<Progress> then{};
};

using Move = std::variant<Send, Wait, Done, Fault, Absent, Unclear>;

// What happened.
struct Due {};        // make the request that the progress speaks of ("start": the first one). Nothing of it is
                      // out there: it was never sent, was refused, or is harmless to repeat
struct Replied {      // the answer to the request that the progress speaks of; status is never 0
  const wire::Response& response;
};
struct Vanished {};   // the answer is lost. Allowed moves: Send of a look-up (publishes = false), Unclear, or for
                      // Repeat::safe the same Send again
struct Disproved {};  // the platform or a person says that it is not there: Send the publishing request again

using Event = std::variant<Due, Replied, Vanished, Disproved>;

// Plain words as they are written where a markup gives some signs a meaning.
using Escape = std::string (*)(std::string_view plain);

class Channel {
 public:
  virtual ~Channel() = default;
  virtual const Traits& traits() const = 0;
  // The conversation. Progress{"start"} with Due begins it. Progress facts are the channel's own.
  virtual Move step(const Job& job, const Progress& progress, const Event& event) const = 0;
  // What the answer says about limits, whatever its status: lanes to close, and until when. `lanes` are those that
  // the request took (Send.lanes): headers speak of the endpoint that was asked, and nothing else says which one.
  virtual std::vector<LaneNews> limits_in(const std::vector<std::string>& lanes, const wire::Response& response,
                                          Instant now) const = 0;
  // Everything about this content that this network will not take, or that a person should know. Counted as
  // the network counts.
  virtual CheckReport check(const Account& account, const ContentPart& part, uint32_t index,
                            const Content& content, const std::vector<MediaFacts>& media) const = 0;
  // For a part whose text is written in a markup; nullptr: words stand in it as they are.
  virtual Escape escape(const ContentPart&, const boost::json::object&) const { return nullptr; }
};

}  // namespace carillon::channels
