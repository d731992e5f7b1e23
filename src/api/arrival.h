// The bytes of one request on their way into an upload: written, hashed, made durable every now and then, and
// only then counted. What has arrived before a cut stays. One request; the listener's thread.
#pragma once

#include "api/awaited.h"
#include "api/desk.h"
#include "api/request.h"
#include "base/digest.h"
#include "media/parts.h"
#include "store/media.h"

namespace carillon::api {

class Arrival {
 public:
  Arrival(Desk& desk, media::Part part) : desk_(desk), part_(std::move(part)) {}

  // Takes the body in; `upload` says how far it came, also after a refusal. Fault: the exchange's; invalid,
  // "too_large" (more than was announced) or "wrong_content_type"; what media::Part says.
  Awaitable<Result<void>> receive(Request& request, store::Upload& upload);

 private:
  Awaitable<Result<void>> stream(Request& request, store::Upload& upload);
  Awaitable<Result<void>> put();
  Awaitable<Result<void>> checkpoint(store::Upload& upload);
  Result<void> look_at_start();

  Desk& desk_;
  media::Part part_;
  Sha256Stream hash_;
  std::string buffer_, start_;
  uint64_t at_ = 0;  // bytes written, durable or not
};

}  // namespace carillon::api
