# Command line, phantom generator and unit tests.
find_package(nlohmann_json 3.11 REQUIRED)
set_target_properties(nlohmann_json::nlohmann_json PROPERTIES SYSTEM ON)

function(leukolens_tool name folder)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/${folder}/*.cpp)
  if(sources)
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE leukolens_options leukolens_core stb
                          nlohmann_json::nlohmann_json)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  endif()
endfunction()

# Writes .tflite files; for the trainer and for tests that need a model of their own.
file(GLOB TFLITE_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/tflite/*.cpp)
if(TFLITE_SOURCES)
  add_library(leukolens_tflite STATIC ${TFLITE_SOURCES})
  target_link_libraries(leukolens_tflite PUBLIC leukolens_options leukolens_core)
  add_dependencies(leukolens_tflite schema)
endif()

# Boxes as data sets write them; for the command line and the trainer.
add_library(leukolens_boxes STATIC ${CMAKE_SOURCE_DIR}/tools/boxes/boxes.cpp)
target_link_libraries(leukolens_boxes PUBLIC leukolens_options leukolens_core)

# The command line but for its main, so that its parts can be tested.
set(DEFAULT_MODEL ${CMAKE_SOURCE_DIR}/model/cells.tflite)
set(DEFAULT_FINDER ${CMAKE_SOURCE_DIR}/model/finder.tflite)
set(REFERENCE_RANGES ${CMAKE_SOURCE_DIR}/core/differential/reference_ranges.json)
configure_file(${CMAKE_CURRENT_LIST_DIR}/default_nets.S.in default_nets.S @ONLY)
set_source_files_properties(${CMAKE_BINARY_DIR}/default_nets.S PROPERTIES OBJECT_DEPENDS
                            "${DEFAULT_MODEL};${DEFAULT_FINDER}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/reference_ranges.S.in reference_ranges.S @ONLY)
set_source_files_properties(${CMAKE_BINARY_DIR}/reference_ranges.S PROPERTIES OBJECT_DEPENDS
                            ${REFERENCE_RANGES})
file(GLOB COMMAND_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/leukolens/*.cpp)
list(REMOVE_ITEM COMMAND_SOURCES ${CMAKE_SOURCE_DIR}/tools/leukolens/main.cpp)
add_library(leukolens_command STATIC ${COMMAND_SOURCES} ${CMAKE_BINARY_DIR}/default_nets.S
            ${CMAKE_BINARY_DIR}/reference_ranges.S)
target_link_libraries(leukolens_command PUBLIC leukolens_boxes leukolens_core leukolens_tiff
                      nlohmann_json::nlohmann_json PRIVATE leukolens_options)
add_executable(leukolens ${CMAKE_SOURCE_DIR}/tools/leukolens/main.cpp)
target_link_libraries(leukolens PRIVATE leukolens_options leukolens_command)
set_target_properties(leukolens PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

leukolens_tool(leukolens-phantoms phantoms)
# Some processors would fuse a product and a sum, which rounds differently: the drawings are to be
# the same on every machine.
file(GLOB DRAWING_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/phantoms/*.cpp)
set_source_files_properties(${DRAWING_SOURCES} PROPERTIES COMPILE_OPTIONS -ffp-contract=off)

# Each tests/*_test.cpp is part of one program. The phantoms' drawing code is tested with it.
file(GLOB TEST_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*.cpp)
file(GLOB PHANTOM_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/phantoms/*.cpp)
list(REMOVE_ITEM PHANTOM_SOURCES ${CMAKE_SOURCE_DIR}/tools/phantoms/main.cpp)
if(TEST_SOURCES)
  add_executable(leukolens-tests ${TEST_SOURCES} ${PHANTOM_SOURCES})
  target_compile_definitions(leukolens-tests PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(leukolens-tests PRIVATE leukolens_options leukolens_command leukolens_core
                        leukolens_tiff tiff stb doctest nlohmann_json::nlohmann_json)
  if(TARGET leukolens_tflite)
    target_link_libraries(leukolens-tests PRIVATE leukolens_tflite)
  endif()
endif()
