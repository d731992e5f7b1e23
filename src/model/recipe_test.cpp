#include "model/recipe.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace carillon {
namespace {

Result<Recipe> read(const std::string& text) {
  return recipe_from_json(boost::json::parse(text));
}

TEST(Recipe, ComesBackAsItWasWritten) {
  const Recipe recipe{.into = "image/png",
                      .crop = Box{10, 20, 300, 400},
                      .max_width = 150,
                      .max_height = 200,
                      .max_bytes = 1'000'000,
                      .background = "#102030",
                      .at = std::chrono::milliseconds(1500),
                      .cut = Piece{std::chrono::seconds(3), std::chrono::seconds(60)}};
  const auto again = recipe_from_json(to_json(recipe));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, recipe);
  EXPECT_EQ(boost::json::serialize(to_json(Recipe{})), R"({"into":"image/jpeg"})");
}

TEST(Recipe, WhatMakesNoSenseIsRefusedByName) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {R"([])", "recipe"},
      {R"({"into":"image/gif"})", "into"},
      {R"({"crop":{"x":0,"y":0,"width":0,"height":4}})", "crop"},
      {R"({"crop":{"x":-1,"y":0,"width":3,"height":4}})", "crop.x"},
      {R"({"crop":7})", "crop"},
      {R"({"max_width":1.5})", "max_width"},
      {R"({"max_bytes":"many"})", "max_bytes"},
      {R"({"at_ms":-4})", "at_ms"},
      {R"({"from_ms":4})", "length_ms"},
      {R"({"length_ms":0})", "length_ms"},
      {R"({"from_ms":-1,"length_ms":9})", "from_ms"},
      {R"({"background":"white"})", "background"},
      {R"({"background":"#12345g"})", "background"},
      {R"({"turn":90})", "turn"}};
  for (const auto& [text, field] : table) {
    const auto recipe = read(text);
    ASSERT_FALSE(recipe) << text;
    EXPECT_EQ(recipe.error().field, field) << text;
    EXPECT_EQ(recipe.error().code, "bad_recipe") << text;
  }
}

TEST(Recipe, APrintSpeaksOfTheRecipeAndTheOriginal) {
  const Recipe one{.max_width = 100}, same{.max_width = 100}, other{.max_width = 101};
  EXPECT_EQ(print_of(one, "aa"), print_of(same, "aa"));
  EXPECT_NE(print_of(one, "aa"), print_of(other, "aa"));
  EXPECT_NE(print_of(one, "aa"), print_of(one, "ab"));
}

TEST(Recipe, ItsExtentIsTheCropMadeSmaller) {
  const Recipe recipe{.crop = Box{0, 0, 1000, 500}, .max_width = 300, .max_height = 300};
  EXPECT_EQ(extent_of(recipe, {4000, 4000}), (Extent{300, 150}));
  EXPECT_EQ(extent_of(Recipe{.max_width = 300}, {200, 100}), (Extent{200, 100}));  // never larger
  EXPECT_EQ(extent_of(Recipe{.max_width = 10}, {10'000, 1}), (Extent{10, 1}));
  EXPECT_EQ(extent_of(Recipe{.into = "video/mp4"}, {641, 361}), (Extent{640, 360}));
}

TEST(Recipe, APieceIsNoLongerThanWhatIsLeft) {
  const Recipe minute{.cut = Piece{std::chrono::seconds(30), std::chrono::seconds(60)}};
  EXPECT_EQ(span_of(minute, std::chrono::seconds(200)), std::chrono::seconds(60));
  EXPECT_EQ(span_of(minute, std::chrono::seconds(50)), std::chrono::seconds(20));
  EXPECT_EQ(span_of(minute, std::chrono::seconds(10)), Duration(0));
  EXPECT_EQ(span_of(Recipe{}, std::chrono::seconds(10)), std::chrono::seconds(10));
}

}  // namespace
}  // namespace carillon
