#include "store/delivery_rows.h"

#include <algorithm>

#include "delivery/reasons.h"
#include "store/rows.h"

namespace carillon::store {

Delivery new_delivery(const Post& post, AccountId account, ContentId content, uint32_t part,
                      const Delivery* before, Instant due, Minter& mint) {
  const bool waits = before && before->state != DeliveryState::delivered;
  Delivery d;
  d.id = mint.make<DeliveryId>();
  d.workspace = post.workspace;
  d.post = post.id;
  d.account = account;
  d.content = content;
  d.part = part;
  if (before) d.follows = before->id;
  d.reason = waits ? delivery::reason::after_part : delivery::reason::scheduled;
  d.due = waits ? due + part_patience : due;
  d.planned = due;
  d.late = post.late;
  return d;
}

void insert_delivery(Connection& connection, const Delivery& d, int64_t place) {
  connection.tell(
      "INSERT INTO deliveries (workspace, id, post, account, content, part, follows, state, line, reason, "
      "due, planned, "
      "late_then, late_within, step, facts, tries, asks, resends, wish, attempt, external_id, url, fault, "
      "settled, "
      "superseded, revision, place, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
      "$13, $14, "
      "'start', '', 0, 0, 0, 0, NULL, '', '', '', 0, 0, 0, $15, 0)",
      d.workspace, d.id, d.post, d.account, d.content, d.part, d.follows, number_of(d.state),
      number_of(d.line), d.reason, d.due, d.planned, number_of(d.late.then), d.late.within.count(), place);
}

std::vector<Delivery> deliveries_of(Connection& connection, WorkspaceId workspace, PostId post,
                                    bool current) {
  const Rows rows = connection("SELECT " DELIVERY_COLUMNS
                               ", d.place FROM deliveries d WHERE d.workspace = $1 AND d.post = $2 "
                               "AND d.superseded <= $3",
                               workspace, post, !current);
  // Sorted here: a sorter in the database costs more than most posts have rows.
  std::vector<std::pair<int64_t, Delivery>> placed;
  placed.reserve(rows.size());
  for (size_t i = 0; i < rows.size(); ++i)
    placed.emplace_back(rows[i].integer(delivery_width), delivery_at(rows[i]));
  std::ranges::sort(placed, {}, [](const auto& each) { return std::pair(each.first, each.second.id); });
  std::vector<Delivery> deliveries;
  deliveries.reserve(placed.size());
  for (auto& [place, d] : placed) deliveries.push_back(std::move(d));
  return deliveries;
}

void supersede(Connection& connection, const Delivery& d, Tally& change) {
  connection.tell(
      "UPDATE deliveries SET superseded = 1, revision = revision + 1 WHERE workspace = $1 AND id = $2",
      d.workspace, d.id);
  --change[d.state];
}

bool may_be_out(Connection& connection, const Delivery& d) {
  return !connection(
              "SELECT number FROM attempts WHERE workspace = $1 AND delivery = $2 AND publishes = 1 "
              "AND outcome IN (0, 4) LIMIT 1",
              d.workspace, d.id)
              .empty();
}

}  // namespace carillon::store
