#include "wire/signature_v4.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace carillon::wire {
namespace {

// The examples of docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html (2026-11): keys,
// requests and signatures as published there.
class Published : public testing::Test {
 protected:
  static std::string signature(Request request, std::string_view body = "") {
    const SigningKey key{Secret("AKIAIOSFODNN7EXAMPLE"), Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                         "us-east-1", "s3"};
    const std::string payload = to_hex(sha256(body));
    request.headers.push_back({"x-amz-content-sha256", payload});
    sign_v4(request, key, payload, *parse_instant("2013-05-24T00:00:00Z"));
    const std::string said(header(request.headers, "authorization").value_or(""));
    return said.substr(said.find("Signature=") + 10);
  }
};

TEST_F(Published, ReadingARangeOfAnObject) {
  EXPECT_EQ(signature({.url = "https://examplebucket.s3.amazonaws.com/test.txt",
                       .headers = {{"Range", "bytes=0-9"}}}),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST_F(Published, WritingAnObjectWhoseNameIsEncoded) {
  EXPECT_EQ(signature({.method = "PUT",
                       .url = "https://examplebucket.s3.amazonaws.com/test%24file.text",
                       .headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                                   {"x-amz-storage-class", "REDUCED_REDUNDANCY"}}},
                      "Welcome to Amazon S3."),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST_F(Published, AQueryThatIsANameAlone) {
  EXPECT_EQ(signature({.url = "https://examplebucket.s3.amazonaws.com/?lifecycle"}),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST_F(Published, AQueryOfSeveralFieldsInAnyOrder) {
  constexpr const char* expected = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
  EXPECT_EQ(signature({.url = "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"}), expected);
  EXPECT_EQ(signature({.url = "https://examplebucket.s3.amazonaws.com/?prefix=J&max-keys=2"}), expected);
}

// "get-vanilla" and "get-vanilla-query-order-key-case" of the published test suite of Signature Version 4.
TEST(SignatureV4, TheSuiteOfOtherServices) {
  const SigningKey key{Secret("AKIDEXAMPLE"), Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "us-east-1",
                       "service"};
  const auto signed_as = [&](const std::string& url) {
    Request request{.url = url};
    sign_v4(request, key, to_hex(sha256("")), *parse_instant("2015-08-30T12:36:00Z"));
    return std::string(header(request.headers, "authorization").value_or(""));
  };
  EXPECT_EQ(signed_as("https://example.amazonaws.com/"),
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
            "SignedHeaders=host;x-amz-date,"
            "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  EXPECT_TRUE(signed_as("https://example.amazonaws.com/?Param2=value2&Param1=value1")
                  .ends_with("Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"));
}

TEST(SignatureV4, EverySignedByteMatters) {
  const auto signed_as = [](Request request, std::string_view payload) {
    const SigningKey key{Secret("id"), Secret("secret"), "auto", "s3"};
    sign_v4(request, key, payload, *parse_instant("2026-11-20T12:00:00Z"));
    return std::string(header(request.headers, "authorization").value_or(""));
  };
  const std::string plain = signed_as({.url = "http://127.0.0.1:9000/b/k"}, "a");
  EXPECT_NE(plain, signed_as({.url = "http://127.0.0.1:9001/b/k"}, "a"));
  EXPECT_NE(plain, signed_as({.method = "PUT", .url = "http://127.0.0.1:9000/b/k"}, "a"));
  EXPECT_NE(plain, signed_as({.url = "http://127.0.0.1:9000/b/k2"}, "a"));
  EXPECT_NE(plain, signed_as({.url = "http://127.0.0.1:9000/b/k"}, "b"));
  EXPECT_EQ(plain.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace carillon::wire
