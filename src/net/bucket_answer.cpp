#include "net/bucket_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace carillon::net {
namespace {

std::string plain(std::string_view xml) {
  constexpr std::array<std::pair<std::string_view, char>, 6> entities = {
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#34;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};
  std::string text;
  while (!xml.empty()) {
    const auto known =
        std::ranges::find_if(entities, [&](const auto& one) { return xml.starts_with(one.first); });
    text += known == entities.end() ? xml.front() : known->second;
    xml.remove_prefix(known == entities.end() ? 1 : known->first.size());
  }
  return text;
}

// The inside of the first element of that name, and what comes after it.
std::pair<std::string_view, std::string_view> cut_out(std::string_view xml, std::string_view name) {
  const std::string begin = fmt::format("<{}>", name), end = fmt::format("</{}>", name);
  const size_t from = xml.find(begin);
  if (from == std::string_view::npos) return {};
  xml.remove_prefix(from + begin.size());
  const size_t to = xml.find(end);
  if (to == std::string_view::npos) return {};
  return {xml.substr(0, to), xml.substr(to + end.size())};
}

struct Refusal {
  std::string_view code, text, remedy;
};

// docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (2026-11)
constexpr std::array<Refusal, 11> refusals = {{
    {"InvalidAccessKeyId", "does not know the access key", "Set s3-access-key to the id your vendor shows."},
    {"SignatureDoesNotMatch", "refuses the signature: the secret key is not that of the access key",
     "Set s3-secret-key again, without spaces around it; and check s3-region."},
    {"AccessDenied", "does not let this key do that",
     "Give the key the right to list the bucket and to read, write and remove its objects."},
    {"AllAccessDisabled", "is closed to everybody", "Look at the account at your vendor."},
    {"NoSuchBucket", "does not exist at this address",
     "Create it, or mend the name in media and s3-endpoint."},
    {"PermanentRedirect", "is at another address", "Set s3-endpoint to the address of the bucket's region."},
    {"AuthorizationHeaderMalformed", "is in another region", "Set s3-region to the bucket's region."},
    {"InvalidRegion", "is in another region", "Set s3-region to the bucket's region."},
    {"RequestTimeTooSkewed", "refuses this server's clock",
     "Set the clock by NTP (timedatectl set-ntp true)."},
    {"QuotaExceeded", "is full", "Make room in it, or raise its limit at your vendor."},
    {"InvalidObjectState", "keeps this object in an archive", "Restore the object to the standard class."},
}};

const Refusal* refusal_of(std::string_view code) {
  const auto found = std::ranges::find(refusals, code, &Refusal::code);
  return found == refusals.end() ? nullptr : &*found;
}

std::string in_words(const BucketPlace& place) {
  return fmt::format("The bucket {} at {}", place.name, place.endpoint);
}

Fault refused_by(const wire::Response& response, const BucketPlace& place) {
  const std::string code = element(response.body, "Code"), message = element(response.body, "Message");
  const Refusal* known = refusal_of(code.empty() && response.status == 403 ? "AccessDenied" : code);
  const std::string region = element(response.body, "Region");
  Fault fault{
      .kind = FaultKind::unavailable,
      .code = "storage_refused",
      .text = known ? fmt::format("{} {}.", in_words(place), known->text)
                    : fmt::format("{} answered {}{}{}.", in_words(place), response.status,
                                  code.empty() ? "" : " " + code,
                                  message.empty() ? "" : ": " + shortened(message, 160)),
      .remedy = std::string(known ? known->remedy
                                  : "Check media, s3-endpoint and s3-region, and your vendor's status page."),
      .detail = shortened(message.empty() ? response.body : code + ": " + message, 500)};
  if (!region.empty()) fault.remedy = fmt::format("Set s3-region to {}.", shortened(region, 40));
  return fault;
}

}  // namespace

std::string element(std::string_view xml, std::string_view name) {
  return plain(cut_out(xml, name).first);
}

std::vector<std::string_view> elements(std::string_view xml, std::string_view name) {
  std::vector<std::string_view> found;
  while (true) {
    const auto [inside, rest] = cut_out(xml, name);
    if (inside.data() == nullptr) return found;
    found.push_back(inside);
    xml = rest;
  }
}

Fault storage_stopped() {
  return {.kind = FaultKind::unavailable,
          .code = "storage_stopped",
          .text = "The server stops.",
          .remedy = "Nothing to do: it goes on when the server runs again."};
}

bool is_passing(const Outcome& outcome) {
  const auto* response = std::get_if<wire::Response>(&outcome);
  if (response == nullptr) return true;
  return response->status >= 500 || response->status == 429 || response->status == 408 ||
         element(response->body, "Code") == "RequestTimeout";
}

Fault bucket_fault(const Outcome& outcome, const BucketPlace& place) {
  if (const auto* response = std::get_if<wire::Response>(&outcome)) {
    const std::string code = element(response->body, "Code");
    if (response->status != 404 || code == "NoSuchBucket") return refused_by(*response, place);
    return {.kind = FaultKind::gone,
            .code = "object_gone",
            .text = fmt::format("{} does not have this file (any more).", in_words(place)),
            .remedy = "Upload it again, or restore the bucket."};
  }
  const auto* unsent = std::get_if<NotSent>(&outcome);
  return {
      .kind = FaultKind::unavailable,
      .code = "storage_unreachable",
      .text = fmt::format("{} did not answer: {}", in_words(place),
                          unsent != nullptr ? unsent->why : std::get<Lost>(outcome).why),
      .remedy = "Check s3-endpoint, and that this server may connect to it. What waits goes on by itself."};
}

}  // namespace carillon::net
