#include "run/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "run/config_text.h"
#include "wire/letter.h"
#include "wire/url.h"

namespace carillon::run {
namespace {

// One thing that was said about a setting. `where` is for people.
struct Said {
  Source source = Source::initial;
  std::string where, value;
};
using SaidByName = std::map<std::string, std::vector<Said>, std::less<>>;  // the first of a list wins

std::unexpected<Fault> wrong(const std::string& name, std::string text, std::string remedy) {
  return refuse({.kind = FaultKind::invalid,
                 .code = "configuration",
                 .text = std::move(text),
                 .field = name,
                 .remedy = std::move(remedy)});
}

Result<std::string> read_file(const std::string& path, const std::string& why) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) {
    return wrong(path, fmt::format("{} cannot be read ({}): {}.", path, why, std::strerror(errno)),
                 "Check that it exists and that this user may read it.");
  }
  return text.str();
}

// A name as it may be said: the setting itself, or "<name>-file", whose value is in the file named.
struct Meant {
  const Setting* setting = nullptr;
  bool in_file = false;
};

bool may_be_in_file(const Setting& setting) {
  return setting.kind == Kind::secret || setting.name == "database";
}

Meant meaning(std::string_view name) {
  if (const Setting* setting = find_setting(name)) return {setting, false};
  if (!name.ends_with("-file")) return {};
  const Setting* setting = find_setting(name.substr(0, name.size() - 5));
  return setting != nullptr && may_be_in_file(*setting) ? Meant{setting, true} : Meant{};
}

std::vector<std::string_view> known_names() {
  std::vector<std::string_view> names;
  for (const Setting& setting : settings()) names.push_back(setting.name);
  return names;
}

std::unexpected<Fault> unknown(const std::string& name, const std::string& where) {
  const std::string_view near = nearest(name, known_names());
  return wrong(name, fmt::format("{} says \"{}\", which is no setting.", where, name),
               near.empty() ? fmt::format("The settings are: {}.", fmt::join(known_names(), ", "))
                            : fmt::format("Did you mean \"{}\"?", near));
}

Result<void> add(SaidByName& said, const std::string& name, Said one) {
  const Meant meant = meaning(name);
  if (meant.setting == nullptr) return unknown(name, one.where);
  if (meant.in_file) {
    const auto content = read_file(one.value, one.where);
    if (!content) return refuse(content.error());
    one.where += " → " + one.value;
    one.value = trimmed(*content);
  }
  auto& list = said[std::string(meant.setting->name)];
  if (!list.empty() && list.back().source == one.source) {
    return wrong(
        name,
        fmt::format("{} is set twice: by {} and by {}.", meant.setting->name, list.back().where, one.where),
        "Keep one of the two.");
  }
  list.push_back(std::move(one));
  return {};
}

// "CARILLON_PUBLIC_URL" -> "public-url"
std::string setting_name(std::string_view environment) {
  std::string name = lowered(environment.substr(std::strlen("CARILLON_")));
  std::ranges::replace(name, '_', '-');
  return name;
}

// Variables that are not settings of the server: of the client commands, of scripts and tests.
bool means_something_else(std::string_view variable) {
  return variable == "CARILLON_CONFIG" || variable == "CARILLON_SERVER" || variable == "CARILLON_KEY" ||
         variable.starts_with("CARILLON_TEST_");
}

Result<void> add_flags_and_environment(SaidByName& said, const Told& told, Config& config) {
  for (const auto& [name, value] : told.flags) {
    if (auto added = add(said, name, {Source::flag, "flag --" + name, value}); !added) return added;
  }
  for (const auto& [variable, value] : told.environment) {
    if (means_something_else(variable)) continue;
    const std::string name = setting_name(variable);
    if (meaning(name).setting == nullptr) {
      config.warnings.push_back(
          fmt::format("{} is in the environment, but there is no such setting.", variable));
      continue;
    }
    if (auto added = add(said, name, {Source::environment, variable, value}); !added) return added;
  }
  return {};
}

std::string winner(const SaidByName& said, const Setting& setting) {
  const auto found = said.find(setting.name);
  return found == said.end() ? std::string(setting.initial) : found->second.front().value;
}

// The file: --config, else CARILLON_CONFIG, else carillon.conf in the data folder if there is one.
Result<void> add_file(SaidByName& said, const Told& told) {
  std::string path = told.file;
  const auto variable = told.environment.find("CARILLON_CONFIG");
  if (path.empty() && variable != told.environment.end()) path = variable->second;
  const bool beside_data = path.empty();
  if (beside_data)
    path = (std::filesystem::path(winner(said, *find_setting("data"))) / "carillon.conf").string();
  if (beside_data && !std::filesystem::exists(path)) return {};
  const auto text = read_file(path, "the configuration file");
  if (!text) return refuse(text.error());
  const auto lines = parse_config_lines(*text, path);
  if (!lines) return refuse(lines.error());
  for (const ConfigLine& line : *lines) {
    const std::string where = fmt::format("{}, line {}", path, line.number);
    if (beside_data && line.name == "data") {
      return wrong("data", where + ": a file in the data folder cannot say where the data folder is.",
                   "Remove the line.");
    }
    if (auto added = add(said, line.name, {Source::file, where, line.value}); !added) return added;
  }
  return {};
}

bool is_choice(std::string_view choices, std::string_view value) {
  return ("|" + std::string(choices) + "|").find("|" + std::string(value) + "|") != std::string::npos;
}

// What is expected, in words; empty when the value fits.
std::string expectation(const Setting& setting, const std::string& value) {
  switch (setting.kind) {
    case Kind::flag: return value == "true" || value == "false" ? "" : "true or false";
    case Kind::address:
      return (value.empty() && setting.initial.empty()) || is_address(value)
                 ? ""
                 : "an address and a port, like 127.0.0.1:8070";
    case Kind::span: return parse_span(value) ? "" : "a span of time, like 90s, 15min, 2h";
    case Kind::size: return parse_size(value) ? "" : "a size, like 500MB, 10GB, 1TB";
    case Kind::networks:
      return parse_networks(value) ? "" : "private networks, like 10.1.0.0/16:443, [fd00::/8]";
    case Kind::choice:
      return is_choice(setting.choices, value) ? "" : "one of " + std::string(setting.choices);
    case Kind::url: return value.empty() || value.contains(':') ? "" : "an address with its scheme";
    case Kind::path:
    case Kind::text:
    case Kind::secret: return "";
  }
  return "";
}

std::string shown(const Setting& setting, const std::string& value) {
  if (setting.kind == Kind::secret) return value.empty() ? "" : "(set)";
  return setting.kind == Kind::url ? without_password(value) : value;
}

Origin origin(const Setting& setting, const std::string& value, const std::vector<Said>& said) {
  Origin out{std::string(setting.name), shown(setting, value), Source::initial, "default"};
  if (said.empty()) return out;
  out.source = said.front().source;
  out.why = said.front().where;
  for (size_t i = 1; i < said.size(); ++i) out.why += (i == 1 ? ", over " : " and ") + said[i].where;
  return out;
}

Result<void> put_values(Config& config, const SaidByName& said) {
  for (const Setting& setting : settings()) {
    const auto found = said.find(setting.name);
    const std::vector<Said> list = found == said.end() ? std::vector<Said>{} : found->second;
    const std::string value = winner(said, setting);
    if (const std::string expected = expectation(setting, value); !expected.empty()) {
      return wrong(std::string(setting.name),
                   fmt::format("{} is \"{}\" ({}).", setting.name, shown(setting, value),
                               list.empty() ? "default" : list.front().where),
                   fmt::format("It must be {}.", expected));
    }
    setting.put(config, value);
    config.origins.push_back(origin(setting, value, list));
  }
  return {};
}

void derive(Config& config, std::string_view name, std::string value) {
  const auto found = std::ranges::find(config.origins, name, &Origin::name);
  found->shown = std::move(value);
  if (found->source == Source::initial) found->why = "default, from other settings";
}

std::string next_door(const std::string& listen) {
  const auto port = static_cast<uint16_t>(std::stoi(listen.substr(listen.rfind(':') + 1)));
  return fmt::format("127.0.0.1:{}", port == 0 || port == 65535 ? 0 : port + 1);
}

// "s3://bucket/prefix", the endpoint and the keys, together. Fault: invalid.
Result<void> complete_bucket(Config& config) {
  BucketPlace& place = config.bucket;
  const auto address = bucket_address(config.media);
  if (!address) return wrong("media", address.error().text, address.error().remedy);
  place.name = address->name;
  place.prefix = address->prefix;
  if (place.endpoint.empty()) {
    place.endpoint = "https://s3." + place.region + ".amazonaws.com";
    derive(config, "s3-endpoint", place.endpoint);
  }
  const auto url = wire::parse_url(place.endpoint);
  if (!url || url->path != "/" || !url->query.empty()) {
    return wrong("s3-endpoint", "s3-endpoint is no address of a service: \"" + without_password(place.endpoint) + "\".",
                 "Write scheme and host, like https://s3.eu-central-1.amazonaws.com; the bucket goes into media.");
  }
  place.endpoint = url->origin();
  if (place.region.empty()) return wrong("s3-region", "s3-region is empty.", "Name the region; some vendors say auto.");
  const bool amazon = url->host.ends_with(".amazonaws.com");
  place.in_path = config.s3_addressing == "path" || (config.s3_addressing == "auto" && (!amazon || place.name.contains('.')));
  if (place.access_key.empty() || place.secret_key.empty()) {
    return wrong(place.access_key.empty() ? "s3-access-key" : "s3-secret-key",
                 "media is " + place.shown() + ", but a key to it is not set.",
                 "Set s3-access-key and s3-secret-key in the environment (CARILLON_S3_ACCESS_KEY, "
                 "CARILLON_S3_SECRET_KEY) or in the configuration file.");
  }
  if (url->scheme == "http" && !is_loopback(url->host))
    config.warnings.push_back("s3-endpoint is http://: files travel to the bucket unencrypted.");
  return {};
}

Result<void> complete(Config& config) {
  config.data = std::filesystem::absolute(config.data).lexically_normal();
  derive(config, "data", config.data.string());
  if (config.public_url.empty()) derive(config, "public-url", config.public_url = "http://" + config.listen);
  if (config.sandbox_listen.empty())
    derive(config, "sandbox-listen", config.sandbox_listen = next_door(config.listen));
  if (config.sandbox && config.sandbox_url.empty()) {
    derive(config, "sandbox-url", config.sandbox_url = "http://" + config.sandbox_listen);
  }
  for (std::string* url : {&config.public_url, &config.sandbox_url}) {
    while (url->ends_with('/')) url->pop_back();
  }
  if (config.database.empty()) {
    derive(config, "database", config.database = "sqlite:" + (config.data / "carillon.db").string());
  }
  if (config.master_key_file.empty()) {
    config.master_key_file = config.data / "keys" / "master.key";
    derive(config, "master-key-file", config.master_key_file.string());
  }
  if (!config.media.empty()) {
    if (auto done = complete_bucket(config); !done) return done;
  }
  if (config.mail.port == 0) return wrong("mail-port", "mail-port is no port.", "Use a number from 1 to 65535.");
  if (!config.mail.host.empty() && !wire::is_mail_address(config.mail.from)) {
    return wrong("mail-from", "mail-host is set, but mail-from is no e-mail address: \"" + config.mail.from + "\".",
                 "Set the address that mail comes from.");
  }
  for (const AppKeys& keys : config.apps) {
    if (keys.client_id.empty() != keys.client_secret.empty()) {
      return wrong(keys.network,
                   fmt::format("The app of {} has {}.", keys.network,
                               keys.client_id.empty() ? "a secret but no id" : "an id but no secret"),
                   "Set both, or none.");
    }
  }
  std::erase_if(config.apps, [](const AppKeys& keys) { return keys.client_id.empty(); });
  return {};
}

}  // namespace

Result<Config> load_config(const Told& told) {
  Config config;
  SaidByName said;
  if (auto added = add_flags_and_environment(said, told, config); !added) return refuse(added.error());
  if (auto added = add_file(said, told); !added) return refuse(added.error());
  if (auto put = put_values(config, said); !put) return refuse(put.error());
  if (auto done = complete(config); !done) return refuse(done.error());
  return config;
}

std::map<std::string, std::string> take_environment() {
  std::map<std::string, std::string> taken;
  std::vector<std::string> wiped;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=');
    if (!text.starts_with("CARILLON_") || equals == std::string_view::npos) continue;
    const std::string name(text.substr(0, equals));
    taken.emplace(name, text.substr(equals + 1));
    const Setting* setting = find_setting(setting_name(name));
    const bool secret = setting != nullptr && may_be_in_file(*setting);
    if (!secret && name != "CARILLON_KEY") continue;
    std::memset(*entry + equals + 1, '*', text.size() - equals - 1);
    wiped.push_back(name);
  }
  for (const std::string& name : wiped) unsetenv(name.c_str());
  return taken;
}

std::string environment_name(std::string_view setting) {
  std::string name = "CARILLON_" + std::string(setting);
  for (char& c : name) c = c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

std::string_view to_text(Source source) {
  switch (source) {
    case Source::initial: return "default";
    case Source::file: return "file";
    case Source::environment: return "environment";
    case Source::flag: return "flag";
  }
  return "";
}

}  // namespace carillon::run
