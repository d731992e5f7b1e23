// The engine's port: due rows out, decisions in. Each call is one transaction, on a storage thread.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "delivery/engine.h"
#include "store/unit.h"

namespace carillon::store {

struct DueRows {
  std::vector<delivery::Ticket> tickets;  // by due, then id
  std::optional<Instant> next;            // due of the first row of that line that was not read
};

struct QueueHead {
  WorkspaceId workspace;
  AccountId account;
  Line line;
  Instant due;
};

// Who may dispatch. Taken over at start by the same installation; every apply() checks the epoch.
struct Tenure {
  std::string holder;
  int64_t epoch = 0;
};

class Journal {
 public:
  explicit Journal(Unit& unit) : unit_(unit) {}

  // Fault: unavailable while another holder's lease lasts. Raises the epoch.
  Result<Tenure> take_office(const std::string& holder, Duration lasts, Instant now);
  bool renew(const Tenure& tenure, Duration lasts, Instant now);  // false: lost

  std::vector<QueueHead> queues();                // one per line that has unsettled rows
  std::vector<delivery::Ticket> open_attempts();  // rows in flight, with delivery.attempt set
  std::vector<LaneState> lanes();                       // of everybody: the engine's
  std::vector<LaneState> lanes(WorkspaceId workspace);  // its own, and those that workspaces share
  std::vector<Account> accounts();
  bool held();  // the installation is held (restored, stopped)

  // Keeps how far the wall clock is from the clock of this boot, and gives by how much it moved since it was kept: a
  // jump while nobody was there. 0 when another boot kept it.
  Duration note_clock(const std::string& boot, Duration offset);
  void keep(const std::vector<LaneState>& lanes);  // moved with the clock: in the transaction that notes it

  DueRows due(const delivery::Claim& claim, Instant now);
  // Throws OutOfOffice when the tenure's epoch is not the current one. Tallies change with the rows. A
  // settled delivery's followers become due now, or skipped. A wish that came after `save.seen` stays on the
  // row.
  delivery::Saved apply(const delivery::Save& save, const Tenure& tenure, Instant now);

 private:
  void tell_known(std::vector<delivery::Ticket>& tickets, const delivery::Claim& claim);
  Unit& unit_;
};

// Somebody else dispatches now: stop at once, write nothing.
struct OutOfOffice : std::runtime_error {
  OutOfOffice() : std::runtime_error("Another server has taken over dispatching.") {}
};

}  // namespace carillon::store
