// Identities: UUIDv7 (RFC 9562), one type per noun so that they cannot be mixed up. Ordered by birth.
// Refuses to know where randomness comes from. Any thread.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/random.h"

namespace carillon {

using IdBytes = std::array<uint8_t, 16>;

IdBytes make_id_bytes(Instant born, Random& random);        // UUIDv7 of that millisecond
std::string id_text(const IdBytes& bytes);                  // 36 characters, lower case
std::optional<IdBytes> parse_id_bytes(std::string_view text);

template <class Noun>
struct Id {
  IdBytes bytes{};

  static Id make(Instant born, Random& random) { return {make_id_bytes(born, random)}; }
  static std::optional<Id> parse(std::string_view text) {
    const auto bytes = parse_id_bytes(text);
    return bytes ? std::optional<Id>(Id{*bytes}) : std::nullopt;
  }
  std::string text() const { return id_text(bytes); }
  bool empty() const { return bytes == IdBytes{}; }
  auto operator<=>(const Id&) const = default;
};

using WorkspaceId = Id<struct WorkspaceNoun>;
using UserId = Id<struct UserNoun>;
using SessionId = Id<struct SessionNoun>;
using ApiKeyId = Id<struct ApiKeyNoun>;
using AccountId = Id<struct AccountNoun>;
using MediaId = Id<struct MediaNoun>;
using UploadId = Id<struct UploadNoun>;
using PostId = Id<struct PostNoun>;
using ContentId = Id<struct ContentNoun>;
using DeliveryId = Id<struct DeliveryNoun>;
using AttemptId = Id<struct AttemptNoun>;
using NoticeId = Id<struct NoticeNoun>;
using FeedId = Id<struct FeedNoun>;
using CampaignId = Id<struct CampaignNoun>;
using TaskId = Id<struct TaskNoun>;
using BlackoutId = Id<struct BlackoutNoun>;
using HashtagGroupId = Id<struct HashtagGroupNoun>;

}  // namespace carillon

template <class Noun>
struct std::hash<carillon::Id<Noun>> {
  size_t operator()(const carillon::Id<Noun>& id) const noexcept {
    uint64_t tail = 0;  // the last eight bytes of a UUIDv7 are random
    std::memcpy(&tail, id.bytes.data() + 8, sizeof tail);
    return static_cast<size_t>(tail);
  }
};
