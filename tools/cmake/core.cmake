# The inference core: the same files for native and wasm.
file(GLOB_RECURSE CORE_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/*.cpp)
add_library(leukolens_core STATIC ${CORE_SOURCES})
add_dependencies(leukolens_core schema)
target_compile_options(leukolens_core PRIVATE -fno-exceptions -fno-rtti)
target_include_directories(leukolens_core SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/generated)
target_link_libraries(leukolens_core PRIVATE leukolens_options stb PUBLIC flatbuffers xnnpack)
