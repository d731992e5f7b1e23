// Mail about notices, on its way: durable before it leaves, at most once for each notice and person as far as
// SMTP can say. Storage threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/people.h"
#include "store/unit.h"

namespace carillon::store {

// What one person is told in one mail.
struct Bundle {
  WorkspaceId workspace;
  UserId person;
  std::string email, name;
  int64_t tries = 0;  // of the one that was tried most often
  std::vector<Notice> notices;
};

struct MailCount {
  int64_t waiting = 0, sent = 0, refused = 0, unknown = 0;
};

class Mails {
 public:
  static constexpr size_t largest_bundle = 50;
  enum class Fate : uint8_t { waits, handing_over, sent, refused, unknown };

  explicit Mails(Unit& unit) : unit_(unit) {}

  // Makes rows for new notices; without a mail server they are passed by. Gives how many notices.
  int64_t gather(bool wanted, Instant now);
  // The next person who has something due, with up to largest_bundle notices; from now on these are being
  // handed over.
  std::optional<Bundle> take(Instant now);
  void settle(const Bundle& bundle, Fate fate, Instant now);
  void again(const Bundle& bundle, const std::string& trouble, Instant due);
  // What was being handed over when the last process ended: nobody knows whether it arrived. Gives how many.
  int64_t give_up_open(Instant now);
  MailCount count(Instant since);  // waiting: all; the others: settled since then
  int64_t forget_before(Instant then);

 private:
  Unit& unit_;
};

}  // namespace carillon::store
