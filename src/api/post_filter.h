// Which posts a list, the calendar and the exports are about: the same words in the query of each. Any
// thread.
#pragma once

#include <span>
#include <string>

#include "api/desk.h"
#include "api/request.h"
#include "model/account.h"
#include "store/posts.h"

namespace carillon::api {

struct Wanted {
  store::PostFilter filter;
  std::string network;  // only posts with a target there; empty: any
};

// state, account (both one or several), network, text, tag, campaign, order, from, until. Fault: invalid.
Result<Wanted> read_wanted(const Request& request);
// limit and cursor of a page, at most `most` posts. One more is asked for: it tells whether there is a next.
Result<void> read_page(const Request& request, const Desk& desk, size_t most, store::PostFilter& filter);
// Turns the network into its accounts. Done with a network: without one that fits, nothing is found.
void narrow(Wanted& wanted, std::span<const Account> accounts);

// Takes the one post too many off; gives the cursor to go on from, none at the end.
std::optional<std::string> next_page(const Request& request, const Desk& desk,
                                     const store::PostFilter& filter, std::vector<Post>& posts);
// Where the next page begins, for those who go on by themselves.
void go_on_after(const Post& last, store::PostFilter& filter);

}  // namespace carillon::api
