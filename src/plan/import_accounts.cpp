#include "plan/import_accounts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"

namespace carillon::plan {

namespace {
std::string full_name(const Account& account) {
  return fmt::format("{} ({})", account.name, account.network);
}

bool is_meant(const Account& account, const std::string& word) {
  const std::string handle = folded(account.handle);
  const std::string bare = handle.starts_with('@') ? handle.substr(1) : handle;
  const std::string name = folded(account.name);
  const auto is_called = [&](std::string_view text) {
    return text == name || (!bare.empty() && (text == handle || text == bare));
  };
  const std::string before = folded(account.network) + ":";
  return word == "all" || word == account.id.text() || word == folded(full_name(account)) ||
         word == folded(account.network) || is_called(word) ||
         (word.starts_with(before) && is_called(std::string_view(word).substr(before.size())));
}

bool means_many(const std::string& word, std::span<const Account> accounts) {
  return word == "all" || std::ranges::any_of(accounts, [&](const Account& account) {
           return word == folded(account.network);
         });
}

Fault unknown(const std::string& word, std::span<const Account> accounts) {
  std::vector<std::string> names;
  for (const Account& account : accounts.first(std::min<size_t>(accounts.size(), 8)))
    names.push_back(full_name(account));
  return {
      .kind = FaultKind::invalid,
      .code = "account_unknown",
      .text = fmt::format("There is no account \"{}\" here.", shortened(word, 60)),
      .remedy = names.empty() ? "Connect it first." : fmt::format("Here are: {}.", fmt::join(names, ", "))};
}

Fault ambiguous(const std::string& word, const std::vector<const Account*>& meant) {
  std::vector<std::string> names;
  for (const Account* account : meant) names.push_back(full_name(*account));
  return {.kind = FaultKind::invalid,
          .code = "account_ambiguous",
          .text = fmt::format("\"{}\" can be {}.", shortened(word, 60), fmt::join(names, " or ")),
          .remedy =
              fmt::format("Write it with its network, \"{}:{}\", or write the id.", meant[0]->network, word)};
}
}  // namespace

std::vector<std::string> words_of(std::string_view cell) {
  const char separator = cell.find(';') == std::string_view::npos ? ',' : ';';
  std::vector<std::string> words;
  for (size_t from = 0; from <= cell.size();) {
    const size_t end = std::min(cell.find(separator, from), cell.size());
    const auto word = trimmed(cell.substr(from, end - from));
    if (!word.empty()) words.emplace_back(word);
    from = end + 1;
  }
  return words;
}

Result<std::vector<const Account*>> accounts_called(const std::string& given,
                                                    std::span<const Account> accounts) {
  const std::string word = folded(given);
  std::vector<const Account*> meant;
  for (const Account& account : accounts) {
    if (is_meant(account, word)) meant.push_back(&account);
  }
  if (meant.empty()) return refuse(unknown(given, accounts));
  if (meant.size() > 1 && !means_many(word, accounts)) return refuse(ambiguous(given, meant));
  return meant;
}

Result<std::vector<AccountId>> accounts_named(std::string_view cell, std::span<const Account> accounts) {
  std::vector<AccountId> ids;
  for (const std::string& word : words_of(cell)) {
    const auto meant = accounts_called(word, accounts);
    if (!meant) return refuse(meant.error());
    for (const Account* account : *meant) {
      if (std::ranges::find(ids, account->id) == ids.end()) ids.push_back(account->id);
    }
  }
  return ids;
}

}  // namespace carillon::plan
