#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing/server.h"
#include "base/digest.h"

namespace carillon::api {
namespace {

class Library : public ::testing::Test {
 protected:
  std::string add(const std::string& name, const std::string& folder = "") {
    server.move(std::chrono::seconds(1));  // ids are in the order of their time
    const auto bytes = from_base64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
    const auto made = server.ask({.method = "POST",
                                  .path = "/api/v1/media",
                                  .body = bytes.value_or(""),
                                  .headers = {{"X-File-Name", name}, {"X-Folder", folder}},
                                  .as = home.as_editor,
                                  .type = "image/png"});
    EXPECT_EQ(made.status, 201) << made.body;
    return made.text("/id");
  }
  Reply edit(const std::string& id, const std::string& body) {
    return server.ask({.method = "PATCH", .path = "/api/v1/media/" + id, .body = body, .as = home.as_editor});
  }
  Reply bulk(const std::vector<std::string>& ids, const std::string& what) {
    std::string list;
    for (const auto& id : ids) list += (list.empty() ? "\"" : ",\"") + id + "\"";
    return server.post("/api/v1/media/bulk", fmt::format(R"({{"ids":[{}],{}}})", list, what), home.as_editor);
  }
  std::string names(const std::string& query) {
    std::string all;
    const auto reply = server.get("/api/v1/media?" + query, home.as_viewer);
    EXPECT_EQ(reply.status, 200) << reply.body;
    for (const auto& item : reply.json().at("items").as_array())
      all += (all.empty() ? "" : " ") + std::string(item.at("name").as_string());
    return all;
  }
  std::string folders() {
    std::string all;
    for (const auto& item : server.get("/api/v1/media/folders", home.as_viewer).json().at("items").as_array())
      all += fmt::format("{}{}:{}", all.empty() ? "" : " ", std::string(item.at("path").as_string()),
                         item.at("files").as_int64());
    return all;
  }
  Reply folder(const std::string& path) {
    return server.post("/api/v1/media/folders", fmt::format(R"({{"path":"{}"}})", path), home.as_editor);
  }

  TestServer server;
  Household home = server.add_household("home");
};

TEST_F(Library, FilesAreNamedDescribedTaggedAndMoved) {
  const std::string id = add("IMG_1.png");
  const auto edited = edit(
      id,
      R"({"name":"a/b/plum.png","folder":" Summer /Cakes","tags":[" cake ","cake","red"],"alt":" A plum cake "})");
  ASSERT_EQ(edited.status, 200) << edited.body;
  EXPECT_EQ(edited.text("/name"), "plum.png");
  EXPECT_EQ(edited.text("/folder"), "Summer/Cakes");
  EXPECT_EQ(edited.text("/tags"), R"(["cake","red"])");
  EXPECT_EQ(edited.text("/alt"), "A plum cake");
  const auto one = edit(id, R"({"alt":""})");
  EXPECT_EQ(one.text("/alt"), "");
  EXPECT_EQ(one.text("/name"), "plum.png") << "what is not said stays";
  EXPECT_EQ(edit(id, R"({"folder":"a/../b"})").text("/field"), "folder");
  EXPECT_EQ(edit(id, R"({"folder":"1/2/3/4/5/6/7/8/9"})").status, 422);
  EXPECT_EQ(edit(id, fmt::format(R"({{"tags":["{}"]}})", std::string(70, 'x'))).text("/field"), "tags");
  const auto other = server.add_household("other");
  EXPECT_EQ(server.ask({.method = "PATCH", .path = "/api/v1/media/" + id, .body = "{}", .as = other.as_owner})
                .status,
            404);
}

TEST_F(Library, FilesAreFoundInTheirFolderByTagAndInOrder) {
  add("b.png", "Summer");
  const std::string cake = add("c.png", "Summer%2FCakes");
  add("a.png");
  edit(cake, R"({"tags":["red & blue"],"alt":"Plums"})");
  EXPECT_EQ(names("folder=Summer"), "b.png");
  EXPECT_EQ(names("folder=Summer&below=true"), "c.png b.png");
  EXPECT_EQ(names("folder="), "a.png");
  EXPECT_EQ(names("tag=red%20%26%20blue"), "c.png");
  EXPECT_EQ(names("text=plum"), "c.png");
  EXPECT_EQ(names("sort=name"), "a.png b.png c.png");
  EXPECT_EQ(names("sort=oldest"), "b.png c.png a.png");
  EXPECT_EQ(server.get("/api/v1/media?sort=colour", home.as_viewer).text("/field"), "sort");
  EXPECT_EQ(server.get("/api/v1/media/tags", home.as_viewer).text("/items/0/tag"), "red & blue");
  const auto page = server.get("/api/v1/media?sort=name&limit=2", home.as_viewer);
  EXPECT_EQ(names("sort=name&limit=2&cursor=" + page.text("/next")), "c.png");
}

TEST_F(Library, FoldersAreMadeRenamedAndRemovedWhenEmpty) {
  EXPECT_EQ(folder("Summer/Cakes").status, 201);
  EXPECT_EQ(folder("Summer/Cakes").text("/code"), "folder_exists");
  EXPECT_EQ(folder(" / ").status, 422);
  add("a.png", "Summer%2FCakes");
  EXPECT_EQ(folders(), "Summer:0 Summer/Cakes:1");
  const auto move = [&](const char* from, const char* to) {
    return server.post("/api/v1/media/folders/move", fmt::format(R"({{"from":"{}","to":"{}"}})", from, to),
                       home.as_editor);
  };
  EXPECT_EQ(move("Summer", "Summer/Old").text("/code"), "into_itself");
  EXPECT_EQ(move("Winter", "Old").status, 404);
  EXPECT_EQ(move("Summer", "Old").status, 200);
  EXPECT_EQ(folders(), "Old:0 Old/Cakes:1");
  const auto remove = [&](const char* path) {
    return server.ask({.method = "DELETE",
                       .path = fmt::format("/api/v1/media/folders?path={}", path),
                       .as = home.as_editor});
  };
  const auto refused = remove("Old");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.text("/code"), "in_use");
  EXPECT_EQ(remove("").status, 422);
  EXPECT_EQ(folder("Empty").status, 201);
  EXPECT_EQ(remove("Empty").status, 200);
  EXPECT_EQ(folders(), "Old:0 Old/Cakes:1");
}

TEST_F(Library, ManyFilesAreMovedTaggedAndRemovedButThoseInUseByName) {
  const std::string a = add("a.png"), b = add("b.png");
  const auto moved = bulk({a, b}, R"("folder":"New","add_tags":["x","y"])");
  EXPECT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(moved.text("/changed"), "2");
  EXPECT_EQ(folders(), "New:2");
  bulk({a}, R"("remove_tags":["x"])");
  EXPECT_EQ(server.get("/api/v1/media/" + a, home.as_viewer).text("/tags"), R"(["y"])");
  const auto post =
      server.post("/api/v1/posts",
                  fmt::format(R"({{"content":{{"parts":[{{"text":"a","media":[{{"id":"{}"}}]}}]}}}})", a),
                  home.as_editor);
  ASSERT_EQ(post.status, 201) << post.body;
  const std::string gone = "0198e5a0-7c00-7000-8000-00000000000a";
  const auto removed = bulk({a, b, gone}, R"("remove":true)");
  EXPECT_EQ(removed.text("/changed"), "1");
  EXPECT_EQ(removed.text("/refused/0/name"), "a.png");
  EXPECT_EQ(removed.text("/refused/0/code"), "in_use");
  EXPECT_EQ(removed.text("/refused/1/code"), "not_found");
  EXPECT_EQ(names(""), "a.png");
  EXPECT_EQ(bulk({a}, R"("remove":false)").text("/code"), "nothing_to_do");
  EXPECT_EQ(bulk({"x"}, R"("remove":true)").text("/field"), "ids");
}

}  // namespace
}  // namespace carillon::api
