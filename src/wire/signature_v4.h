// AWS Signature Version 4, as S3-compatible services want it: what is signed is what is sent.
// docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (2026-11)
// Refuses to know what a request is good for. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/secret.h"
#include "wire/request.h"

namespace carillon::wire {

struct SigningKey {
  Secret id, secret;
  std::string region, service;
};

// Adds x-amz-date and authorization. Signed are the method, path and query as they stand in the URL, the host
// and every header that is there by now; `payload` is the SHA-256 of the body in hexadecimal. The path is
// taken as encoded once, which is S3's own rule. The URL must be absolute.
void sign_v4(Request& request, const SigningKey& key, std::string_view payload, Instant at);

}  // namespace carillon::wire
