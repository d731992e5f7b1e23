// The recipe that makes a file fit a network, or none: what a button "fit" would do, before anybody presses
// it. Promises what comes of it, so that it can be checked against the same rule. Pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "channels/media_rule.h"
#include "model/content.h"
#include "model/recipe.h"

namespace carillon::plan {

// The point of a picture that a crop must keep, as shares of its width and height.
struct Focus {
  double x = 0.5, y = 0.5;
};

// The largest box of that shape in a picture of that size, as near to the focus as it goes; zoom 1 or more
// makes it smaller. Nothing of it is outside.
Box crop_box(uint32_t width, uint32_t height, const channels::Ratio& ratio, Focus focus = {},
             double zoom = 1);

// What a file made by the recipe is: its type and its pixels are certain, its bytes at most those.
MediaFacts outcome(const Recipe& recipe, const MediaFacts& original);

// None: it fits as it is, or no copy would help (too short, too few pixels).
std::optional<Recipe> fitting_recipe(const channels::MediaRule& rule, const MediaFacts& original,
                                     Focus focus = {});
// The same for the cover of a video: a still of the moment, or the chosen picture made to fit.
std::optional<Recipe> fitting_cover(const channels::CoverRule& rule, const MediaFacts& video,
                                    const Cover& cover, const MediaFacts* picture);

bool takes_as_is(const channels::MediaRule& rule, const MediaFacts& facts);
// "cropped to 4:5, made smaller to 1440 × 1800, JPEG"
std::string in_words(const Recipe& recipe, const MediaFacts& original);

}  // namespace carillon::plan
