// What the program was told, and by whom: a flag wins over the environment (CARILLON_*), the environment over
// a file, a file over the default; every value knows where it came from. The only place that reads the
// environment. Refuses to know what the values are good for. Main thread, at start.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "base/secret.h"
#include "model/bucket.h"
#include "model/mail.h"
#include "net/address.h"

namespace carillon::run {

// The application registered with a network, for networks that want one.
struct AppKeys {
  std::string network, client_id;
  Secret client_secret;
  bool vetted = false;  // approved by the network for organisations too
};

enum class Source : uint8_t { initial, file, environment, flag };

// One line of --print-config. Secrets are not in here, only whether they are set.
struct Origin {
  std::string name, shown;
  Source source = Source::initial;
  std::string why;  // "flag --listen, over CARILLON_LISTEN"
};

struct Config {
  std::filesystem::path data;  // absolute
  std::string listen;          // "127.0.0.1:8070"
  std::string public_url;      // where people and networks reach it; no trailing slash
  std::string database;        // "sqlite:/data/carillon.db", "postgres://…"
  bool sandbox = false;        // run the sandbox beside the server
  std::string sandbox_listen;  // "127.0.0.1:8071"
  std::string sandbox_url;     // where the sandbox is, without a slash at the end; empty: there is none
  std::filesystem::path master_key_file;   // run/keys.h
  std::string log_level, log_format;       // run/log.h
  Duration late_grace{0};                  // a post is late when its time is missed by more than this
  std::vector<AppKeys> apps;               // those with an id and a secret
  MailServer mail;                         // host empty: not set here
  std::string media;                       // "s3://bucket/prefix"; empty: the folder in the data folder
  BucketPlace bucket;                      // name empty: media lie in the folder alone
  std::string s3_addressing;               // "auto", "path", "host"
  uint64_t media_cache = 0;                // bytes of the bucket's files kept in the folder
  std::vector<net::Permit> open_networks;  // private ones that may be reached all the same
  std::vector<std::string> warnings;       // in words: to be logged once logging works
  std::vector<Origin> origins;             // by setting, in the order of settings()
};

enum class Kind : uint8_t { text, flag, path, address, url, choice, span, size, networks, secret };

struct Setting {
  std::string_view name;  // flag --name, environment CARILLON_NAME, file "name = value"
  Kind kind = Kind::text;
  std::string_view initial;  // empty: said in `help`
  std::string_view help;
  void (*put)(Config&, const std::string& value) = nullptr;
  std::string_view choices = {};  // of a choice, separated by '|'
};

std::span<const Setting> settings();
const Setting* find_setting(std::string_view name);  // nullptr: there is no such setting

struct Told {
  std::map<std::string, std::string> flags;        // by setting; of secrets only "<name>-file"
  std::map<std::string, std::string> environment;  // CARILLON_* by full name
  std::string file;                                // --config
};

// Fault: invalid, names the setting, what was seen and what to do (exit code 78).
Result<Config> load_config(const Told& told);

// The CARILLON_* part of the environment. Secrets are wiped from the process's environment on the way, so
// that neither child processes nor /proc show them.
std::map<std::string, std::string> take_environment();

std::string environment_name(std::string_view setting);  // "CARILLON_PUBLIC_URL"
std::string_view to_text(Source source);

}  // namespace carillon::run
