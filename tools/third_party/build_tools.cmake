# What the build itself needs: flatc (makes core/net/schema_generated.h) and headers.
set(FLATBUFFERS_BUILD_TESTS OFF CACHE BOOL "" FORCE)
set(FLATBUFFERS_BUILD_FLATHASH OFF CACHE BOOL "" FORCE)
set(FLATBUFFERS_BUILD_FLATLIB OFF CACHE BOOL "" FORCE)
set(FLATBUFFERS_INSTALL OFF CACHE BOOL "" FORCE)
add_subdirectory(${SOURCES}/flatbuffers flatbuffers EXCLUDE_FROM_ALL)
add_custom_target(tools ALL DEPENDS flatc)
install(PROGRAMS $<TARGET_FILE:flatc> DESTINATION bin)
install(DIRECTORY ${SOURCES}/flatbuffers/include/flatbuffers DESTINATION include)
