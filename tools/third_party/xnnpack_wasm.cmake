# XNNPACK's own CMake refuses Emscripten, so its files are listed here: everything that is not a
# kernel, and the production kernels for wasm.
set(X ${SOURCES}/xnnpack)
foreach(kind scalar wasm wasmsimd wasmrelaxedsimd)
  include(${X}/cmake/gen/${kind}_microkernels.cmake)
endforeach()
set(KERNELS ${PROD_SCALAR_MICROKERNEL_SRCS} ${PROD_WASM_MICROKERNEL_SRCS}
    ${PROD_WASMSIMD_MICROKERNEL_SRCS})
if(RELAXED)
  list(APPEND KERNELS ${PROD_WASMRELAXEDSIMD_MICROKERNEL_SRCS})
endif()
list(TRANSFORM KERNELS PREPEND ${X}/)
file(GLOB FRAME ${X}/src/*.c ${X}/src/configs/*.c ${X}/src/operators/*.c ${X}/src/subgraph/*.c
     ${X}/src/enums/*.c ${X}/src/tables/*.c ${X}/src/reference/*.cc)
set_source_files_properties(${FRAME} PROPERTIES COMPILE_OPTIONS -Oz)
set_source_files_properties(${KERNELS} PROPERTIES COMPILE_OPTIONS -O2)

add_library(XNNPACK STATIC ${FRAME} ${KERNELS} ${SOURCES}/pthreadpool/src/shim.c
            ${CMAKE_CURRENT_LIST_DIR}/build_identifier.c)
target_include_directories(XNNPACK PRIVATE ${CMAKE_CURRENT_LIST_DIR}/arm_stub ${X}/include ${X}/src
                           ${SOURCES}/pthreadpool/include ${SOURCES}/fxdiv/include)
target_compile_definitions(XNNPACK PRIVATE NDEBUG XNN_LOG_LEVEL=0 FXDIV_USE_INLINE_ASSEMBLY=0
                           XNN_ENABLE_MEMOPT=1 XNN_ENABLE_GEMM_M_SPECIALIZATION=1)
file(STRINGS ${X}/CMakeLists.txt ENABLES REGEX "XNN_ENABLE_[A-Z0-9_]+")
set(OTHERS "")
foreach(line ${ENABLES})
  string(REGEX MATCHALL "XNN_ENABLE_[A-Z0-9_]+" names "${line}")
  list(APPEND OTHERS ${names})
endforeach()
list(REMOVE_DUPLICATES OTHERS)
list(REMOVE_ITEM OTHERS XNN_ENABLE_MEMOPT XNN_ENABLE_GEMM_M_SPECIALIZATION)
list(TRANSFORM OTHERS APPEND =0)
target_compile_definitions(XNNPACK PRIVATE ${OTHERS})
target_compile_options(XNNPACK PRIVATE -msimd128 $<$<BOOL:${RELAXED}>:-mrelaxed-simd>
                       -ffunction-sections -fdata-sections -w
                       $<$<COMPILE_LANGUAGE:C>:-std=gnu99>
                       $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti>)
install(TARGETS XNNPACK ARCHIVE DESTINATION lib)
