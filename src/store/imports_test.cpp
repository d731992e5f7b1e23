#include "store/imports.h"

#include "store/tasks.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(ImportsTest);

TEST_P(ImportsTest, ARowIsKnownAsLongAsItsPostIsThere) {
  const Post one = post({first.id}), other = post({first.id});
  work([&](Unit& unit) {
    Imports imports(unit);
    EXPECT_FALSE(imports.known(workspace, "row"));
    Posts(unit).add(one);
    imports.keep(workspace, "row", one.id);
    EXPECT_EQ(imports.known(workspace, "row"), one.id);
    EXPECT_FALSE(imports.known(mint.make<WorkspaceId>(), "row"));
    Posts(unit).remove(workspace, one.id);
    EXPECT_FALSE(imports.known(workspace, "row"));
    Posts(unit).add(other);
    imports.keep(workspace, "row", other.id);
    EXPECT_EQ(imports.known(workspace, "row"), other.id);
  });
}

TEST_P(ImportsTest, ARowIsKnownAsLongAsItsTaskIsThere) {
  const Task one{.id = mint.make<TaskId>(), .workspace = workspace, .person = "Ana"};
  work([&](Unit& unit) {
    Imports imports(unit);
    EXPECT_FALSE(imports.known_task(workspace, "row"));
    Tasks(unit).add(one);
    imports.keep_task(workspace, "row", one.id);
    EXPECT_EQ(imports.known_task(workspace, "row"), one.id);
    EXPECT_FALSE(imports.known(workspace, "row"));
    EXPECT_FALSE(imports.known_task(mint.make<WorkspaceId>(), "row"));
    Tasks(unit).remove(workspace, one.id);
    EXPECT_FALSE(imports.known_task(workspace, "row"));
  });
}

}  // namespace
}  // namespace carillon::store
