#include "cli/post_lookup.h"

#include <fmt/format.h>

#include "cli/named.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

Fault not_its_own(const char* option, const std::string& given, const char* what) {
  return {.kind = FaultKind::invalid,
          .code = "usage",
          .text = fmt::format("--{} \"{}\" does not say whose {} it is.", option, given, what),
          .field = option,
          .remedy = fmt::format("Write --{0} NETWORK={1} or --{0} @handle={1}.", option, what)};
}

// "x=…": the ids of those who are meant by what stands before the "=", and what stands behind it.
struct Own {
  std::vector<std::string> whose;
  std::string what;
};
Result<Own> parse_own(const json::array& accounts, const char* option, const std::string& given,
                      const char* what) {
  const size_t equals = given.find('=');
  if (equals == std::string::npos) return refuse(not_its_own(option, given, what));
  const auto found = find_accounts(accounts, {given.substr(0, equals)});
  if (!found) return refuse(found.error());
  Own own{.whose = {}, .what = given.substr(equals + 1)};
  for (const json::object& account : *found) own.whose.push_back(text_of(account, "id"));
  return own;
}

class LookUp {  // who is meant, and the files they need, by id
 public:
  LookUp(net::WaitingClient& client, Terminal& terminal, OneFile& source)
      : client_(client), terminal_(terminal), source_(source) {}

  Result<void> accounts(Asked& asked);
  Result<void> files(Asked& asked);

 private:
  Result<void> own_files(Asked& asked);
  Result<std::string> stored(const std::string& file);

  net::WaitingClient& client_;
  Terminal& terminal_;
  OneFile& source_;
  json::array known_;
};

Result<void> LookUp::accounts(Asked& asked) {
  if (asked.to.empty()) return {};
  const auto known = client_.json("GET", "/api/v1/accounts");
  if (!known) return refuse(known.error());
  known_ = list_of(*known, "items");
  const auto found = find_accounts(known_, asked.to);
  if (!found) return refuse(found.error());
  for (const json::object& account : *found) asked.composition.accounts.push_back(text_of(account, "id"));
  for (const std::string& given : asked.own) {
    const auto own = parse_own(known_, "own", given, "TEXT");
    if (!own) return refuse(own.error());
    for (const std::string& account : own->whose) asked.composition.own.emplace_back(account, own->what);
  }
  return {};
}

Result<std::string> LookUp::stored(const std::string& file) {
  const auto media = upload(client_, source_, {.file = file, .tell = drawn_on(terminal_)});
  terminal_.progress_done();
  if (!media) return refuse(media.error());
  return text_of(*media, "id");
}

Result<void> LookUp::own_files(Asked& asked) {
  for (const std::string& given : asked.own_files) {
    const auto own = parse_own(known_, "own-media", given, "FILE");
    if (!own) return refuse(own.error());
    auto id = own->what == "none" ? Result<std::string>("") : stored(own->what);
    if (!id) return refuse(id.error());
    for (const std::string& account : own->whose) asked.composition.own_media.emplace_back(account, *id);
  }
  return {};
}

Result<void> LookUp::files(Asked& asked) {
  for (const std::string& file : asked.files) {
    auto id = stored(file);
    if (!id) return refuse(id.error());
    asked.composition.media.push_back(std::move(*id));
  }
  return own_files(asked);
}

}  // namespace

Result<void> look_up(net::WaitingClient& client, Terminal& terminal, OneFile& source, Asked& asked) {
  LookUp look(client, terminal, source);
  if (const auto found = look.accounts(asked); !found) return found;
  if (!asked.campaign.empty()) {
    auto id = find_campaign(client, asked.campaign);
    if (!id) return refuse(id.error());
    asked.composition.campaign = std::move(*id);
  }
  return look.files(asked);
}

}  // namespace carillon::cli
