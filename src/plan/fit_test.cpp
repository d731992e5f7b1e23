// Whatever a recipe promises for a rule, keeps the rule: over the rules of every network.
#include "plan/fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "channels/registry.h"

namespace carillon::plan {
namespace {

using channels::MediaRule;
using channels::Traits;
using ::testing::HasSubstr;

const Traits& traits_of(const std::string& network) {
  return channels::shipped().find(network)->channel->traits();
}

MediaFacts png(uint32_t width, uint32_t height, uint64_t bytes = 500'000) {
  return {.mime = "image/png", .bytes = bytes, .width = width, .height = height};
}

MediaFacts film(const std::string& mime, uint32_t width, uint32_t height, int seconds,
                const std::string& codec) {
  return {.mime = mime,
          .bytes = 50'000'000,
          .width = width,
          .height = height,
          .duration = std::chrono::seconds(seconds),
          .codec = codec};
}

TEST(CropBox, IsTheLargestOfItsShapeAroundTheFocus) {
  EXPECT_EQ(crop_box(1000, 500, {1, 1}), (Box{250, 0, 500, 500}));
  EXPECT_EQ(crop_box(1000, 500, {1, 1}, {0, 0.5}), (Box{0, 0, 500, 500}));
  EXPECT_EQ(crop_box(1000, 500, {1, 1}, {1, 0.5}), (Box{500, 0, 500, 500}));
  EXPECT_EQ(crop_box(1000, 500, {1, 1}, {0.5, 0.5}, 2), (Box{375, 125, 250, 250}));
  EXPECT_EQ(crop_box(500, 1000, {191, 100}, {0.5, 0}), (Box{0, 0, 500, 262}));
  EXPECT_EQ(crop_box(640, 480, {}), (Box{0, 0, 640, 480}));
}

TEST(CropBox, IsNeverOutsideWhateverIsAsked) {
  SeededRandom dice(7);
  for (int i = 0; i < 5000; ++i) {
    const auto width = static_cast<uint32_t>(1 + dice.below(9000)),
               height = static_cast<uint32_t>(1 + dice.below(9000));
    const channels::Ratio ratio{static_cast<uint32_t>(1 + dice.below(200)),
                                static_cast<uint32_t>(1 + dice.below(200))};
    const Focus focus{static_cast<double>(dice.below(300)) / 100 - 1,
                      static_cast<double>(dice.below(300)) / 100 - 1};
    const Box box = crop_box(width, height, ratio, focus, static_cast<double>(dice.below(80)) / 10);
    ASSERT_GT(box.width, 0U);
    ASSERT_GT(box.height, 0U);
    ASSERT_LE(box.x + box.width, width);
    ASSERT_LE(box.y + box.height, height);
  }
}

TEST(Fit, AWidePngBecomesAJpegThatInstagramTakes) {
  const Traits& traits = traits_of("instagram");
  const MediaFacts wide = png(3000, 1000);
  const MediaRule* rule = channels::rule_to_meet(traits, wide, "post");
  ASSERT_NE(rule, nullptr);
  const auto recipe = fitting_recipe(*rule, wide);
  ASSERT_TRUE(recipe);
  EXPECT_EQ(recipe->into, "image/jpeg");
  EXPECT_EQ(*recipe->crop, (Box{545, 0, 1910, 1000}));
  EXPECT_EQ(extent_of(*recipe, {3000, 1000}).width, 1440U);
  EXPECT_TRUE(takes_as_is(*rule, outcome(*recipe, wide)));
  EXPECT_EQ(in_words(*recipe, wide), "cropped to 1.91:1, made smaller to 1440 × 754, JPEG");
}

TEST(Fit, HeicBecomesJpegAndKeepsItsShape) {
  const MediaFacts photo{.mime = "image/heic", .bytes = 2'000'000, .width = 3024, .height = 4032};
  const MediaRule* rule = channels::rule_to_meet(traits_of("x"), photo);
  ASSERT_NE(rule, nullptr);
  const auto recipe = fitting_recipe(*rule, photo);
  ASSERT_TRUE(recipe);
  EXPECT_EQ(recipe->into, "image/jpeg");
  EXPECT_FALSE(recipe->crop);
}

TEST(Fit, FilmsBecomeH264WhereTheirTypeOrCodecDoesNotGo) {
  const MediaFacts webm = film("video/webm", 1280, 720, 20, "vp9/opus");
  const MediaRule* x = channels::rule_to_meet(traits_of("x"), webm);
  ASSERT_NE(x, nullptr);
  const auto recipe = fitting_recipe(*x, webm);
  ASSERT_TRUE(recipe);
  EXPECT_EQ(recipe->into, "video/mp4");
  EXPECT_THAT(in_words(*recipe, webm), HasSubstr("MP4 (H.264, AAC)"));
  const MediaFacts hevc = film("video/mp4", 1280, 720, 20, "hevc/aac");
  EXPECT_TRUE(fitting_recipe(*channels::rule_to_meet(traits_of("x"), hevc), hevc));
  EXPECT_FALSE(fitting_recipe(*channels::rule_to_meet(traits_of("instagram"), hevc, "reel"), hevc));
}

TEST(Fit, AFilmThatIsTooLongIsCutToItsBeginning) {
  const MediaFacts talk = film("video/mp4", 1280, 720, 2000, "h264/aac");
  const MediaRule* x = channels::rule_to_meet(traits_of("x"), talk);
  ASSERT_NE(x, nullptr);
  ASSERT_GT(x->max_duration.count(), 0);
  const auto recipe = fitting_recipe(*x, talk);
  ASSERT_TRUE(recipe && recipe->cut);
  EXPECT_EQ(recipe->cut->from.count(), 0);
  EXPECT_LT(outcome(*recipe, talk).duration, x->max_duration);
  EXPECT_THAT(in_words(*recipe, talk), HasSubstr("the first " + channels::span_text(x->max_duration)));
  EXPECT_FALSE(fitting_recipe(*x, film("video/webm", 1280, 720, 20, "vp9/opus"))->cut) << "short enough";
}

TEST(Fit, AnAnimationBecomesAVideoWhereThereAreNoAnimations) {
  const MediaFacts gif{.mime = "image/gif", .bytes = 3'000'000, .width = 500, .height = 400, .frames = 40};
  const auto recipe = fitting_recipe(*channels::rule_to_meet(traits_of("instagram"), gif, "reel"), gif);
  ASSERT_TRUE(recipe);
  EXPECT_EQ(recipe->into, "video/mp4");
  MediaFacts still = gif;
  still.frames = 1;
  const auto picture = fitting_recipe(*channels::rule_to_meet(traits_of("instagram"), still, "post"), still);
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->into, "image/jpeg");
}

TEST(Fit, WhatNoCopyCanMendHasNoRecipe) {
  const MediaFacts brief = film("video/mp4", 1080, 1920, 1, "h264/aac"),
                   tiny = film("video/mp4", 100, 178, 10, "h264");
  EXPECT_FALSE(fitting_recipe(*channels::rule_to_meet(traits_of("instagram"), brief, "reel"), brief));
  EXPECT_FALSE(fitting_recipe(*channels::rule_to_meet(traits_of("facebook"), tiny, "reel"), tiny));
  const MediaFacts paper{.mime = "application/pdf", .bytes = 1000};
  EXPECT_EQ(channels::rule_to_meet(traits_of("instagram"), paper, "post"), nullptr);
}

TEST(Fit, ACoverIsAStillOrThePictureMadeToFit) {
  const MediaFacts video = film("video/mp4", 1920, 1080, 30, "h264/aac");
  const auto* facebook = channels::cover_rule(traits_of("facebook"), "post");
  ASSERT_NE(facebook, nullptr);
  const auto still = fitting_cover(*facebook, video, {.at = std::chrono::seconds(4)}, nullptr);
  ASSERT_TRUE(still);
  EXPECT_EQ(still->at, Duration(std::chrono::seconds(4)));
  EXPECT_EQ(still->max_bytes, uint64_t{10} << 20);
  const MediaFacts webp{.mime = "image/webp", .bytes = 90'000, .width = 1280, .height = 720};
  EXPECT_EQ(fitting_cover(*facebook, video, {}, &webp)->into, "image/jpeg");
  EXPECT_FALSE(
      fitting_cover(*channels::cover_rule(traits_of("tiktok")), video, {.at = Duration(0)}, nullptr));
}

// ---- every network, files of every sort ----

MediaFacts any_file(Random& dice) {
  static const std::vector<std::string> types = {"image/jpeg", "image/png", "image/gif",       "image/webp",
                                                 "image/heic", "video/mp4", "video/quicktime", "video/webm"};
  static const std::vector<std::string> codecs = {"h264/aac", "h264",      "hevc/aac",
                                                  "vp9/opus", "mpeg4/mp3", "av1"};
  const auto size = [&] { return static_cast<uint32_t>(1 + dice.below(dice.below(3) == 0 ? 200 : 9000)); };
  MediaFacts facts{.mime = types[dice.below(types.size())],
                   .bytes = 1 + dice.below(uint64_t{1} << (10 + dice.below(24))),
                   .width = size(),
                   .height = size()};
  if (facts.mime == "image/gif") facts.frames = static_cast<uint32_t>(1 + dice.below(400));
  if (!facts.mime.starts_with("video/")) return facts;
  facts.duration = std::chrono::milliseconds(100 + dice.below(dice.below(2) == 0 ? 20'000 : 3'600'000));
  facts.codec = codecs[dice.below(codecs.size())];
  return facts;
}

TEST(Fit, EveryRecipeKeepsTheRuleItIsFor) {
  SeededRandom dice(20);
  size_t made = 0, fine = 0, hopeless = 0;
  for (int i = 0; i < 20'000; ++i) {
    const MediaFacts facts = any_file(dice);
    for (const auto& entry : channels::shipped().all()) {
      for (const std::string_view as : {"post", "reel", "story"}) {
        const MediaRule* rule = channels::rule_to_meet(entry.channel->traits(), facts, as);
        if (rule == nullptr) continue;
        const auto recipe = fitting_recipe(*rule, facts);
        if (!recipe) {
          ++(takes_as_is(*rule, facts) ? fine : hopeless);
          continue;
        }
        ++made;
        const MediaFacts result = outcome(*recipe, facts);
        ASSERT_TRUE(takes_as_is(*rule, result)) << entry.channel->traits().network << " " << facts.mime << " "
                                                << facts.width << "x" << facts.height;
        ASSERT_FALSE(fitting_recipe(*rule, result)) << "what fits needs no second copy";
        if (recipe->crop) {
          ASSERT_LE(recipe->crop->x + recipe->crop->width, facts.width);
          ASSERT_LE(recipe->crop->y + recipe->crop->height, facts.height);
        }
      }
    }
  }
  EXPECT_GT(made, 100'000U);
  EXPECT_GT(fine, 100'000U);
  EXPECT_GT(hopeless, 1'000U);
}

}  // namespace
}  // namespace carillon::plan
