#include "cli/upload.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "base/digest.h"
#include "base/random.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr uint64_t in_one_request = 6'000'000;  // bytes
constexpr Duration longest_pause = std::chrono::seconds(15);

uint64_t number_of(const json::value& object, std::string_view member) {
  const json::value* found = object.is_object() ? object.get_object().if_contains(member) : nullptr;
  return found != nullptr && found->is_int64() ? static_cast<uint64_t>(found->get_int64()) : 0;
}

Fault changed_file(const std::filesystem::path& file) {
  return {.kind = FaultKind::invalid,
          .code = "file_changed",
          .text = fmt::format("{} is not the file whose upload was begun before; nothing was kept.",
                              file.string()),
          .field = "media",
          .remedy = "Upload it again: it begins anew."};
}

Result<json::value> whole(net::WaitingClient& client, const UploadOrder& order, uint64_t length) {
  wire::Request request{.method = "POST",
                        .url = "/api/v1/media",
                        .headers = {{"content-type", "application/octet-stream"},
                                    {"x-file-name", wire::percent_encode(order.file.filename().string())},
                                    {"x-folder", wire::percent_encode(order.folder)}},
                        .body = wire::MediaSlice{.offset = 0, .length = length},
                        .timeout = std::chrono::minutes(30)};
  return client.json(std::move(request));
}

// One file in pieces.
class Shipment {
 public:
  Shipment(net::WaitingClient& client, OneFile& source, const UploadOrder& order, uint64_t length)
      : client_(client), source_(source), order_(order), length_(length) {}

  Result<json::value> run() {
    if (auto begun = begin(); !begun) return refuse(begun.error());
    while (at_ < length_) {
      tell("uploading");
      if (auto sent = insist([this] { return send_piece(); }); !sent) return sent;
    }
    tell("the server reads it");
    auto made = insist([this] { return client_.json("POST", address() + "/finish"); });
    if (!made || !resumed_) return made;
    tell("comparing");
    const auto hash = source_.sha256();
    if (!hash) return refuse(hash.error());
    if (*hash == text_of(*made, "sha256")) return made;
    client_.json("DELETE", "/api/v1/media/" + text_of(*made, "id"));
    return refuse(changed_file(order_.file));
  }

 private:
  std::string address() const { return "/api/v1/uploads/" + id_; }
  void tell(std::string_view what) {
    if (order_.tell) order_.tell(what, static_cast<double>(at_), static_cast<double>(length_));
  }

  // What may be otherwise in a moment.
  static bool passes(const Fault& fault) {
    return (fault.kind == FaultKind::unavailable && fault.code != "disk_full") ||
           fault.code == "being_finished" || fault.code == "too_slow" || fault.kind == FaultKind::throttled;
  }

  template <class Ask>
  Result<json::value> insist(Ask ask) {
    Duration waited{0}, pause = std::chrono::milliseconds(500);
    for (;;) {
      auto answer = ask();
      if (answer || !passes(answer.error()) || waited > order_.patience) return answer;
      tell("waiting for the server");
      client_.pause(pause);
      waited += pause;
      pause = std::min(pause * 2, longest_pause);
    }
  }

  // One that was begun before, by name and size; at the end it is compared.
  Result<void> begin() {
    const std::string name = order_.file.filename().string();
    const auto open = insist([this] { return client_.json("GET", "/api/v1/uploads"); });
    if (!open) return refuse(open.error());
    for (const json::value& each : list_of(*open, "items")) {
      if (text_of(each, "name") != name || number_of(each, "bytes") != length_) continue;
      resumed_ = number_of(each, "offset") > 0;
      take(each);
      return {};
    }
    SystemRandom random;
    const wire::Headers key = {{"idempotency-key", random_token(random, 16)}};
    const json::object body{{"name", name}, {"bytes", length_}, {"folder", order_.folder}};
    const auto made = insist([&] { return client_.json("POST", "/api/v1/uploads", body, key); });
    if (!made) return refuse(made.error());
    take(*made);
    return {};
  }

  void take(const json::value& upload) {
    id_ = text_of(upload, "id");
    at_ = number_of(upload, "offset");
    piece_ = std::max<uint64_t>(1, number_of(upload, "piece"));
  }

  // After a cut it is asked how far it came, never guessed.
  Result<json::value> send_piece() {
    if (unsure_) {
      auto there = client_.json("GET", address());
      if (!there) return there;
      take(*there);
      unsure_ = false;
      if (at_ >= length_) return there;
    }
    wire::Request request{
        .method = "PATCH",
        .url = address(),
        .headers = {{"content-type", "application/octet-stream"}, {"upload-offset", std::to_string(at_)}},
        .body = wire::MediaSlice{.offset = at_, .length = std::min(piece_, length_ - at_)},
        .timeout = std::chrono::minutes(10)};
    auto sent = client_.json(std::move(request));
    unsure_ = !sent;
    if (sent) take(*sent);
    if (!sent && (sent.error().code == "wrong_offset" || sent.error().code == "taken_over"))
      return json::value(nullptr);  // asked again before the next piece
    return sent;
  }

  net::WaitingClient& client_;
  OneFile& source_;
  const UploadOrder& order_;
  uint64_t length_, at_ = 0, piece_ = 1;
  std::string id_;
  bool resumed_ = false, unsure_ = false;
};

}  // namespace

size_t OneFile::read(MediaId, uint64_t offset, char* into, size_t size) {
  in_.clear();
  in_.seekg(static_cast<std::streamoff>(offset));
  in_.read(into, static_cast<std::streamsize>(size));
  if (in_.bad()) throw std::runtime_error("The file cannot be read any more.");
  return static_cast<size_t>(in_.gcount());
}

Result<uint64_t> OneFile::open(const std::filesystem::path& file) {
  in_ = std::ifstream(file, std::ios::binary);
  std::error_code error;
  const uint64_t length = std::filesystem::file_size(file, error);
  if (!in_ || error) {
    return refuse({.kind = FaultKind::invalid,
                   .code = "usage",
                   .text = fmt::format("{} cannot be read: {}.", file.string(),
                                       error ? error.message() : std::strerror(errno)),
                   .field = "media",
                   .remedy = "Check the name of the file."});
  }
  return length;
}

Result<std::string> OneFile::sha256() {
  Sha256Stream hash;
  std::string piece(1 << 20, '\0');
  uint64_t at = 0;
  while (const size_t got = read({}, at, piece.data(), piece.size())) {
    hash.feed(std::string_view(piece).substr(0, got));
    at += got;
  }
  return to_hex(hash.finish());
}

Result<json::value> upload(net::WaitingClient& client, OneFile& source, const UploadOrder& order) {
  const auto length = source.open(order.file);
  if (!length) return refuse(length.error());
  if (*length <= in_one_request) return whole(client, order, *length);
  return Shipment(client, source, order, *length).run();
}

}  // namespace carillon::cli
