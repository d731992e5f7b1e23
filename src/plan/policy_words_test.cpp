#include "plan/policy_words.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace carillon::plan {
namespace {

std::string kinds(std::string_view text) {
  std::string all;
  for (const PolicyWord& word : policy_words(text))
    all += word.what == Policy::paid ? 'p' : word.what == Policy::claim ? 'c' : 'r';
  return all;
}

TEST(PolicyWords, WhatSoundsPaidForIsFoundInBothLanguages) {
  for (const char* text :
       {"Get 20 % off with my code BELLS20", "Use my code BELLS for a discount!",
        "Links in this post are affiliate links.", "Kindly gifted by the bell shop",
        "Spare 15 % Rabatt mit meinem Code GLOCKE", "Mein Rabattcode: GLOCKE15",
        "Die Glocke wurde mir kostenlos zur Verfügung gestellt.", "MEIN RABATTCODE gilt noch heute",
        "Affiliate-Link in der Bio", "Dieses Video ist gesponsert von Glocken Huber"})
    EXPECT_EQ(kinds(text), "p") << text;
}

TEST(PolicyWords, TheMarkSpeaksTheLanguageOfTheText) {
  EXPECT_EQ(policy_words("My promo  code\nis BELL").at(0).mark, "#ad");
  EXPECT_EQ(policy_words("Mein Rabattcode ist GLOCKE").at(0).mark, "#Anzeige");
}

TEST(PolicyWords, WhoSaysThatItIsPaidHearsNothing) {
  for (const char* text : {"#ad 20% off with my code BELLS", "Anzeige | Mein Rabattcode: GLOCKE",
                           "Mein Rabattcode: GLOCKE #Werbung", "Kindly gifted by the shop (ad)",
                           "Sponsored: my discount code is BELL"})
    EXPECT_EQ(kinds(text), "") << text;
}

TEST(PolicyWords, ClaimsAndNotesAboutRightsAreFound) {
  EXPECT_EQ(kinds("Clinically proven to ring louder"), "c");
  EXPECT_EQ(kinds("Garantierte Rendite von 12 Prozent"), "c");
  EXPECT_EQ(kinds("A miracle cure for silence"), "c");
  EXPECT_EQ(kinds("Great song! No copyright infringement intended."), "r");
  EXPECT_EQ(kinds("I don’t own the rights to this music"), "r");
  EXPECT_EQ(kinds("Schöne Glocke! Bild: Google"), "r");
  EXPECT_EQ(kinds("Guaranteed results with my promo code, photo: Google"), "pcr");
}

TEST(PolicyWords, OrdinarySentencesAreLeftAlone) {
  for (const char* text : {
           "",
           "Fresh bread every morning from seven.",
           "Our spring sale starts today: 20 % off everything!",
           "Use code SPRING20 for 20 % off in our shop.",
           "Feel free to use my code, it is under the MIT license.",
           "With my code review done, we ship tomorrow.",
           "In collaboration with the university we study old bells.",
           "We partner with local farmers.",
           "This advent calendar is a gift from us to you.",
           "Nothing in life is risk-free.",
           "Try it free for 30 days, no risk.",
           "The results are guaranteed to surprise nobody.",
           "A cure for boredom: our new podcast.",
           "The bell was cast in 1623 and restored in 1998.",
           "Photo: Ana Huber",
           "Thanks to Google for hosting the meetup!",
           "Copyright 2026 by the bell founders.",
           "He owns the rights to the song.",
           "Sample the new rolls at the market.",
           "The ambassador visited our foundry.",
           "We sponsor the youth football club.",
           "Add a pinch of salt.",
           "Adding new bells to the tower.",
           "Frisches Brot jeden Morgen ab sieben.",
           "Heute 20 % Rabatt auf alles in unserem Laden!",
           "Mit dem Code FRÜHLING spart ihr in unserem Shop 10 Euro.",
           "Mein Code läuft endlich durch alle Tests.",
           "In Zusammenarbeit mit der Universität erforschen wir alte Glocken.",
           "In Kooperation mit dem Stadtarchiv zeigen wir Fotos.",
           "Wir stellen die Räume kostenlos zur Verfügung.",
           "Der Saal wird vom Verein gestellt.",
           "Garantie auf alle Uhren: zwei Jahre.",
           "Lachen ist die beste Medizin.",
           "Diese Salbe hilft gegen trockene Hände.",
           "Nebenwirkungen können auftreten, fragen Sie Ihren Arzt.",
           "Foto: Ana Huber",
           "Das Urheberrecht schützt auch Glockenspiele.",
           "Unsere Partner freuen sich auf euch.",
           "Der Erfolg ist nicht garantiert, aber die Freude.",
           "Wir suchen Sponsoren für das Glockenfest.",
       })
    EXPECT_EQ(kinds(text), "") << text;
}

}  // namespace
}  // namespace carillon::plan
