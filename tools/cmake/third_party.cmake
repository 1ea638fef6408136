# Imported targets for what tools/third_party installed.
add_library(xnnpack INTERFACE)
target_include_directories(xnnpack SYSTEM INTERFACE ${THIRD_PARTY}/include)
if(EMSCRIPTEN)
  target_link_libraries(xnnpack INTERFACE ${THIRD_PARTY}/lib/libXNNPACK.a)
else()
  find_package(Threads REQUIRED)
  target_link_libraries(xnnpack INTERFACE ${THIRD_PARTY}/lib/libXNNPACK.a
                        ${THIRD_PARTY}/lib/libmicrokernels-prod.a
                        ${THIRD_PARTY}/lib/libpthreadpool.a cpuinfo Threads::Threads m)
endif()

# libtiff with what it unpacks with, which has a folder of its own.
add_library(tiff INTERFACE)
target_include_directories(tiff SYSTEM INTERFACE ${TIFF}/include)
target_link_libraries(tiff INTERFACE ${TIFF}/lib/libtiff.a ${TIFF}/lib/libjpeg.a ${TIFF}/lib/libz.a)

# The header-only ones come with the native libraries, whatever is built.
add_library(flatbuffers INTERFACE)
target_include_directories(flatbuffers SYSTEM INTERFACE ${THIRD_PARTY_HOST}/include)
add_library(stb INTERFACE)
target_include_directories(stb SYSTEM INTERFACE ${THIRD_PARTY_HOST}/include/stb)
add_library(doctest INTERFACE)
target_include_directories(doctest SYSTEM INTERFACE ${THIRD_PARTY_HOST}/include/doctest)

# "core/net/schema_generated.h", from the schema.
set(SCHEMA ${CMAKE_SOURCE_DIR}/core/net/schema.fbs)
set(SCHEMA_HEADER ${CMAKE_BINARY_DIR}/generated/core/net/schema_generated.h)
add_custom_command(
  OUTPUT ${SCHEMA_HEADER}
  COMMAND ${THIRD_PARTY_HOST}/bin/flatc --cpp --scoped-enums --gen-object-api
          -o ${CMAKE_BINARY_DIR}/generated/core/net ${SCHEMA}
  DEPENDS ${SCHEMA} VERBATIM)
add_custom_target(schema DEPENDS ${SCHEMA_HEADER})
