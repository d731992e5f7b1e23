// The document and the program say the same.
#include "api/contract.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <set>

#include "api/routes.h"
#include "api/testing/schema.h"
#include "base/text.h"

namespace carillon::api {
namespace {

namespace json = boost::json;

const json::object& paths() {
  return contract_document().at("paths").as_object();
}

std::set<std::string> documented() {
  std::set<std::string> all;
  for (const auto& path : paths()) {
    for (const auto& operation : path.value().as_object()) {
      all.insert(std::string(operation.key()) + " " + std::string(path.key()));
    }
  }
  return all;
}

TEST(Contract, DocumentsEveryRouteAndNothingElse) {
  std::set<std::string> routed;
  for (const Route& route : routes())
    routed.insert(lowered(to_text(route.method)) + " " + std::string(route.pattern));
  EXPECT_EQ(documented(), routed);
}

TEST(Contract, NamesThePermissionThatTheRouteTableDeclares) {
  for (const Route& route : routes()) {
    const auto& operation = paths().at(route.pattern).at(lowered(to_text(route.method)));
    EXPECT_EQ(operation.at("x-permission").as_string(), to_text(route.permission)) << route.pattern;
  }
}

TEST(Contract, DocumentsABodyExactlyWhereOneIsTaken) {
  for (const Route& route : routes()) {
    const auto& operation = paths().at(route.pattern).at(lowered(to_text(route.method))).as_object();
    EXPECT_EQ(operation.contains("requestBody"), route.body.kind != Body::Kind::none) << route.pattern;
  }
}

TEST(Contract, GivesEveryOperationAnIdOfItsOwn) {
  std::set<std::string> ids;
  for (const auto& path : paths()) {
    for (const auto& operation : path.value().as_object()) {
      const std::string id(operation.value().at("operationId").as_string());
      EXPECT_TRUE(ids.insert(id).second) << id << " is there twice";
    }
  }
}

TEST(Contract, HasExamplesThatFitTheirSchemas) {
  size_t examples = 0;
  for (const auto& schema : contract_document().at("components").at("schemas").as_object()) {
    const auto* example = schema.value().as_object().if_contains("example");
    if (!example) continue;
    ++examples;
    for (const auto& misfit : misfits(*example, schema.value()))
      ADD_FAILURE() << schema.key() << ": " << misfit;
  }
  EXPECT_GT(examples, 20U);
}

TEST(Contract, HoldsEveryPermissionThatAKeyCanHave) {
  std::set<std::string> named, known;
  const auto& schema = contract_document().at("components").at("schemas").at("Permission");
  for (const auto& word : schema.at("enum").as_array()) named.insert(std::string(word.as_string()));
  for (const Permission scope : scopes()) known.insert(std::string(to_text(scope)));
  EXPECT_EQ(named, known);
}

TEST(Misfits, NoticesWhatDoesNotFit) {
  const auto& user = contract_document().at("components").at("schemas").at("User");
  json::value example = user.at("example");
  EXPECT_TRUE(misfits(example, user).empty());
  example.as_object()["password_hash"] = "x";
  EXPECT_FALSE(misfits(example, user).empty());
  example = user.at("example");
  example.as_object()["role"] = "king";
  EXPECT_FALSE(misfits(example, user).empty());
  example = user.at("example");
  example.as_object().erase("email");
  EXPECT_FALSE(misfits(example, user).empty());
}

}  // namespace
}  // namespace carillon::api
