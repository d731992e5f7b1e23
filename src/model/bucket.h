// A bucket as an owner describes it: where objects lie that speak the protocol of Amazon S3. Any thread.
#pragma once

#include <string>

#include "base/secret.h"

namespace carillon {

struct BucketPlace {
  std::string endpoint;      // "https://s3.eu-central-1.amazonaws.com": no path, no slash at the end
  std::string region;        // part of every signature; many that are not Amazon take any
  std::string name, prefix;  // prefix: empty, or ends with a slash
  bool in_path = false;      // endpoint/bucket/key instead of bucket.endpoint/key
  Secret access_key, secret_key;

  std::string shown() const {
    return "s3://" + name + (prefix.empty() ? "" : "/" + prefix.substr(0, prefix.size() - 1));
  }
};

}  // namespace carillon
