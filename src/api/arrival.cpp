#include "api/arrival.h"

#include <algorithm>

#include "media/sniff.h"

namespace carillon::api {

namespace {
constexpr size_t gathered = 1 << 20;       // bytes written at a time
constexpr uint64_t kept_every = 32 << 20;  // bytes that a killed server has to be sent again, at most

Fault more_than_announced(const store::Upload& upload) {
  return invalid(
      "too_large", "More bytes came than the upload was announced with.", "",
      "Begin another upload with the right size (" + std::to_string(upload.bytes) + " were said).");
}

Fault lost_place() {
  return closed("taken_over", "Another connection went on with this upload.",
                "Ask how far it is before you send more.");
}
}  // namespace

Awaitable<Result<void>> Arrival::receive(Request& request, store::Upload& upload) {
  at_ = upload.received;
  auto known = Sha256Stream::resumed(upload.hash);
  if (known) hash_ = *known;
  const auto length = request.exchange.body_length();
  if (length && *length > upload.bytes - upload.received) co_return refuse(more_than_announced(upload));
  auto open = [&] { return part_.open(upload.received); };
  auto opened = co_await on_threads(desk_.threads, std::move(open));
  if (!opened) co_return std::move(opened);
  auto streamed = co_await stream(request, upload);
  if (!streamed && streamed.error().code == "wrong_content_type") co_return std::move(streamed);
  // Also after a cut: nobody has to send again what is here.
  auto kept = co_await checkpoint(upload);
  if (!streamed) co_return std::move(streamed);
  co_return std::move(kept);
}

Awaitable<Result<void>> Arrival::stream(Request& request, store::Upload& upload) {
  for (bool more = true; more;) {
    auto piece = co_await request.exchange.piece();
    more = piece && !piece->empty();
    if (piece) buffer_ += *piece;
    if (at_ + buffer_.size() > upload.bytes) {
      buffer_.clear();
      co_return refuse(more_than_announced(upload));
    }
    if (buffer_.size() >= gathered || !more) {
      auto written = co_await put();
      if (!written) co_return std::move(written);
    }
    if (at_ - upload.received >= kept_every) {
      auto kept = co_await checkpoint(upload);
      if (!kept) co_return std::move(kept);
    }
    if (!piece) co_return refuse(std::move(piece.error()));
  }
  co_return Result<void>();
}

// A file that nobody can read is refused before the rest of it is sent.
Result<void> Arrival::look_at_start() {
  if (at_ >= media::sniff_bytes) return {};
  if (at_ > 0 && start_.size() != at_)
    return {};  // begun by another request, in pieces this small: seen at the end
  start_ += buffer_.substr(0, media::sniff_bytes - start_.size());
  if (start_.size() < media::sniff_bytes) return {};
  auto kind = media::accepted_kind(start_);
  if (kind) return {};
  kind.error().code = "wrong_content_type";
  return refuse(std::move(kind.error()));
}

Awaitable<Result<void>> Arrival::put() {
  if (buffer_.empty()) co_return Result<void>();
  if (auto start = look_at_start(); !start) co_return std::move(start);
  auto write = [&] {
    auto done = part_.write(at_, buffer_);
    if (done) hash_.feed(buffer_);
    return done;
  };
  auto written = co_await on_threads(desk_.threads, std::move(write));
  if (written) at_ += buffer_.size();
  buffer_.clear();
  co_return std::move(written);
}

// Durable first, then counted. Between asking whether it is still ours and writing that down nothing else
// happens.
Awaitable<Result<void>> Arrival::checkpoint(store::Upload& upload) {
  if (at_ == upload.received) co_return Result<void>();
  auto settle = [&] { return part_.settle(); };
  auto settled = co_await on_threads(desk_.threads, std::move(settle));
  if (!settled) co_return std::move(settled);
  if (!part_.held()) co_return refuse(lost_place());
  store::Upload next = upload;
  next.received = at_;
  next.hash = hash_.kept();
  next.touched = desk_.now();
  auto advance = [&](store::Unit& unit) -> Result<bool> {
    if (!store::Uploads(unit).advance(next, upload.received)) return refuse(lost_place());
    return true;
  };
  auto advanced = co_await api::written(desk_.store, std::move(advance));
  if (!advanced) co_return refuse(std::move(advanced.error()));
  upload = next;
  co_return Result<void>();
}

}  // namespace carillon::api
