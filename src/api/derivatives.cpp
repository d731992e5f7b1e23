// Copies that fit: asked for by a recipe, or by the network that they are for. A picture is answered when it
// is made; a film takes minutes, and its conversion says how far it is.
#include <fmt/format.h>

#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/words.h"
#include "media/derive.h"
#include "plan/fit.h"
#include "run/workshop.h"
#include "store/derivatives.h"
#include "store/media.h"

namespace carillon::api {

using run::ConversionId;

namespace {
struct Wish {
  std::optional<Recipe> recipe;          // given in full
  std::string network, as;               // or: whatever fits there
  std::optional<channels::Ratio> ratio;  // or: a crop of this shape
  plan::Focus focus;
  double zoom = 1;
  Duration from{0};  // where a film that must be cut begins
};

void read_crop(Reader& in, Wish& wish) {
  in.object("ratio", [&](Reader& ratio) {
    wish.ratio = channels::Ratio{static_cast<uint32_t>(ratio.maybe_integer("width", 1, 10'000).value_or(1)),
                                 static_cast<uint32_t>(ratio.maybe_integer("height", 1, 10'000).value_or(1))};
  });
  // Thousandths, so that the same crop is always the same recipe.
  in.object("focus", [&](Reader& focus) {
    wish.focus.x = static_cast<double>(focus.maybe_integer("x", 0, 1000).value_or(500)) / 1000;
    wish.focus.y = static_cast<double>(focus.maybe_integer("y", 0, 1000).value_or(500)) / 1000;
  });
  wish.zoom = static_cast<double>(in.maybe_integer("zoom", 100, 1000).value_or(100)) / 100;
}

Wish read_wish(Reader& in) {
  Wish wish;
  if (in.has("recipe")) {
    auto recipe = recipe_from_json(*in.member("recipe"));
    if (recipe)
      wish.recipe = std::move(*recipe);
    else
      in.refuse(recipe.error().code, recipe.error().text, "recipe", recipe.error().remedy);
  }
  wish.network = in.maybe_text("for", {1, 40}).value_or("");
  wish.as = in.maybe_text("as", {1, 40}).value_or("");
  wish.from = std::chrono::milliseconds(in.maybe_integer("from_ms", 0, 86'400'000).value_or(0));
  read_crop(in, wish);
  if (!wish.recipe && wish.network.empty() && !wish.ratio)
    in.refuse("missing_member", "It is not said what to make.", "recipe", "Give recipe, for, or ratio.");
  return wish;
}

// The crop first, as a person wished it; what a network wants besides, after it.
Result<Recipe> cropped(const Wish& wish, const MediaFacts& facts) {
  const bool film = facts.mime.starts_with("video/");
  Recipe recipe{.into = film ? "video/mp4" : facts.mime == "image/png" ? "image/png" : "image/jpeg"};
  recipe.crop = plan::crop_box(facts.width, facts.height, *wish.ratio, wish.focus, wish.zoom);
  return recipe;
}

Result<Recipe> for_network(const Wish& wish, const MediaFacts& facts, const channels::Registry& registry) {
  const auto* entry = registry.find(wish.network);
  if (entry == nullptr)
    return refuse(
        invalid("unknown_network", "There is no such network.", "for", "See GET /api/v1/networks."));
  const channels::Traits& traits = entry->channel->traits();
  const channels::MediaRule* rule = channels::rule_to_meet(traits, facts, wish.as);
  if (rule == nullptr) {
    return refuse(invalid("media_type", fmt::format("{} takes nothing like this file.", traits.label), "for",
                          "Choose another file, or another network."));
  }
  MediaFacts shown = facts;
  Recipe recipe{.into = ""};
  if (wish.ratio) {
    recipe.crop = plan::crop_box(facts.width, facts.height, *wish.ratio, wish.focus, wish.zoom);
    shown.width = recipe.crop->width, shown.height = recipe.crop->height;
  }
  auto fitting = plan::fitting_recipe(*rule, shown, wish.focus);
  if (fitting && recipe.crop && fitting->crop) {
    fitting->crop->x += recipe.crop->x, fitting->crop->y += recipe.crop->y;
  } else if (fitting && recipe.crop) {
    fitting->crop = recipe.crop;
  }
  if (fitting && fitting->cut)
    fitting->cut->from = std::min(wish.from, facts.duration - fitting->cut->length);
  if (fitting) return std::move(*fitting);
  if (plan::takes_as_is(*rule, shown)) {
    if (wish.ratio) return cropped(wish, facts);
    return refuse(closed("fits_already", fmt::format("This file fits {} as it is.", traits.label),
                         "Use the file itself."));
  }
  std::string why;
  for (const auto& breach : channels::breaches(*rule, shown))
    why += fmt::format(" It is {}, allowed are {}.", breach.seen, breach.allowed);
  return refuse(invalid("cannot_fit", fmt::format("No copy of this file would fit {}.{}", traits.label, why),
                        "for", "Use another file."));
}

Result<Recipe> recipe_for(const Wish& wish, const MediaFacts& facts, const channels::Registry& registry) {
  if (wish.recipe) return *wish.recipe;
  if (facts.width == 0 || facts.height == 0)
    return refuse(
        invalid("recipe_impossible", "Nothing is made from a document.", "for", "It goes out as it is."));
  return wish.network.empty() ? cropped(wish, facts) : for_network(wish, facts, registry);
}

void write_conversion(Json& json, const run::Conversion& conversion, const store::MediaFile* made) {
  json.begin().field("id", conversion.id).field("media", conversion.origin);
  json.field("state", to_text(conversion.state)).field("share", conversion.share);
  json.field("recipe", to_json(conversion.recipe)).key("made");
  if (made)
    write(json, *made, 0);
  else
    json.value(nullptr);
  write(json.key("fault"), conversion.fault);
  json.field("asked", conversion.asked).end();
}

wire::Response conversion_answer(int status, const run::Conversion& conversion,
                                 const store::MediaFile* made) {
  Json json;
  write_conversion(json, conversion, made);
  return json_answer(status, json.take());
}

struct Found {
  store::MediaFile origin;
  std::optional<store::MediaFile> made;  // the same was made before
};

Result<Found> look_up(store::Unit& unit, WorkspaceId workspace, MediaId id, const Recipe* recipe) {
  store::MediaShelf shelf(unit);
  auto file = shelf.find(workspace, id);
  if (!file) return refuse(not_found("file"));
  Found found{std::move(*file), std::nullopt};
  if (recipe == nullptr) return found;
  const auto made =
      store::Derivatives(unit).made(workspace, carillon::print_of(*recipe, found.origin.facts.sha256));
  if (made) found.made = shelf.find(workspace, *made);
  return found;
}

Awaitable<Result<run::Conversion>> convert(Desk& desk, const store::MediaFile& origin, const Recipe& recipe) {
  if (media::takes_long(recipe)) co_return desk.workshop->ask(origin, recipe);
  std::optional<Result<run::Conversion>> out;
  auto start = [&](auto resume) {
    auto again = std::make_shared<decltype(resume)>(std::move(resume));
    auto asked = desk.workshop->ask(origin, recipe, [&out, again](const run::Conversion& over) {
      out.emplace(over);
      (*again)();
    });
    if (asked) return;
    out.emplace(refuse(asked.error()));
    (*again)();
  };
  co_await awaited(std::move(start));
  co_return std::move(*out);
}

run::Conversion as_done(const store::MediaFile& made, const Found& found, const Recipe& recipe) {
  return {.state = run::Conversion::State::done,
          .id = ConversionId{made.facts.id.bytes},
          .workspace = made.workspace,
          .origin = found.origin.facts.id,
          .recipe = recipe,
          .share = 1,
          .made = made.facts.id,
          .asked = made.created};
}

Awaitable<std::optional<store::MediaFile>> file_of(Desk& desk, const run::Conversion& conversion) {
  auto look = [&](store::Unit& unit) {
    return conversion.made ? store::MediaShelf(unit).find(conversion.workspace, *conversion.made)
                           : std::optional<store::MediaFile>();
  };
  auto file = co_await seen(desk.store, std::move(look));
  co_return std::move(file);
}
}  // namespace

Answering make_derivative(Request& request, Desk& desk) {
  const auto id = request.id_in_path<MediaId>("file");
  if (!id) co_return refuse(id.error());
  const auto wish = read_body(request, [](Reader& in) { return read_wish(in); });
  if (!wish) co_return refuse(wish.error());
  auto look = [&](store::Unit& unit) -> Result<std::pair<Found, Recipe>> {
    auto plain = look_up(unit, request.caller.workspace, *id, nullptr);
    if (!plain) return refuse(plain.error());
    auto recipe = recipe_for(*wish, plain->origin.facts, desk.registry);
    if (!recipe) return refuse(recipe.error());
    auto found = look_up(unit, request.caller.workspace, *id, &*recipe);
    if (!found) return refuse(found.error());
    return std::pair(std::move(*found), std::move(*recipe));
  };
  const auto found = co_await seen(desk.store, std::move(look));
  if (!found) co_return refuse(found.error());
  const auto& [file, recipe] = *found;
  if (file.made) co_return conversion_answer(200, as_done(*file.made, file, recipe), &*file.made);
  auto conversion = co_await convert(desk, file.origin, recipe);
  if (!conversion) co_return refuse(std::move(conversion.error()));
  if (conversion->fault) co_return refuse(std::move(*conversion->fault));
  if (!conversion->over()) co_return conversion_answer(202, *conversion, nullptr);
  const auto made = co_await file_of(desk, *conversion);
  if (!made) co_return refuse(closed("canceled", "It was canceled before it was done.", "Ask for it again."));
  co_return conversion_answer(201, *conversion, &*made);
}

namespace {
bool takes(const channels::Traits& traits, const MediaFacts& facts) {
  return std::ranges::any_of(traits.media,
                             [&](const channels::MediaRule& rule) { return plan::takes_as_is(rule, facts); });
}

// Networks that take the copy as it is and would refuse the original.
std::vector<std::string> won_over(const MediaFacts& copy, const MediaFacts& original,
                                  const channels::Registry& registry) {
  std::vector<std::string> labels;
  for (const channels::Entry& entry : registry.all()) {
    const channels::Traits& traits = entry.channel->traits();
    if (takes(traits, copy) && !takes(traits, original)) labels.emplace_back(traits.label);
  }
  return labels;
}
}  // namespace

Answering list_derivatives(Request& request, Desk& desk) {
  const auto id = request.id_in_path<MediaId>("file");
  if (!id) co_return refuse(id.error());
  struct Made {
    store::MediaFile file;
    Recipe recipe;
    std::string label;
    int64_t uses;
    std::vector<std::string> fits;
  };
  auto look = [&](store::Unit& unit) -> Result<std::vector<Made>> {
    store::MediaShelf shelf(unit);
    const auto origin = shelf.find(request.caller.workspace, *id);
    if (!origin) return refuse(not_found("file"));
    std::vector<Made> all;
    for (const auto& one : store::Derivatives(unit).of(request.caller.workspace, *id)) {
      auto file = shelf.find(request.caller.workspace, one.media);
      if (!file) continue;
      const int64_t uses = shelf.uses(request.caller.workspace, one.media);
      auto fits = won_over(file->facts, origin->facts, desk.registry);
      all.push_back(
          {std::move(*file), one.recipe, plan::in_words(one.recipe, origin->facts), uses, std::move(fits)});
    }
    return all;
  };
  const auto all = co_await seen(desk.store, std::move(look));
  if (!all) co_return refuse(all.error());
  Json json;
  json.begin().key("items").list();
  for (const Made& one : *all) {
    json.begin().field("label", one.label).field("recipe", to_json(one.recipe)).texts("fits", one.fits);
    write(json.key("file"), one.file, one.uses);
    json.end();
  }
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering get_conversion(Request& request, Desk& desk) {
  const auto id = request.id_in_path<ConversionId>("conversion");
  if (!id) co_return refuse(id.error());
  const auto conversion = desk.workshop->find(request.caller.workspace, *id);
  if (!conversion) co_return refuse(not_found("conversion"));
  const auto made = co_await file_of(desk, *conversion);
  co_return conversion_answer(200, *conversion, made ? &*made : nullptr);
}

Answering cancel_conversion(Request& request, Desk& desk) {
  const auto id = request.id_in_path<ConversionId>("conversion");
  if (!id) co_return refuse(id.error());
  const auto conversion = desk.workshop->cancel(request.caller.workspace, *id);
  if (!conversion) co_return refuse(not_found("conversion"));
  const auto made = co_await file_of(desk, *conversion);
  co_return conversion_answer(200, *conversion, made ? &*made : nullptr);
}

}  // namespace carillon::api
