#include "net/chunks.h"

#include <algorithm>

namespace carillon::net {
namespace {

constexpr size_t max_extension = 256, max_trailers = 4096, max_digits = 15;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Chunks::State Chunks::take(std::string_view& raw, std::string& out, size_t room) {
  while (!raw.empty() && state_ == State::reading) {
    if (at_ != At::data) {
      step(raw.front());
      raw.remove_prefix(1);
      continue;
    }
    if (room == 0) break;
    const size_t size = std::min({raw.size(), room, static_cast<size_t>(left_)});
    out.append(raw.substr(0, size));
    raw.remove_prefix(size);
    room -= size;
    left_ -= size;
    if (left_ == 0) at_ = At::data_cr;
  }
  return state_;
}

void Chunks::step(char c) {
  const auto expect = [&](char wanted, At next) { c == wanted ? void(at_ = next) : void(fail()); };
  switch (at_) {
    case At::size: return step_size(c);
    case At::extension:
      if (c == '\r')
        at_ = At::size_lf;
      else if (c == '\n' || c == '\0' || ++extension_ > max_extension)
        fail();
      return;
    case At::size_lf: return c == '\n' ? end_of_size() : void(fail());
    case At::data_cr: return expect('\r', At::data_lf);
    case At::data_lf: return expect('\n', At::size);
    case At::trailer: return step_trailer(c);
    case At::trailer_lf: trailer_line_ = 0; return expect('\n', At::trailer);
    case At::last_lf: c == '\n' ? void(state_ = State::done) : void(fail()); return;
    case At::data: return;
  }
}

void Chunks::step_size(char c) {
  if (const int digit = hex_digit(c); digit >= 0) {
    left_ = left_ * 16 + static_cast<uint64_t>(digit);
    if (++digits_ > max_digits) fail();
  } else if (digits_ == 0) {
    fail();
  } else if (c == ';') {
    extension_ = 0;
    at_ = At::extension;
  } else if (c == '\r') {
    at_ = At::size_lf;
  } else {
    fail();
  }
}

void Chunks::end_of_size() {
  at_ = left_ == 0 ? At::trailer : At::data;
  digits_ = 0;
}

void Chunks::step_trailer(char c) {
  if (c == '\r') {
    at_ = trailer_line_ == 0 ? At::last_lf : At::trailer_lf;
  } else if (c == '\n' || c == '\0' || ++trailer_ > max_trailers) {
    fail();
  } else {
    ++trailer_line_;
  }
}

}  // namespace carillon::net
