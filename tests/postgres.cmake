# A throw-away PostgreSQL for tests (tests/postgres). Needs the server's programs, not a running server.
add_library(carillon_postgres STATIC ${PROJECT_SOURCE_DIR}/tests/postgres/cluster.cpp)
target_include_directories(carillon_postgres PUBLIC ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(carillon_postgres PUBLIC PostgreSQL::PostgreSQL Threads::Threads)
