// The queue as the API writes it: slots by weekday, and the coming days of accounts with what is in them.
// Functions that take a unit run on a storage thread, inside its transaction.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/json.h"
#include "api/queue_desk.h"
#include "plan/slots.h"

namespace carillon::api {

struct SlotsOf {
  Account account;
  std::string zone;
  bool usual = false;  // it was given none of its own
  std::vector<plan::Slot> slots;
};
SlotsOf slots_of(store::Unit& unit, const Account& account);
std::string render(const SlotsOf& slots);

struct Span {
  Instant from, until;
};
// Schema QueueView.
std::string queue_view(store::Unit& unit, std::span<const Account> accounts, Span span);

void write(Json& json, const PickedSlot& picked);  // schema PickedSlot

}  // namespace carillon::api
