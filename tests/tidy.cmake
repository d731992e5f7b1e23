add_executable(tidy ${PROJECT_SOURCE_DIR}/tests/tidy/tidy_test.cpp)
target_link_libraries(tidy PRIVATE GTest::gtest_main)
target_compile_options(tidy PRIVATE -O2)  # it reads every line of the project: a second, not five
target_compile_definitions(tidy PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
add_test(NAME tidy COMMAND tidy)
set_tests_properties(tidy PROPERTIES LABELS unit)
