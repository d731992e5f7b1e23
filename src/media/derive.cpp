#include "media/derive.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <thread>

#include "media/frame.h"
#include "media/images.h"
#include "media/probe.h"

namespace carillon::media {
namespace {

constexpr int64_t best_rate = 12'000'000, worst_rate = 120'000;  // bits a second of the picture
constexpr int64_t sound_rate = 128'000;
constexpr double of_limit = 0.94;  // the rest is the container's, and what the encoder misses by
constexpr uint64_t largest_file = uint64_t{8} << 30;

bool is_video(std::string_view mime) {
  return mime.starts_with("video/");
}

std::string in_seconds(Duration span) {
  return fmt::format("{:.3f}", static_cast<double>(span.count()) / 1e6);
}

Fault impossible(std::string text) {
  return {.code = "recipe_impossible",
          .text = std::move(text),
          .field = "recipe",
          .remedy = "Choose another file, or another recipe."};
}

// Bits a second that the picture of this video may have.
int64_t rate_for(const MediaFacts& facts, const Recipe& recipe) {
  const double seconds = static_cast<double>(span_of(recipe, facts.duration).count()) / 1e6;
  if (recipe.max_bytes == 0 || seconds <= 0) return best_rate;
  const auto all = static_cast<int64_t>(static_cast<double>(recipe.max_bytes) * 8 * of_limit / seconds);
  return std::min(best_rate, all - sound_rate);
}

ChildLimits film_limits(const MediaFacts& facts, const Recipe& recipe) {
  const auto seconds = static_cast<int>(span_of(recipe, facts.duration) / std::chrono::seconds(1));
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const int patience = std::min(6 * 3600, 300 + seconds * 20);
  return {.time = std::chrono::seconds(patience),
          .cpu_seconds = patience * cores,
          .memory = uint64_t{6} << 30,
          .output = 1 << 16,
          .file = recipe.max_bytes > 0 ? recipe.max_bytes : largest_file};
}

// "out_time_us=1500000": how far it has got.
class Listener {
 public:
  Listener(Duration whole, const std::function<void(double)>& progress)
      : whole_(whole), progress_(progress) {}

  void hear(std::string_view piece) {
    rest_ += piece;
    for (size_t end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n')) {
      read(std::string_view(rest_).substr(0, end));
      rest_.erase(0, end + 1);
    }
  }

 private:
  void read(std::string_view line) const {
    constexpr std::string_view name = "out_time_us=";
    if (!line.starts_with(name) || whole_.count() == 0 || !progress_) return;
    int64_t us = 0;
    std::from_chars(line.data() + name.size(), line.data() + line.size(), us);
    progress_(std::clamp(static_cast<double>(us) / static_cast<double>(whole_.count()), 0.0, 1.0));
  }

  Duration whole_;
  const std::function<void(double)>& progress_;
  std::string rest_;
};

Result<void> make_film(const std::filesystem::path& original, const MediaFacts& facts, const Recipe& recipe,
                       const std::filesystem::path& into, const Making& making) {
  Listener listener(span_of(recipe, facts.duration), making.progress);
  const ChildWatch watch{[&listener](std::string_view piece) { listener.hear(piece); }, making.stop};
  const auto end = run_child(film_words(original, facts, recipe, into), film_limits(facts, recipe), watch);
  if (!end) return refuse(end.error());
  if (end->code == 0) return {};
  return refuse(
      unreadable("The video cannot be converted: it is damaged, or larger than it may become.", end->errors));
}

// One frame as PNG, the rest is a picture's recipe. The last moment has none any more: a little before it.
Result<void> take_frame(const std::filesystem::path& original, const MediaFacts& facts, Duration at,
                        const std::filesystem::path& into, const std::stop_token& stop) {
  const ChildLimits limits{.file = uint64_t{512} << 20};
  for (const Duration moment : {at, std::max(Duration(0), at - Duration(200'000)), Duration(0)}) {
    const auto words = frame_words(original, facts, in_seconds(moment), "", "file:" + into.string());
    const auto end = run_child(words, limits, {.stop = stop});
    if (!end) return refuse(end.error());
    std::error_code none;
    if (end->code == 0 && std::filesystem::file_size(into, none) > 0 && !none) return {};
  }
  return refuse(unreadable("The video has no picture at this moment.", ""));
}

Result<void> make_still(const std::filesystem::path& original, const MediaFacts& facts, const Recipe& recipe,
                        const std::filesystem::path& into, const Pictures& pictures, const Making& making) {
  const std::filesystem::path frame = into.string() + ".frame";
  auto made = take_frame(original, facts, *recipe.at, frame, making.stop);
  if (made) made = pictures.make(frame, recipe, into, {.stop = making.stop});
  std::error_code ignored;
  std::filesystem::remove(frame, ignored);
  return made;
}

Result<void> can_cut(const MediaFacts& facts, const Recipe& recipe) {
  if (!recipe.cut) return {};
  if (!is_video(facts.mime) || !is_video(recipe.into))
    return refuse(impossible("Only a video is cut, and a video comes of it."));
  if (facts.duration.count() == 0 || recipe.cut->from < facts.duration) return {};
  return refuse(
      {.code = "cut_outside",
       .text = fmt::format("The piece begins at {} s, when the video is over.", in_seconds(recipe.cut->from)),
       .field = "recipe.from_ms",
       .remedy = "Let it begin earlier."});
}

}  // namespace

std::vector<std::string> film_words(const std::filesystem::path& original, const MediaFacts& facts,
                                    const Recipe& recipe, const std::filesystem::path& into) {
  std::string filter;
  if (recipe.crop) {
    const Box& box = *recipe.crop;
    filter = fmt::format("crop={}:{}:{}:{}:exact=1,", box.width, box.height, box.x, box.y);
  }
  const Extent size = extent_of(recipe, {facts.width, facts.height});
  filter += fmt::format("scale={}:{}:flags=lanczos,setsar=1,format=yuv420p", size.width, size.height);
  const int64_t rate = rate_for(facts, recipe);
  std::vector<std::string> words = {"ffmpeg", "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe"};
  const auto add = [&words](std::initializer_list<std::string> more) { words.insert(words.end(), more); };
  if (facts.mime == "image/gif") add({"-ignore_loop", "1"});
  if (recipe.cut) add({"-ss", in_seconds(recipe.cut->from), "-t", in_seconds(recipe.cut->length)});
  add({"-f", std::string(demuxer_for(facts.mime)), "-i", "file:" + original.string()});
  add({"-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-vf", filter, "-fpsmax", "60"});
  add({"-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf", "20", "-maxrate",
       std::to_string(rate), "-bufsize", std::to_string(rate)});
  add({"-c:a", "aac", "-b:a", std::to_string(sound_rate), "-ar", "48000", "-ac", "2", "-movflags",
       "+faststart"});
  add({"-progress", "pipe:1", "-nostats", "-f", "mp4", "-y", "file:" + into.string()});
  return words;
}

Result<void> can_derive(const MediaFacts& facts, const Recipe& recipe) {
  const bool film = is_video(recipe.into);
  const bool moves = is_video(facts.mime) || facts.mime == "image/gif";
  if (facts.mime == "application/pdf")
    return refuse(impossible("Nothing is made from a document: it goes out as it is."));
  if (film && !moves) return refuse(impossible("A picture that does not move makes no video."));
  if (film && recipe.at) return refuse(impossible("A still is a picture, not a video."));
  if (auto cut = can_cut(facts, recipe); !cut) return cut;
  if (is_video(facts.mime) && !film && !recipe.at)
    return refuse(impossible("A picture of a video needs the moment that it shows: at_ms."));
  if (!is_video(facts.mime) && recipe.at) return refuse(impossible("Only a video has moments."));
  if (film && rate_for(facts, recipe) < worst_rate) {
    return refuse(
        {.code = "media_does_not_fit",
         .text = fmt::format("A video this long cannot be made as small as {} MB.", recipe.max_bytes >> 20),
         .field = "recipe",
         .remedy = "Cut it, or publish it elsewhere."});
  }
  if (!recipe.crop) return {};
  const Box& box = *recipe.crop;
  if (uint64_t{box.x} + box.width <= facts.width && uint64_t{box.y} + box.height <= facts.height) return {};
  return refuse({.code = "crop_outside",
                 .text = fmt::format("The crop is not inside the picture, which is {} × {}.", facts.width,
                                     facts.height),
                 .field = "recipe.crop",
                 .remedy = "Choose a part of the picture."});
}

bool takes_long(const Recipe& recipe) {
  return is_video(recipe.into);
}

Result<void> derive(const std::filesystem::path& original, const MediaFacts& facts, const Recipe& recipe,
                    const std::filesystem::path& into, const Pictures& pictures, const Making& making) {
  if (auto possible = can_derive(facts, recipe); !possible) return possible;
  if (is_video(recipe.into)) return make_film(original, facts, recipe, into, making);
  if (recipe.at) return make_still(original, facts, recipe, into, pictures, making);
  return pictures.make(original, recipe, into, {.stop = making.stop});
}

}  // namespace carillon::media
