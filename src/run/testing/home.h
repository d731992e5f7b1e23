// For tests: a database on disk that has accidents, keys, and one connected account whose credential is
// sealed as everywhere. Thread: the test's.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>

#include "run/clock.h"
#include "run/credentials.h"
#include "store/accounts.h"
#include "store/store.h"

namespace carillon::run::testing {

// The real one, but some works are done and then taken back.
class ShakyStore final : public store::Store {
 public:
  explicit ShakyStore(std::unique_ptr<store::Store> real) : real_(std::move(real)) {}
  using Store::write;

  void write(Work work, After after, Fate fate) override {
    real_->write(shaky(std::move(work), broken_writes), std::move(after), fate);
  }
  void read(Work work, After after) override {
    auto told = [this, after = std::move(after)](std::exception_ptr broken) mutable {
      if (after_reading) std::exchange(after_reading, nullptr)();
      after(broken);
    };
    real_->read(shaky(std::move(work), broken_reads), std::move(told));
  }
  void backup_to(const std::filesystem::path& file) override { real_->backup_to(file); }
  std::string describe() const override { return real_->describe(); }

  std::atomic<int> broken_writes = 0, broken_reads = 0;  // so many, from now on
  std::function<void()> after_reading;                   // once, before the reader is told

 private:
  static Work shaky(Work work, std::atomic<int>& left) {
    const bool breaks = left > 0 && left-- > 0;
    return [breaks, work = std::move(work)](store::Unit& unit) mutable {
      work(unit);
      if (breaks) throw store::StoreError(store::StoreError::Kind::full, "The disk is full.");
    };
  }
  std::unique_ptr<store::Store> real_;
};

class Home : public ::testing::Test {
 protected:
  Home() {
    account.id = AccountId::make(wall_clock(), random);
    account.workspace = WorkspaceId::make(wall_clock(), random);
    account.network = "x";
    account.external_id = "1";
    account.name = "Shop";
    account.refreshable = true;
  }
  ~Home() override {
    store.reset();
    std::filesystem::remove_all(folder);
  }

  void connect(const Credential& credential) {
    const std::string sealed = seal_credential(credential, account, keyring, random);
    write([&](store::Accounts& accounts) { accounts.connect(account, sealed); });
  }
  void write(const std::function<void(store::Accounts&)>& work) {
    store->write_now([&](store::Unit& unit) {
      store::Accounts accounts(unit);
      work(accounts);
    });
  }
  Account now_is() {
    Account now;
    store->read_now(
        [&](store::Unit& unit) { now = store::Accounts(unit).find(account.workspace, account.id).value(); });
    return now;
  }
  // One secret of what is stored; empty: nothing is.
  std::string stored(const std::string& secret) {
    std::optional<std::string> sealed;
    store->read_now(
        [&](store::Unit& unit) { sealed = store::Accounts(unit).credential(account.workspace, account.id); });
    if (!sealed) return "";
    const Credential credential = open_credential(*sealed, account, keyring).value();
    return std::string(credential.at(secret).reveal());
  }

  SystemRandom random;
  std::filesystem::path folder = made();
  Keyring keyring{{{"k1", Secret(std::string(32, 'k'))}}, "k1"};
  std::unique_ptr<ShakyStore> store = std::make_unique<ShakyStore>(
      store::Store::open({.url = "sqlite:" + (folder / "carillon.db").string(), .readers = 1}));
  Account account;

 private:
  static std::filesystem::path made() {
    std::string name = (std::filesystem::temp_directory_path() / "carillon-home-XXXXXX").string();
    return ::mkdtemp(name.data());
  }
};

}  // namespace carillon::run::testing
