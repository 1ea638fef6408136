# XNNPACK by its own CMake, with the system's cpuinfo. Kernels whose instruction sets the oldest
# supported cpuinfo (Debian 12) can't test for are off.
find_library(CPUINFO_LIBRARY cpuinfo REQUIRED)
find_path(CPUINFO_INCLUDE cpuinfo.h REQUIRED)
add_library(cpuinfo UNKNOWN IMPORTED GLOBAL)
set_target_properties(cpuinfo PROPERTIES IMPORTED_LOCATION ${CPUINFO_LIBRARY}
                      INTERFACE_INCLUDE_DIRECTORIES ${CPUINFO_INCLUDE})
set(CPUINFO_SOURCE_DIR ${CPUINFO_INCLUDE}/..)
set(FXDIV_SOURCE_DIR ${SOURCES}/fxdiv)
set(PTHREADPOOL_SOURCE_DIR ${SOURCES}/pthreadpool)
foreach(part TESTS BENCHMARKS ALL_MICROKERNELS)
  set(XNNPACK_BUILD_${part} OFF CACHE BOOL "" FORCE)
endforeach()
set(XNNPACK_LIBRARY_TYPE static CACHE STRING "" FORCE)
foreach(isa AVX512AMX AVX512FP16 AVXVNNI AVXVNNIINT8 AVX256SKX AVX256VNNI AVX256VNNIGFNI AVX512VNNIGFNI)
  set(XNNPACK_ENABLE_${isa} OFF CACHE BOOL "" FORCE)
endforeach()
add_subdirectory(${SOURCES}/xnnpack xnnpack EXCLUDE_FROM_ALL)

add_custom_target(libraries ALL DEPENDS XNNPACK microkernels-prod pthreadpool)
install(FILES $<TARGET_FILE:XNNPACK> $<TARGET_FILE:microkernels-prod> $<TARGET_FILE:pthreadpool>
        DESTINATION lib)
