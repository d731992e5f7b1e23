#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

TEST(OnWhatsapp, ATokenKnowsItsOwnNumberAndNoOther) {
  Visitor v;
  const Person one = v.world.connect("whatsapp", v.now), two = v.world.connect("whatsapp", v.now);
  const std::string token = v.credential(one, "token");
  const std::string path = "/whatsapp/v25.0/";
  const Heard known =
      v.get(path + one.external_id + "?fields=id,display_phone_number,verified_name,quality_rating", token);
  EXPECT_EQ(known.status(), 200) << known.text();
  EXPECT_EQ(known.at("/verified_name"), one.name);
  EXPECT_EQ(known.at("/quality_rating"), "GREEN");
  EXPECT_EQ(v.get(path + two.external_id, token).at("/error/error_subcode"), "33");
  EXPECT_EQ(v.get(path + one.external_id + "?fields=colour", token).at("/error/code"), "100");
  EXPECT_EQ(v.get(path + one.external_id, "made-up").at("/error/code"), "190");
  EXPECT_EQ(v.credential(one, "phone"), one.external_id);
}

}  // namespace
}  // namespace carillon::sandbox
