// The nouns as the API writes them (openapi.json, components/schemas), and the sentences that belong to their
// codes. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/approval.h"
#include "api/json.h"
#include "api/saying.h"
#include "channels/registry.h"
#include "model/account.h"
#include "model/lane.h"
#include "model/people.h"
#include "model/post.h"
#include "plan/check.h"
#include "store/records.h"

namespace carillon::api {

void write(Json& json, const Workspace& workspace);
void write(Json& json, const User& user);
void write(Json& json, const Session& session, bool current);
void write(Json& json, const ApiKey& key);
// lanes: of the installation, for what the account may still do; nullptr: without.
void write(Json& json, const Account& account, const channels::Registry& registry, Instant now,
           const std::vector<LaneState>* lanes = nullptr);
void write(Json& json, const Content& content);
void write(Json& json, const std::optional<Fault>& fault);
void write(Json& json, const Attempt& attempt);
void write(Json& json, const Notice& notice);
void write(Json& json, const AuditEntry& entry);
void write(Json& json, const store::MediaFile& file, int64_t uses);
std::string render(const store::MediaFile& file, int64_t uses);  // the same as a document of its own
inline constexpr size_t upload_piece = 8 << 20;  // bytes of an upload that are well sent at a time
void write(Json& json, const store::Upload& upload);
void write_fields(Json& json, const store::MediaFile& file, int64_t uses);  // inside an object that goes on
void write(Json& json, const plan::Finding& finding);
void write(Json& json, const plan::Report& report, const std::optional<plan::Schedule>& schedule);
void write(Json& json, const Tally& tally);
void write(Json& json, const channels::Traits& traits);  // without "connect": begins, does not end

// account: nullptr when it is not known (any more).
void write(Json& json, const Delivery& delivery, const Account* account, std::span<const Attempt> attempts,
           bool with_attempts);
// Without deliveries when there are none to show. sayings: by target, or none at all.
void write(Json& json, const Post& post, std::span<const Account> accounts,
           const std::vector<Delivery>* deliveries, const ShownProposal* proposal = nullptr,
           std::span<const Spoken> sayings = {});

std::string_view reason_text(const Delivery& delivery);
std::vector<std::string> mail_words(uint8_t bits);  // of User::mails
std::string_view to_text(channels::Severity severity);
const Account* find_account(std::span<const Account> accounts, AccountId id);

// 0 is "not yet".
std::optional<Instant> set(Instant at);

}  // namespace carillon::api
