# Tests that read HEIC or make pictures start this where the server starts itself.
add_executable(picture_child ${PROJECT_SOURCE_DIR}/tests/picture_child.cpp)
target_link_libraries(picture_child PRIVATE carillon_media)
foreach(test media_test run_test api_test)
  if(TARGET ${test})
    add_dependencies(${test} picture_child)
    target_compile_definitions(${test} PRIVATE PICTURE_CHILD="$<TARGET_FILE:picture_child>")
  endif()
endforeach()
