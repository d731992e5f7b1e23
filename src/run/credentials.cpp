#include "run/credentials.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace carillon::run {

namespace json = boost::json;

std::string credential_place(const Account& account) {
  return "accounts/" + account.workspace.text() + "/" + account.network + "/" + account.api_base + "/" +
         account.external_id + "/credential";
}

std::string credential_text(const Credential& credential) {
  json::object object;
  for (const auto& [name, secret] : credential) object[name] = secret.reveal();
  return json::serialize(object);
}

Result<Credential> credential_from_text(std::string_view text) {
  boost::system::error_code broken;
  const json::value value = json::parse(text, broken);
  const json::object* object = broken ? nullptr : value.if_object();
  if (!object)
    return refuse({.kind = FaultKind::unauthorized,
                   .code = "credential_damaged",
                   .text = "The stored credential is not readable.",
                   .remedy = "Reconnect the account."});
  Credential credential;
  for (const auto& [name, secret] : *object) {
    if (secret.is_string()) credential[std::string(name)] = Secret(std::string(secret.get_string()));
  }
  return credential;
}

std::string seal_credential(const Credential& credential, const Account& account, const Keyring& keyring,
                            Random& random) {
  return keyring.seal(credential_text(credential), credential_place(account), random);
}

Result<Credential> open_credential(std::string_view sealed, const Account& account, const Keyring& keyring) {
  const auto plain = keyring.open(sealed, credential_place(account));
  if (!plain) return refuse(plain.error());
  return credential_from_text(plain->reveal());
}

}  // namespace carillon::run
