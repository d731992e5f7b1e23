#include "net/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace carillon::net {
namespace {

using ::testing::HasSubstr;

// Written down a second time, from the registries and not from the code: first and last address of each
// block, and the public neighbours on both sides where there are any.
struct Row {
  const char *first, *last;
  const char *before = nullptr, *after = nullptr;
};

// https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast (2026-11).
constexpr Row v4_rows[] = {
    {"0.0.0.0", "0.255.255.255", nullptr, "1.0.0.0"},
    {"10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"},
    {"100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"},
    {"127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"},
    {"169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"},
    {"172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"},
    {"192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"},
    {"192.0.0.8", "192.0.0.10"},
    {"192.0.0.170", "192.0.0.171"},
    {"192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"},
    {"192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"},
    {"192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0"},
    {"192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"},
    {"192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"},
    {"192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"},
    {"198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"},
    {"198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"},
    {"203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"},
    {"224.0.0.0", "239.255.255.255", "223.255.255.255"},
    {"240.0.0.0", "255.255.255.254"},
    {"255.255.255.255", "255.255.255.255"},
    {"168.63.129.16", "168.63.129.16", "168.63.129.15", "168.63.129.17"},
};

// https://www.iana.org/assignments/iana-ipv6-special-registry, multicast, and what lies outside 2000::/3
// (2026-11).
constexpr Row v6_rows[] = {
    {"::", "::1"},
    {"::7f00:1", "::ffff:ffff"},
    {"::ffff:0.0.0.0", "::ffff:255.255.255.255"},
    {"::ffff:8.8.8.8", "::ffff:127.0.0.1"},
    {"64:ff9b::", "64:ff9b::ffff:ffff"},
    {"64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"},
    {"100::", "100::ffff:ffff:ffff:ffff"},
    {"100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"},
    {"2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"2001:1::1", "2001:1::3"},
    {"2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"},
    {"2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff"},
    {"2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"2001:20::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, "2001:200::"},
    {"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:db9::"},
    {"2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2003::"},
    {"2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff",
     "2620:4f:8001::"},
    {"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "3fff:1000::"},
    {"5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
};

void expect_refused(const char* text) {
  const auto address = parse_address(text);
  ASSERT_TRUE(address.has_value()) << text;
  EXPECT_TRUE(special_block(*address).has_value()) << text;
  EXPECT_TRUE(refusal(*address, 443, {}).has_value()) << text;
}

void expect_public(const char* text) {
  if (text == nullptr) return;
  const auto address = parse_address(text);
  ASSERT_TRUE(address.has_value()) << text;
  EXPECT_EQ(refusal(*address, 443, {}), std::nullopt) << text;
}

TEST(Addresses, OfEverySpecialBlockAreRefusedAndTheirNeighboursAreNot) {
  for (const auto& rows : {std::span<const Row>(v4_rows), std::span<const Row>(v6_rows)}) {
    for (const Row& row : rows) {
      expect_refused(row.first);
      expect_refused(row.last);
      expect_public(row.before);
      expect_public(row.after);
    }
  }
  for (const char* text :
       {"1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001::200e"})
    expect_public(text);
}

TEST(Addresses, AreReadOnlyInTheirPlainForms) {
  for (const char* text : {"127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.1 ", "", "localhost",
                           "fe80::1%eth0", "[::1]"}) {
    EXPECT_EQ(parse_address(text), std::nullopt) << text;
  }
  EXPECT_EQ(to_text(*parse_address("2001:DB8:0::1")), "2001:db8::1");
  EXPECT_EQ(to_text(*parse_address("192.0.2.1")), "192.0.2.1");
}

TEST(Addresses, OfOtherFamiliesAreNone) {
  sockaddr local{};
  local.sa_family = AF_UNIX;
  EXPECT_EQ(address_from(local), std::nullopt);
}

std::vector<Permit> permits(std::initializer_list<const char*> texts) {
  std::vector<Permit> all;
  for (const char* text : texts) {
    const auto permit = parse_permit(text);
    EXPECT_TRUE(permit.has_value()) << text;
    if (permit) all.push_back(*permit);
  }
  return all;
}

TEST(Permits, OpenTheirNetworkAndPortOnly) {
  const auto open = permits({"10.1.0.0/16:8443", "[fd00:1::/32]", "192.168.1.7:80", "[fd00:2::5]:443"});
  const auto allowed = [&](const char* text, uint16_t port) {
    return !refusal(*parse_address(text), port, open);
  };
  EXPECT_TRUE(allowed("10.1.2.3", 8443));
  EXPECT_FALSE(allowed("10.1.2.3", 443));
  EXPECT_FALSE(allowed("10.2.0.0", 8443));
  EXPECT_TRUE(allowed("192.168.1.7", 80));
  EXPECT_FALSE(allowed("192.168.1.8", 80));
  EXPECT_TRUE(allowed("fd00:2::5", 443));
  EXPECT_FALSE(allowed("fd00:2::6", 443));
  EXPECT_FALSE(allowed("127.0.0.1", 8443));
}

TEST(Permits, NeverOpenLinkLocalAndMetadataAddresses) {
  const auto open = permits({"0.0.0.0/0", "[::/0]"});
  const auto allowed = [&](const char* text) { return !refusal(*parse_address(text), 80, open); };
  for (const char* text :
       {"169.254.169.254", "169.254.0.1", "168.63.129.16", "100.100.100.200", "192.0.0.192", "fe80::1",
        "febf::1", "fd00:ec2::254", "fd20:ce::254", "::ffff:169.254.169.254", "::169.254.169.254",
        "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"}) {
    EXPECT_FALSE(allowed(text)) << text;
  }
  EXPECT_TRUE(allowed("10.0.0.1"));
  EXPECT_TRUE(allowed("127.0.0.1"));
  EXPECT_TRUE(allowed("fd00::1"));
}

TEST(Permits, SayWhatIsWrongWithThem) {
  for (const char* text : {"", "nonsense", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/8:99999",
                           "10.0.0.0/8:", "[fd00::/8", "fd00::/129"}) {
    const auto permit = parse_permit(text);
    ASSERT_FALSE(permit.has_value()) << text;
    EXPECT_EQ(permit.error().code, "bad_permit");
  }
  for (const char* text : {"169.254.169.254", "169.254.0.0/16:80", "fe80::/10", "100.100.100.200:80",
                           "::ffff:169.254.0.0/112"}) {
    const auto permit = parse_permit(text);
    ASSERT_FALSE(permit.has_value()) << text;
    EXPECT_THAT(permit.error().text, HasSubstr("stay closed")) << text;
  }
}

}  // namespace
}  // namespace carillon::net
