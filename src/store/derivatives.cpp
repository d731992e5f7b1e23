#include "store/derivatives.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "store/rows.h"

namespace carillon::store {
namespace {

namespace json = boost::json;

Derivative derivative_at(const Row& row) {
  boost::system::error_code error;
  const auto recipe = recipe_from_json(json::parse(row.text(3), error));
  if (error || !recipe) throw StoreError(StoreError::Kind::broken, "a stored recipe is damaged");
  return {row.id<MediaId>(0), row.id<MediaId>(1), row.text(2), *recipe};
}

}  // namespace

bool Derivatives::add(WorkspaceId workspace, const Derivative& one) {
  if (made(workspace, one.print)) return false;
  unit_.connection()(
      "INSERT INTO derivatives (workspace, media, origin, print, recipe) VALUES ($1, $2, $3, $4, $5)",
      workspace, one.media, one.origin, one.print, json::serialize(to_json(one.recipe)));
  return true;
}

std::optional<Derivative> Derivatives::find(WorkspaceId workspace, MediaId media) {
  const Rows rows = unit_.connection()(
      "SELECT media, origin, print, recipe FROM derivatives WHERE workspace = $1 AND media = $2", workspace,
      media);
  return rows.empty() ? std::nullopt : std::optional(derivative_at(rows[0]));
}

std::optional<MediaId> Derivatives::made(WorkspaceId workspace, const std::string& print) {
  const Rows rows = unit_.connection()("SELECT media FROM derivatives WHERE workspace = $1 AND print = $2",
                                       workspace, print);
  return rows.empty() ? std::nullopt : std::optional(rows[0].id<MediaId>(0));
}

std::vector<Derivative> Derivatives::of(WorkspaceId workspace, MediaId origin) {
  const Rows rows = unit_.connection()(
      "SELECT media, origin, print, recipe FROM derivatives WHERE workspace = $1 AND origin = $2 ORDER BY "
      "media",
      workspace, origin);
  std::vector<Derivative> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(derivative_at(rows[i]));
  return all;
}

void Derivatives::remove(WorkspaceId workspace, MediaId media) {
  unit_.connection()("DELETE FROM derivatives WHERE workspace = $1 AND (media = $2 OR origin = $2)",
                     workspace, media);
}

}  // namespace carillon::store
