// Every setting there is. Adding one means adding a member to Config and a line here.
#include <algorithm>
#include <charconv>

#include "run/config.h"
#include "run/config_text.h"

namespace carillon::run {
namespace {

AppKeys& app(Config& config, std::string_view network) {
  const auto found = std::ranges::find(config.apps, network, &AppKeys::network);
  if (found != config.apps.end()) return *found;
  return config.apps.emplace_back(AppKeys{.network = std::string(network)});
}

// 0: it is none.
uint16_t port_from(const std::string& text) {
  uint16_t port = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
  return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() ? port : uint16_t{0};
}

constexpr Setting table[] = {
    {"data", Kind::path, "data", "Folder of the database, media and keys; made when it is not there",
     [](Config& c, const std::string& v) { c.data = v; }},
    {"listen", Kind::address, "127.0.0.1:8070", "Address and port of the page and the API",
     [](Config& c, const std::string& v) { c.listen = v; }},
    {"public-url", Kind::url, "",
     "Where browsers and networks reach it (default: http:// and the listen address)",
     [](Config& c, const std::string& v) { c.public_url = v; }},
    {"database", Kind::url, "",
     "sqlite:FILE or postgres://USER@HOST/NAME (default: SQLite in the data folder); hosts elsewhere are asked for "
     "TLS with their name checked, unless the address says ?sslmode=...",
     [](Config& c, const std::string& v) { c.database = v; }},
    {"media", Kind::url, "",
     "Where pictures and films lie: s3://BUCKET or s3://BUCKET/PREFIX (default: the folder media in the data folder)",
     [](Config& c, const std::string& v) { c.media = v; }},
    {"media-cache", Kind::size, "10GB",
     "With a bucket: how much of it is kept in the folder media; what is used least is forgotten there first",
     [](Config& c, const std::string& v) { c.media_cache = parse_size(v).value_or(c.media_cache); }},
    {"s3-endpoint", Kind::url, "",
     "Address of the S3-compatible service (default: Amazon's of the region); http:// only where you name it",
     [](Config& c, const std::string& v) { c.bucket.endpoint = v; }},
    {"s3-region", Kind::text, "us-east-1", "Its region, as in your vendor's address; some say auto",
     [](Config& c, const std::string& v) { c.bucket.region = v; }},
    {"s3-addressing", Kind::choice, "auto",
     "Where the bucket's name goes: path: endpoint/bucket; host: bucket.endpoint; auto: host on Amazon, else path",
     [](Config& c, const std::string& v) { c.s3_addressing = v; }, "auto|path|host"},
    {"s3-access-key", Kind::secret, "", "Access key id",
     [](Config& c, const std::string& v) { c.bucket.access_key = Secret(v); }},
    {"s3-secret-key", Kind::secret, "", "Its secret access key",
     [](Config& c, const std::string& v) { c.bucket.secret_key = Secret(v); }},
    {"allow-networks", Kind::networks, "",
     "Private networks in which servers that people name may lie (Mastodon servers, feeds), like 10.1.0.0/16:443",
     [](Config& c, const std::string& v) { c.open_networks = parse_networks(v).value_or(c.open_networks); }},
    {"sandbox", Kind::flag, "false",
     "Run the sandbox networks beside the server, to try everything without an account",
     [](Config& c, const std::string& v) { c.sandbox = v == "true"; }},
    {"sandbox-listen", Kind::address, "",
     "Address and port of the sandbox networks (default: 127.0.0.1 and the port after the server's)",
     [](Config& c, const std::string& v) { c.sandbox_listen = v; }},
    {"sandbox-url", Kind::url, "",
     "Where the sandbox is reached (default: its listen address); alone: use one that runs elsewhere",
     [](Config& c, const std::string& v) { c.sandbox_url = v; }},
    {"master-key-file", Kind::path, "",
     "Keys that seal credentials (default: keys/master.key in the data folder, made "
     "at the first start)",
     [](Config& c, const std::string& v) { c.master_key_file = v; }},
    {"late-grace", Kind::span, "15min",
     "A post whose time was missed by more than this is late: its late policy decides",
     [](Config& c, const std::string& v) { c.late_grace = parse_span(v).value_or(c.late_grace); }},
    {"log-level", Kind::choice, "info", "How much is logged",
     [](Config& c, const std::string& v) { c.log_level = v; }, "debug|info|warning|error"},
    {"log-format", Kind::choice, "auto", "json: one object per line; human; auto: human on a terminal",
     [](Config& c, const std::string& v) { c.log_format = v; }, "auto|human|json"},
    {"mail-host", Kind::text, "", "Mail server for notifications (default: what an owner gives on the system page)",
     [](Config& c, const std::string& v) { c.mail.host = v; }},
    {"mail-port", Kind::text, "587", "Its port: 587 for STARTTLS, 465 for TLS",
     [](Config& c, const std::string& v) { c.mail.port = port_from(v); }},
    {"mail-security", Kind::choice, "starttls", "How the connection is encrypted; none: for a server on this machine",
     [](Config& c, const std::string& v) { c.mail.security = *mail_security_from(v); }, "starttls|tls|none"},
    {"mail-user", Kind::text, "", "User name at the mail server",
     [](Config& c, const std::string& v) { c.mail.user = v; }},
    {"mail-password", Kind::secret, "", "Its password",
     [](Config& c, const std::string& v) { c.mail.password = Secret(v); }},
    {"mail-from", Kind::text, "", "The address that mail comes from",
     [](Config& c, const std::string& v) { c.mail.from = v; }},
    {"x-client-id", Kind::text, "", "OAuth 2.0 client id of your app on X",
     [](Config& c, const std::string& v) { app(c, "x").client_id = v; }},
    {"x-client-secret", Kind::secret, "", "Its client secret",
     [](Config& c, const std::string& v) { app(c, "x").client_secret = Secret(v); }},
    {"facebook-app-id", Kind::text, "", "App id of your app on Meta for Developers",
     [](Config& c, const std::string& v) { app(c, "facebook").client_id = v; }},
    {"facebook-app-secret", Kind::secret, "", "Its app secret",
     [](Config& c, const std::string& v) { app(c, "facebook").client_secret = Secret(v); }},
    {"linkedin-client-id", Kind::text, "", "Client id of your app on LinkedIn",
     [](Config& c, const std::string& v) { app(c, "linkedin").client_id = v; }},
    {"linkedin-client-secret", Kind::secret, "", "Its client secret",
     [](Config& c, const std::string& v) { app(c, "linkedin").client_secret = Secret(v); }},
    {"linkedin-organizations", Kind::flag, "false",
     "Your app on LinkedIn has the Community Management API: connect company pages too",
     [](Config& c, const std::string& v) { app(c, "linkedin").vetted = v == "true"; }},
    {"threads-app-id", Kind::text, "", "Threads app id of your app on Meta for Developers",
     [](Config& c, const std::string& v) { app(c, "threads").client_id = v; }},
    {"threads-app-secret", Kind::secret, "", "Its Threads app secret",
     [](Config& c, const std::string& v) { app(c, "threads").client_secret = Secret(v); }},
    {"instagram-app-id", Kind::text, "", "Instagram app id of your app on Meta for Developers",
     [](Config& c, const std::string& v) { app(c, "instagram").client_id = v; }},
    {"instagram-app-secret", Kind::secret, "", "Its Instagram app secret",
     [](Config& c, const std::string& v) { app(c, "instagram").client_secret = Secret(v); }},
    {"pinterest-app-id", Kind::text, "", "App id of your app on Pinterest for developers",
     [](Config& c, const std::string& v) { app(c, "pinterest").client_id = v; }},
    {"pinterest-app-secret", Kind::secret, "", "Its app secret key",
     [](Config& c, const std::string& v) { app(c, "pinterest").client_secret = Secret(v); }},
    {"youtube-client-id", Kind::text, "", "OAuth client id of your project in the Google Cloud console",
     [](Config& c, const std::string& v) { app(c, "youtube").client_id = v; }},
    {"youtube-client-secret", Kind::secret, "", "Its client secret",
     [](Config& c, const std::string& v) { app(c, "youtube").client_secret = Secret(v); }},
    {"tiktok-client-key", Kind::text, "", "Client key of your app on TikTok for Developers",
     [](Config& c, const std::string& v) { app(c, "tiktok").client_id = v; }},
    {"tiktok-client-secret", Kind::secret, "", "Its client secret",
     [](Config& c, const std::string& v) { app(c, "tiktok").client_secret = Secret(v); }},
};

}  // namespace

std::span<const Setting> settings() {
  return table;
}

const Setting* find_setting(std::string_view name) {
  const auto found = std::ranges::find(table, name, &Setting::name);
  return found == std::end(table) ? nullptr : &*found;
}

}  // namespace carillon::run
