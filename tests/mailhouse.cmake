# The little mail server for tests of other rooms than its own.
add_library(carillon_mailhouse STATIC ${PROJECT_SOURCE_DIR}/src/net/testing/mail_server.cpp)
target_link_libraries(carillon_mailhouse PUBLIC carillon_net)
