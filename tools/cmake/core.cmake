# The inference core: the same files for native and wasm.
file(GLOB_RECURSE CORE_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/*.cpp)
list(FILTER CORE_SOURCES EXCLUDE REGEX /core/picture/tiff)
add_library(leukolens_core STATIC ${CORE_SOURCES})
add_dependencies(leukolens_core schema)
target_compile_options(leukolens_core PRIVATE -fno-exceptions -fno-rtti)
target_include_directories(leukolens_core SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/generated)
target_link_libraries(leukolens_core PRIVATE leukolens_options stb PUBLIC flatbuffers xnnpack)

# Reading TIFF, apart: the page fetches it only when a TIFF file comes.
file(GLOB TIFF_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/picture/tiff*.cpp)
add_library(leukolens_tiff STATIC ${TIFF_SOURCES})
target_compile_options(leukolens_tiff PRIVATE -fno-exceptions -fno-rtti)
target_link_libraries(leukolens_tiff PRIVATE leukolens_options tiff PUBLIC leukolens_core)
