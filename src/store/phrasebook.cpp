#include "store/phrasebook.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "store/rows.h"

namespace carillon::store {
namespace {
namespace json = boost::json;

HashtagGroup group_at(const Row& row, WorkspaceId workspace) {
  return {row.id<HashtagGroupId>(0), workspace, row.text(1), list_from(row.text(2))};
}

std::string own_text(const Variable& variable) {
  json::object own;
  for (const auto& [account, text] : variable.own) own[account.text()] = text;
  return object_text(own);
}

Variable variable_at(const Row& row) {
  Variable variable{row.text(0), row.text(1), {}};
  for (const auto& [name, text] : object_from(row.text(2))) {
    const auto account = AccountId::parse({name.data(), name.size()});
    if (account && text.is_string()) variable.own.emplace(*account, std::string(text.get_string()));
  }
  return variable;
}

std::string template_text(const UtmTemplate& utm) {
  return json::serialize(json::object{{"on", utm.on},
                                      {"in_text", utm.in_text},
                                      {"source", utm.source},
                                      {"medium", utm.medium},
                                      {"campaign", utm.campaign},
                                      {"content", utm.content},
                                      {"excluded", json::array(utm.excluded.begin(), utm.excluded.end())}});
}

UtmTemplate template_from(const std::string& text) {
  const json::value value = json::parse(text);
  const json::object& object = value.as_object();
  const auto word = [&](const char* name) { return std::string(object.at(name).as_string()); };
  UtmTemplate utm{object.at("on").as_bool(),
                  object.at("in_text").as_bool(),
                  word("source"),
                  word("medium"),
                  word("campaign"),
                  word("content"),
                  {}};
  for (const json::value& host : object.at("excluded").as_array())
    utm.excluded.emplace_back(host.as_string());
  return utm;
}

Fault name_taken(const std::string& name) {
  return {.kind = FaultKind::duplicate,
          .code = "name_taken",
          .text = fmt::format("There is a group called “{}” already.", name),
          .field = "name",
          .remedy = "Choose another name, or edit that one."};
}

}  // namespace

std::vector<HashtagGroup> Phrasebook::groups(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT id, name, tags FROM hashtag_groups WHERE workspace = $1 ORDER BY name", workspace);
  std::vector<HashtagGroup> groups;
  for (size_t i = 0; i < rows.size(); ++i) groups.push_back(group_at(rows[i], workspace));
  return groups;
}

std::optional<HashtagGroup> Phrasebook::group(WorkspaceId workspace, HashtagGroupId id) {
  const Rows rows = unit_.connection()(
      "SELECT id, name, tags FROM hashtag_groups WHERE workspace = $1 AND id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(group_at(rows[0], workspace));
}

Result<void> Phrasebook::put(const HashtagGroup& group) {
  Connection& db = unit_.connection();
  const Rows other = db("SELECT id FROM hashtag_groups WHERE workspace = $1 AND name = $2 AND id <> $3",
                        group.workspace, group.name, group.id);
  if (!other.empty()) return refuse(name_taken(group.name));
  db("INSERT INTO hashtag_groups (workspace, id, name, tags) VALUES ($1, $2, $3, $4) "
     "ON CONFLICT (workspace, id) DO UPDATE SET name = excluded.name, tags = excluded.tags",
     group.workspace, group.id, group.name, list_text(group.tags));
  return {};
}

bool Phrasebook::remove(WorkspaceId workspace, HashtagGroupId id) {
  return unit_.connection()("DELETE FROM hashtag_groups WHERE workspace = $1 AND id = $2", workspace, id)
             .changed > 0;
}

std::vector<Variable> Phrasebook::variables(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT name, text, own FROM variables WHERE workspace = $1 ORDER BY name", workspace);
  std::vector<Variable> variables;
  for (size_t i = 0; i < rows.size(); ++i) variables.push_back(variable_at(rows[i]));
  return variables;
}

std::optional<Variable> Phrasebook::variable(WorkspaceId workspace, const std::string& name) {
  const Rows rows = unit_.connection()(
      "SELECT name, text, own FROM variables WHERE workspace = $1 AND name = $2", workspace, name);
  return rows.empty() ? std::nullopt : std::optional(variable_at(rows[0]));
}

void Phrasebook::put(WorkspaceId workspace, const Variable& variable) {
  unit_.connection()(
      "INSERT INTO variables (workspace, name, text, own) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (workspace, name) DO UPDATE SET text = excluded.text, own = excluded.own",
      workspace, variable.name, variable.text, own_text(variable));
}

bool Phrasebook::remove(WorkspaceId workspace, const std::string& name) {
  return unit_.connection()("DELETE FROM variables WHERE workspace = $1 AND name = $2", workspace, name)
             .changed > 0;
}

PlanningRules Phrasebook::rules(WorkspaceId workspace) {
  const Rows rows =
      unit_.connection()("SELECT utm, clash, duplicate FROM planning WHERE workspace = $1", workspace);
  if (rows.empty()) return {};
  return {template_from(rows[0].text(0)), {Duration(rows[0].integer(1)), Duration(rows[0].integer(2))}};
}

void Phrasebook::put(WorkspaceId workspace, const PlanningRules& rules) {
  unit_.connection()(
      "INSERT INTO planning (workspace, utm, clash, duplicate) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (workspace) DO UPDATE SET utm = excluded.utm, clash = excluded.clash, "
      "duplicate = excluded.duplicate",
      workspace, template_text(rules.utm), rules.nearness.clash.count(), rules.nearness.duplicate.count());
}

plan::Wording Phrasebook::wording(WorkspaceId workspace) {
  plan::Wording wording{variables(workspace), rules(workspace).utm, "UTC"};
  const Rows rows = unit_.connection()("SELECT zone FROM workspaces WHERE id = $1", workspace);
  if (!rows.empty()) wording.zone = rows[0].text(0);
  return wording;
}

}  // namespace carillon::store
