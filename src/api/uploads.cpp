// Uploads in pieces: begun, gone on with after any interruption, and made a media file exactly once. How far
// one is is what is durable: the bytes are on the disk before the row says so.
#include <fmt/format.h>

#include <charconv>

#include "api/answers.h"
#include "api/arrival.h"
#include "api/awaited.h"
#include "api/depot_awaited.h"
#include "api/handlers.h"
#include "api/media_words.h"
#include "api/words.h"
#include "base/digest.h"
#include "base/text.h"
#include "media/parts.h"
#include "media/stored_name.h"
#include "run/upload_sweep.h"
#include "store/media.h"

namespace carillon::api {

namespace {
constexpr uint64_t spare_bytes = 512 << 20;  // of the disk, left for the database

std::string render(const store::Upload& upload) {
  Json json;
  write(json, upload);
  return json.take();
}

Result<store::Upload> find_upload(store::Unit& unit, const Request& request, UploadId id) {
  auto upload = store::Uploads(unit).find(request.caller.workspace, id);
  if (!upload) {
    return refuse(
        {.kind = FaultKind::gone,
         .code = "not_found",
         .text = "There is no such upload (any more).",
         .remedy = "Begin the upload again. One that nobody goes on with is forgotten after a day."});
  }
  return std::move(*upload);
}

Result<store::Upload> read_upload(const Request& request) {
  std::optional<Fault> wrong;
  auto upload = read_body(request, [&](Reader& reader) {
    store::Upload read;
    const auto name = file_name(reader.text("name", {1, 1000}), "name");
    const auto folder = folder_path(reader.maybe_text("folder", {0, 1000}).value_or(""), "folder");
    reader.require("bytes");
    read.bytes = static_cast<uint64_t>(reader.maybe_integer("bytes", 1, int64_t{1} << 50).value_or(1));
    read.sha256 = reader.maybe_text("sha256", {64, 64}).value_or("");
    if (!read.sha256.empty() && !from_hex(read.sha256))
      reader.refuse("bad_sha256", "This is not a SHA-256.", "sha256", "Write it as 64 hexadecimal digits.");
    if (!name) wrong = name.error();
    if (!folder) wrong = folder.error();
    read.name = name.value_or("");
    read.folder = folder.value_or("");
    return read;
  });
  if (upload && wrong) return refuse(std::move(*wrong));
  return upload;
}

std::string gigabytes(uint64_t bytes) {
  return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

Result<void> fits(const store::Upload& upload, const std::vector<store::Upload>& others, const Desk& desk) {
  const Settings& settings = desk.settings;
  uint64_t coming = upload.bytes;
  for (const store::Upload& other : others) coming += other.bytes - other.received;
  if (upload.bytes > settings.largest_piecewise) {
    return refuse(invalid("too_large",
                          fmt::format("The file has {}; this server takes up to {}.", gigabytes(upload.bytes),
                                      gigabytes(settings.largest_piecewise)),
                          "bytes", "Make the file smaller."));
  }
  if (others.size() >= settings.most_uploads) {
    return refuse(closed("too_many_uploads", fmt::format("{} uploads are under way already.", others.size()),
                         "Finish or cancel one of them first."));
  }
  if (const uint64_t free = desk.parts.free_bytes(); free < coming + spare_bytes) {
    return refuse(closed("no_room",
                         fmt::format("The server's disk has {} left; uploads under way and this one need {}.",
                                     gigabytes(free), gigabytes(coming)),
                         "Make room on the server's disk, or cancel other uploads."));
  }
  return {};
}

std::optional<uint64_t> number_of(std::string_view text) {
  uint64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Which bytes come with this request. Fault: as the contract says.
Result<uint64_t> offset_of(const Request& request) {
  if (const auto offset = number_of(request.header("upload-offset").value_or(""))) return *offset;
  return refuse(invalid("no_offset", "The request does not say where its bytes belong.", "Upload-Offset",
                        "Send the number of bytes that arrived before."));
}

Fault elsewhere(const store::Upload& upload, uint64_t offset) {
  return closed(
      "wrong_offset",
      fmt::format("{} bytes of this upload have arrived; these begin at {}.", upload.received, offset),
      "Go on at the offset in the Upload-Offset header.");
}

// A refusal that says where to go on.
Answer at(const store::Upload& upload, const Fault& fault, const Request& request) {
  wire::Response response = problem(fault, request.id);
  response.headers.push_back({"Upload-Offset", std::to_string(upload.received)});
  return response;
}

void forget(store::Store& store, const store::Upload& upload) {
  store.write([upload](store::Unit& unit) { store::Uploads(unit).remove(upload.workspace, upload.id); },
              [](std::exception_ptr) {});
}

// What is wrong with the file is wrong for ever; what the server lacks may be mended.
bool is_final(const Fault& fault) {
  return fault.kind == FaultKind::invalid || fault.kind == FaultKind::gone;
}

Fault incomplete(const store::Upload& upload) {
  return closed("incomplete", fmt::format("{} of {} bytes have arrived.", upload.received, upload.bytes),
                "Send the rest first.");
}

Fault being_finished() {
  return {.kind = FaultKind::duplicate,
          .code = "being_finished",
          .text = "The server is reading the file.",
          .remedy = "Ask again in a moment.",
          .retry_after = std::chrono::seconds(1)};
}

Fault other_bytes() {
  return invalid("sha256_differs", "What arrived is not the file that was announced: its SHA-256 differs.",
                 "sha256", "Upload the file again.");
}

// Measured and on its shelf. On a pool's thread.
Result<MediaFacts> shelve(Desk& desk, const store::Upload& upload) {
  auto hash = Sha256Stream::resumed(upload.hash);
  const std::string sha256 = hash ? to_hex(hash->finish()) : "";
  if (!upload.sha256.empty() && !equals_ignoring_case(upload.sha256, sha256)) return refuse(other_bytes());
  auto facts = desk.parts.measure(upload.id);
  if (!facts) return refuse(as_ours(std::move(facts.error())));
  facts->id = upload.medium();
  facts->sha256 = sha256;
  desk.parts.keep(upload.id, upload.medium());
  return facts;
}

// The medium is written down in the transaction that ends the upload: there is one or none.
Result<store::MediaFile> settle(store::Unit& unit, const Request& request, const store::Upload& upload,
                                const MediaFacts& facts) {
  auto now = find_upload(unit, request, upload.id);
  if (!now) return refuse(std::move(now.error()));
  const store::MediaFile file{.facts = facts,
                              .workspace = upload.workspace,
                              .name = upload.name,
                              .path = media::stored_name(facts.id),
                              .thumbnail = media::thumbnail_name(facts.id),
                              .created = request.now,
                              .folder = now->folder};
  store::MediaShelf(unit).add(file);
  store::Uploads(unit).finish(upload.workspace, upload.id, request.now);
  return file;
}

struct Ended {
  store::MediaFile file;
  int64_t uses = 0;
};

Result<Ended> ended(store::Unit& unit, const Request& request, const store::Upload& upload) {
  store::MediaShelf shelf(unit);
  auto file = shelf.find(upload.workspace, upload.medium());
  if (!file) return refuse(not_found("file"));
  return Ended{std::move(*file), shelf.uses(upload.workspace, upload.medium())};
}
}  // namespace

Answering begin_upload(Request& request, Desk& desk) {
  auto upload = read_upload(request);
  if (!upload) co_return refuse(std::move(upload.error()));
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  upload->id = UploadId::make(request.now, desk.random);
  upload->workspace = request.caller.workspace;
  upload->person = request.caller.user;
  upload->created = upload->touched = request.now;
  auto work = [&](store::Unit& unit) {
    return once(unit, request, *key, print_of(request), [&]() -> Result<Made> {
      store::Uploads uploads(unit);
      if (auto room = fits(*upload, uploads.unfinished(upload->workspace), desk); !room)
        return refuse(std::move(room.error()));
      uploads.add(*upload);
      return Made{201, render(*upload)};
    });
  };
  auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(std::move(made.error()));
  co_return made_answer(std::move(*made));
}

Answering list_uploads(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::Uploads(unit).unfinished(request.caller.workspace); };
  const auto uploads = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const store::Upload& upload : uploads) write(json, upload);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering get_upload(Request& request, Desk& desk) {
  const auto id = request.id_in_path<UploadId>("upload");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return find_upload(unit, request, *id); };
  const auto upload = co_await seen(desk.store, std::move(look));
  if (!upload) co_return refuse(upload.error());
  wire::Response response = json_answer(200, render(*upload));
  response.headers.push_back({"Upload-Offset", std::to_string(upload->received)});
  co_return response;
}

Answering continue_upload(Request& request, Desk& desk) {
  const auto id = request.id_in_path<UploadId>("upload");
  const auto offset = offset_of(request);
  if (!id) co_return refuse(id.error());
  auto known = [&](store::Unit& unit) { return find_upload(unit, request, *id); };
  const auto there = co_await seen(desk.store, known);
  if (!there) co_return refuse(there.error());
  if (!offset) co_return refuse(offset.error());
  // Whoever had it can write no more from here on; what it wrote down is written before this is read.
  Arrival arrival(desk, desk.parts.take(*id));
  auto upload = co_await written(desk.store, known);
  if (!upload) co_return refuse(std::move(upload.error()));
  if (*offset != upload->received || upload->done)
    co_return at(*upload, elsewhere(*upload, *offset), request);
  auto arrived = co_await arrival.receive(request, *upload);
  if (arrived) {
    wire::Response response = json_answer(200, render(*upload));
    response.headers.push_back({"Upload-Offset", std::to_string(upload->received)});
    co_return response;
  }
  if (is_final(arrived.error()) && arrived.error().code == "wrong_content_type") {
    forget(desk.store, *upload);
    auto drop = [&] { return desk.parts.drop(*id), true; };
    co_await on_threads(desk.threads, std::move(drop));
    co_return refuse(std::move(arrived.error()));
  }
  co_return at(*upload, arrived.error(), request);
}

Answering finish_upload(Request& request, Desk& desk) {
  const auto id = request.id_in_path<UploadId>("upload");
  if (!id) co_return refuse(id.error());
  const auto alone = desk.parts.begin_finishing(*id);
  if (!alone) co_return refuse(being_finished());
  auto known = [&](store::Unit& unit) { return find_upload(unit, request, *id); };
  const auto upload = co_await written(desk.store, std::move(known));
  if (!upload) co_return refuse(upload.error());
  if (upload->done) {
    auto look = [&](store::Unit& unit) { return ended(unit, request, *upload); };
    const auto before = co_await seen(desk.store, std::move(look));
    if (!before) co_return refuse(before.error());
    co_return json_answer(200, render(before->file, before->uses));
  }
  if (upload->received != upload->bytes) co_return at(*upload, incomplete(*upload), request);
  const media::Part held = desk.parts.take(*id);
  auto measure = [&] { return shelve(desk, *upload); };
  auto facts = co_await on_threads(desk.threads, std::move(measure));
  auto drop = [&] { return desk.parts.drop(*id), true; };
  if (!facts) {
    if (is_final(facts.error())) {
      forget(desk.store, *upload);
      co_await on_threads(desk.threads, std::move(drop));
    }
    co_return refuse(std::move(facts.error()));
  }
  if (auto lies = co_await stored(desk, upload->workspace, *facts); !lies)
    co_return refuse(std::move(lies.error()));  // the part stays: finish may be asked again
  auto work = [&](store::Unit& unit) { return settle(unit, request, *upload, *facts); };
  const auto file = co_await written(desk.store, std::move(work));
  auto end = [&] {
    file ? desk.depot.settled(upload->medium()) : desk.depot.remove(upload->medium());
    return desk.parts.drop(*id), true;
  };
  co_await on_threads(desk.threads, std::move(end));
  if (!file) co_return refuse(file.error());
  co_return json_answer(201, render(*file, 0));
}

Answering cancel_upload(Request& request, Desk& desk) {
  const auto id = request.id_in_path<UploadId>("upload");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    const auto upload = find_upload(unit, request, *id);
    if (!upload) return refuse(upload.error());
    store::Uploads(unit).remove(upload->workspace, upload->id);
    return true;
  };
  auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(std::move(done.error()));
  const media::Part held = desk.parts.take(*id);  // whoever still sends is refused
  auto drop = [&] { return desk.parts.drop(*id), true; };
  co_await on_threads(desk.threads, std::move(drop));
  co_return nothing();
}

}  // namespace carillon::api
