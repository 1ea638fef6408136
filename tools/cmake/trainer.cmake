# The trainer; libtorch asks for exceptions and RTTI, so it stays out of everything else.
find_package(Torch REQUIRED)
file(GLOB TRAINER_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/trainer/*.cpp)
add_executable(leukolens-train ${TRAINER_SOURCES})
target_include_directories(leukolens-train SYSTEM PRIVATE ${TORCH_INCLUDE_DIRS})
target_link_libraries(leukolens-train PRIVATE leukolens_options leukolens_core leukolens_boxes stb nlohmann_json::nlohmann_json
                      ${TORCH_LIBRARIES})
if(TARGET leukolens_tflite)
  target_link_libraries(leukolens-train PRIVATE leukolens_tflite)
endif()
set_target_properties(leukolens-train PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
