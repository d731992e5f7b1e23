#include "wire/multipart.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace carillon::wire {
namespace {

constexpr std::string_view type = "multipart/form-data; boundary=b";

std::string written(const Multipart& multipart) {
  std::string body;
  for (const Part& part : multipart.parts) {
    body += part_head(multipart, part) + std::get<std::string>(part.value);
    body += part_tail;
  }
  return body + multipart_end(multipart);
}

std::string one_part(std::string_view disposition) {
  return "--b\r\nContent-Disposition: " + std::string(disposition) + "\r\n\r\nvalue\r\n--b--\r\n";
}

TEST(Multipart, IsWrittenAsRfc7578Shows) {
  const Multipart multipart{.boundary = "AaB03x",
                            .parts = {{.name = "submit-name", .value = "Larry"},
                                      {.name = "files",
                                       .filename = "file1.txt",
                                       .content_type = "text/plain",
                                       .value = "...contents..."}}};
  EXPECT_EQ(written(multipart),
            "--AaB03x\r\nContent-Disposition: form-data; name=\"submit-name\"\r\n\r\nLarry\r\n"
            "--AaB03x\r\nContent-Disposition: form-data; name=\"files\"; "
            "filename=\"file1.txt\"\r\nContent-Type: text/plain\r\n\r\n"
            "...contents...\r\n--AaB03x--\r\n");
  EXPECT_EQ(content_type_of(multipart), "multipart/form-data; boundary=AaB03x");
}

TEST(Multipart, WhatIsWrittenIsReadAgain) {
  const Multipart multipart{.boundary = "----WebKit'()+_,-./:=?x",
                            .parts = {{.name = "", .value = ""},
                                      {.name = "a \"quoted\"; name=\r\n",
                                       .filename = "C:\\new\u00e4.png",
                                       .content_type = "image/png",
                                       .value = std::string("\0\xff\r\n\r\n--", 8)},
                                      {.name = "a", .value = "\r\n"},
                                      {.name = "a", .value = "------WebKit"}}};
  const auto parts =
      parse_multipart("multipart/form-data; boundary=\"" + multipart.boundary + "\"", written(multipart));
  ASSERT_TRUE(parts) << parts.error().text;
  EXPECT_EQ(*parts, multipart.parts);
}

// Content out of the very characters that delimiters are made of.
TEST(Multipart, ContentThatLooksLikeABoundaryIsContent) {
  SeededRandom random(31);
  const std::string_view alphabet = "\r\n-bx ";
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string value;
    for (uint64_t i = random.below(16); i > 0; --i) value += alphabet[random.below(alphabet.size())];
    // RFC 2046: a sender picks a boundary that no line of the content begins with.
    if (("\r\n" + value).find("\r\n--b") != std::string::npos) continue;
    const Multipart multipart{.boundary = "b",
                              .parts = {{.name = "n", .value = value}, {.name = "m", .value = value}}};
    const auto parts = parse_multipart(type, written(multipart));
    ASSERT_TRUE(parts) << parts.error().text;
    ASSERT_EQ(*parts, multipart.parts);
    ++read;
  }
  EXPECT_GT(read, 15'000);
}

TEST(Multipart, ALongerWordThatBeginsLikeTheBoundaryIsContent) {
  const auto parts = parse_multipart(
      type, "--b\r\nContent-Disposition: form-data; name=n\r\n\r\nx\r\n--bc\r\n--b c\r\ny\r\n--b--");
  ASSERT_TRUE(parts) << parts.error().text;
  EXPECT_EQ(std::get<std::string>(parts->at(0).value), "x\r\n--bc\r\n--b c\r\ny");
}

TEST(Multipart, PreambleEpilogueAndPaddingAreSkipped) {
  const auto parts = parse_multipart(
      "Multipart/Form-Data; charset=utf-8; Boundary=b",
      "This is a preamble.\r\n--b \t\r\ncontent-TYPE: text/plain\r\nX-Other: 1\r\ncontent-disposition: "
      "form-data ; Name = \"n\" ; filename = f.txt\r\n\r\nv\r\n--b--\r\nepilogue --b");
  ASSERT_TRUE(parts) << parts.error().text;
  const std::vector<Part> expected = {
      {.name = "n", .filename = "f.txt", .content_type = "text/plain", .value = "v"}};
  EXPECT_EQ(*parts, expected);
}

TEST(Multipart, NoPartsIsAnEmptyList) {
  const auto parts = parse_multipart(type, "--b--\r\n");
  ASSERT_TRUE(parts);
  EXPECT_TRUE(parts->empty());
}

TEST(Multipart, NamesAreReadAsBrowsersAndProgramsWriteThem) {
  const auto name = [](std::string_view disposition) {
    return parse_multipart(type, one_part(disposition))->at(0).name;
  };
  EXPECT_EQ(name("form-data; name=\"a%22b%0d%0Ac%41\""), "a\"b\r\nc%41");
  EXPECT_EQ(name("form-data; name=\"a\\\"b\\\\c\\d\""), "a\"b\\c\\d");
  EXPECT_EQ(name("form-data; name=\"a;b=c\"; filename=\"x\""), "a;b=c");
  EXPECT_EQ(name("form-data; name=\"first\"; name=\"second\""), "first");
}

TEST(Multipart, RefusesWhatIsBroken) {
  const std::pair<std::string, std::string> bodies[] = {
      {"", one_part("form-data; name=n")},
      {"application/json", one_part("form-data; name=n")},
      {"multipart/mixed; boundary=b", one_part("form-data; name=n")},
      {"multipart/form-data", one_part("form-data; name=n")},
      {"multipart/form-data; boundary=", one_part("form-data; name=n")},
      {"multipart/form-data; boundary=\"\"", one_part("form-data; name=n")},
      {"multipart/form-data; boundary=" + std::string(71, 'b'), one_part("form-data; name=n")},
      {"multipart/form-data; boundary=other", one_part("form-data; name=n")},
      {std::string(type), ""},
      {std::string(type), "--b\r\n"},
      {std::string(type), one_part("form-data")},
      {std::string(type), one_part("attachment; name=n")},
      {std::string(type), "--b\r\n\r\nvalue\r\n--b--"},
      {std::string(type), "--b\r\nno colon\r\n\r\nvalue\r\n--b--"},
      {std::string(type), "--b\r\nContent-Disposition: form-data; name=n\r\nvalue\r\n--b--"},
      {std::string(type), "--b\nContent-Disposition: form-data; name=n\n\nvalue\n--b--"},
  };
  for (const auto& [content_type, body] : bodies) {
    const auto parts = parse_multipart(content_type, body);
    ASSERT_FALSE(parts) << content_type << "\n" << body;
    EXPECT_EQ(parts.error().kind, FaultKind::invalid);
    EXPECT_EQ(parts.error().code, "bad_multipart");
  }
}

TEST(Multipart, EveryCutBodyIsRefused) {
  const std::string whole = one_part("form-data; name=\"n\"; filename=\"f\"");
  for (size_t length = 0; length < whole.size() - 2; ++length) {
    EXPECT_FALSE(parse_multipart(type, std::string_view(whole).substr(0, length))) << length;
  }
  EXPECT_TRUE(parse_multipart(type, std::string_view(whole).substr(0, whole.size() - 2)));
}

TEST(Multipart, NoBytesAtAllMakeItStumble) {
  SeededRandom random(32);
  const std::string_view words[] = {
      "--b", "\r\n", "--", "Content-Disposition: form-data; name=", "\"", "\\", ";", "=", "a", "b", " ", ":"};
  for (int round = 0; round < 20'000; ++round) {
    std::string body, head = "multipart/form-data;";
    for (uint64_t i = random.below(20); i > 0; --i) body += words[random.below(std::size(words))];
    for (uint64_t i = random.below(6); i > 0; --i) head += words[random.below(std::size(words))];
    const auto parts = parse_multipart(round % 2 == 0 ? std::string_view(head) : type, body);
    if (parts) continue;
    ASSERT_EQ(parts.error().code, "bad_multipart");
  }
}

}  // namespace
}  // namespace carillon::wire
