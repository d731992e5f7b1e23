// What a mail about notices says: each in words, with the link to exactly what it is about. Any thread.
#pragma once

#include <string>

#include "store/mails.h"
#include "wire/letter.h"

namespace carillon::run {

// from: the address it comes from; url: where people reach the page.
wire::Letter letter_about(const store::Bundle& bundle, const std::string& from, const std::string& url,
                          Instant now);
wire::Letter trial_letter(const std::string& to, const std::string& from, const std::string& url,
                          Instant now);

}  // namespace carillon::run
