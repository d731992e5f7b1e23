#include "net/smtp.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace carillon::net {
namespace {

constexpr long connect_ms = 15'000, whole_ms = 60'000;

struct Feed {
  std::string text;
  size_t at = 0;
  bool ended = false;  // libcurl has asked beyond the end: it may have told the server so
};

size_t on_read(char* into, size_t size, size_t count, void* self) {
  Feed& feed = *static_cast<Feed*>(self);
  const size_t n = std::min(size * count, feed.text.size() - feed.at);
  std::memcpy(into, feed.text.data() + feed.at, n);
  feed.at += n;
  if (n == 0) feed.ended = true;
  return n;
}

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

std::string url_of(const MailServer& server) {
  const char* scheme = server.security == MailSecurity::tls ? "smtps" : "smtp";
  const bool v6 = server.host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}/localhost", scheme, v6 ? "[" : "", server.host, v6 ? "]" : "",
                     server.port);
}

std::string place(const MailServer& server) {
  return fmt::format("{}:{}", server.host, server.port);
}

std::string reason(const MailServer& server, CURLcode code, long said, const char* detail) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return fmt::format("The mail server {} is not known: check the host.", server.host);
    case CURLE_COULDNT_CONNECT:
      return fmt::format("Nothing answers at {}: check host and port.", place(server));
    case CURLE_OPERATION_TIMEDOUT:
      return fmt::format("{} did not answer in time: check port and security (587 is STARTTLS, 465 is TLS).",
                         place(server));
    case CURLE_USE_SSL_FAILED:
      return fmt::format("{} offers no STARTTLS: choose TLS, or no encryption for a server on this machine.",
                         place(server));
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
      return fmt::format(
          "The encrypted connection to {} failed ({}): check security and the server's certificate.",
          place(server), detail);
    case CURLE_LOGIN_DENIED: return fmt::format("{} refuses the user name or the password.", place(server));
    default: break;
  }
  if (said >= 400) return fmt::format("{} refused the mail with {} ({}).", place(server), said, detail);
  return fmt::format("The mail could not be handed to {}: {}.", place(server), detail);
}

void prepare(CURL* easy, const MailServer& server, const wire::Letter& letter, curl_slist* to, Feed& feed) {
  const auto set = [easy](CURLoption option, auto value) { curl_easy_setopt(easy, option, value); };
  set(CURLOPT_URL, url_of(server).c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  set(CURLOPT_TIMEOUT_MS, whole_ms);
  if (server.security == MailSecurity::starttls) set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!server.user.empty()) {
    set(CURLOPT_USERNAME, server.user.c_str());
    set(CURLOPT_PASSWORD, std::string(server.password.reveal()).c_str());
  }
  set(CURLOPT_MAIL_FROM, fmt::format("<{}>", letter.from).c_str());
  set(CURLOPT_MAIL_RCPT, to);
  set(CURLOPT_UPLOAD, 1L);
  set(CURLOPT_READFUNCTION, &on_read);
  set(CURLOPT_READDATA, &feed);
}

}  // namespace

MailOutcome send_mail(const MailServer& server, const wire::Letter& letter) {
  const Easy easy(curl_easy_init(), &curl_easy_cleanup);
  const List to(curl_slist_append(nullptr, fmt::format("<{}>", letter.to).c_str()), &curl_slist_free_all);
  if (!easy || !to) throw std::bad_alloc();
  Feed feed{wire::written(letter)};
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, detail.data());
  prepare(easy.get(), server, letter, to.get(), feed);
  const CURLcode code = curl_easy_perform(easy.get());
  if (code == CURLE_OK) return {MailFate::sent, false, ""};
  long said = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &said);
  const char* why = detail[0] != '\0' ? detail.data() : curl_easy_strerror(code);
  const bool refused = said >= 400;
  const MailFate fate = feed.ended && !refused ? MailFate::unknown : MailFate::not_sent;
  return {fate, said >= 500 && code != CURLE_LOGIN_DENIED, reason(server, code, said, why)};
}

}  // namespace carillon::net
