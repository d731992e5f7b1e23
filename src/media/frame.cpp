#include "media/frame.h"

#include "media/probe.h"

namespace carillon::media {

std::vector<std::string> frame_words(const std::filesystem::path& file, const MediaFacts& facts,
                                     std::string at, std::string filter, std::string to) {
  std::vector<std::string> words = {"ffmpeg",
                                    "-v",
                                    "error",
                                    "-nostdin",
                                    "-threads",
                                    "1",
                                    "-protocol_whitelist",
                                    "file,pipe",
                                    "-ss",
                                    std::move(at),
                                    "-f",
                                    std::string(demuxer_for(facts.mime)),
                                    "-i",
                                    "file:" + file.string(),
                                    "-frames:v",
                                    "1",
                                    "-an"};
  if (!filter.empty()) words.insert(words.end(), {"-vf", std::move(filter)});
  words.insert(words.end(), {"-c:v", "png", "-f", "image2pipe", "-y", std::move(to)});
  return words;
}

}  // namespace carillon::media
