// The text a person sees of a piece of HTML that a network made of a post. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace carillon::channels {

// Tags away (<br> and the ends of paragraphs become line breaks), character references resolved.
std::string text_of_html(std::string_view html);

}  // namespace carillon::channels
