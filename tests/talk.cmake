# Reads talk files and plays them against a channel (tests/talk).
file(GLOB talk_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/talk/*.cpp)
if(talk_sources)
  add_library(carillon_talk STATIC ${talk_sources})
  target_include_directories(carillon_talk PUBLIC ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(carillon_talk PUBLIC carillon_channels GTest::gtest)
else()
  add_library(carillon_talk INTERFACE)
endif()
