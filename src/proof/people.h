// The people of a world: they schedule posts, change their minds at the worst moment, answer questions
// truthfully (after looking at the network), and reconnect accounts. What they do goes through the same ports
// as the API's.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "model/campaign.h"
#include "proof/scene.h"
#include "store/posts.h"

namespace carillon::proof {

class People {
 public:
  explicit People(Scene& scene) : scene_(scene), mint_dice_(scene.dice.next()) {}

  void connect_accounts();
  void plan_posts();  // puts their making into the timeline
  void interfere();   // puts changes of mind into the timeline
  void go_round();    // looks at everything that waits for a person; comes again

 private:
  Part think_of(int number);
  void schedule(const Part& part);
  void cancel(const Part& part);
  void pause(const Part& part);
  void begin_campaign();
  void stop_campaign();
  void resume_campaign();
  bool belongs(const Part& part) const { return part.post.campaign == campaign_.id; }
  void edit(const Part& part);
  void reschedule(const Part& part);
  void ask_first(const Part& part);
  void approve(const Part& part);
  void answer(const Delivery& row);
  void reconsider(const Part& part, DeliveryId id);
  void reconnect(Account account);
  void switch_off(AccountId account);
  void turn(AccountId account, Hold hold);
  std::vector<Delivery> rows_of(const Part& part);
  void tell_server(const Delivery& row, Line line);
  MediaId file(bool video);
  std::vector<MediaRef> pictures(bool video);
  bool takes(const Account& account, const Content& content) const;
  std::optional<Content> fitted(const Account& account, int number, size_t parts);
  std::optional<Content> adorned(const Account& account, Content content, int number);

  Scene& scene_;
  SeededRandom mint_dice_;
  int versions_ = 1;
  Campaign campaign_;  // about half of the posts belong to it
  std::map<MediaId, MediaFacts> known_media_;
};

}  // namespace carillon::proof
