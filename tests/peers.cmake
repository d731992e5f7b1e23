# What the tests in tests/peers ask: our side of rules that others have written down as programs.
add_executable(count_texts ${PROJECT_SOURCE_DIR}/tests/peers/count_texts.cpp)
target_link_libraries(count_texts PRIVATE carillon_channels)

add_executable(speak_bluesky ${PROJECT_SOURCE_DIR}/tests/peers/speak_bluesky.cpp)
target_link_libraries(speak_bluesky PRIVATE carillon_channels carillon_net carillon_boost)
