#include "net/upload.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "wire/multipart.h"

namespace carillon::net {
namespace {

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

uint64_t length_of(const auto& piece) {
  return std::visit(Match{[](const wire::MediaSlice& slice) { return slice.length; },
                          [](const auto& text) { return static_cast<uint64_t>(text.size()); }},
                    piece);
}

}  // namespace

Upload::Upload(const wire::Body& body, MediaSource* media) : media_(media) {
  std::visit(Match{[&](const std::string& text) { add(std::string_view(text)); },
                   [&](const wire::MediaSlice& slice) { add(slice); },
                   [&](const wire::Multipart& multipart) { add(multipart); }},
             body);
}

void Upload::add(Piece piece) {
  const uint64_t length = length_of(piece);
  if (length == 0) return;
  length_ += length;
  pieces_.push_back(std::move(piece));
}

void Upload::add(const wire::Multipart& multipart) {
  std::string between;  // the line end after a value belongs to what follows it
  for (const wire::Part& part : multipart.parts) {
    add(between + wire::part_head(multipart, part));
    std::visit(Match{[&](const std::string& text) { add(std::string_view(text)); },
                     [&](const wire::MediaSlice& slice) { add(slice); }},
               part.value);
    between = "\r\n";
  }
  add(between + wire::multipart_end(multipart));
}

void Upload::check() {
  for (const Piece& piece : pieces_) {
    const auto* slice = std::get_if<wire::MediaSlice>(&piece);
    if (slice == nullptr) continue;
    if (media_ == nullptr) throw std::runtime_error("this client has no media to send");
    char byte = 0;
    const size_t got = media_->read(slice->media, slice->offset + slice->length - 1, &byte, 1);
    if (got != 1) throw std::runtime_error("the file is shorter than it was");
  }
}

size_t Upload::read(char* into, size_t size) {
  size_t done = 0;
  while (done < size && piece_ < pieces_.size()) {
    const Piece& piece = pieces_[piece_];
    const auto room = static_cast<size_t>(std::min<uint64_t>(size - done, length_of(piece) - offset_));
    const auto copy = [&](const auto& text) {
      std::memcpy(into + done, text.data() + offset_, room);
      return room;
    };
    const auto fetch = [&](const wire::MediaSlice& slice) {
      return media_->read(slice.media, slice.offset + offset_, into + done, room);
    };
    const size_t got = std::visit(Match{fetch, copy}, piece);
    if (got == 0) throw std::runtime_error("the file is shorter than it was");
    done += got;
    offset_ += got;
    if (offset_ == length_of(piece)) {
      ++piece_;
      offset_ = 0;
    }
  }
  return done;
}

}  // namespace carillon::net
