# The page's engine: core and Embind binding as one ES module. Two builds of it, with and without
# relaxed SIMD, lie in build/wasm/.
add_executable(leukolens_wasm ${CMAKE_SOURCE_DIR}/web/binding.cpp)
set_target_properties(leukolens_wasm PROPERTIES OUTPUT_NAME leukolens SUFFIX .js)
target_compile_options(leukolens_wasm PRIVATE -fno-exceptions -fno-rtti)
target_compile_definitions(leukolens_wasm PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
target_link_libraries(leukolens_wasm PRIVATE leukolens_options leukolens_core embind)

set(SIMD -msimd128 $<$<BOOL:${LEUKOLENS_RELAXED_SIMD}>:-mrelaxed-simd>)
target_compile_options(leukolens_core PRIVATE ${SIMD} -Oz)
target_compile_options(leukolens_wasm PRIVATE ${SIMD} -Oz)
set(LEUKOLENS_WASM_LINK
  ${SIMD} -Oz -fno-rtti -fno-exceptions -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=web,worker,node -sDYNAMIC_EXECUTION=0
  -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=1gb -sSTACK_SIZE=256kb -sFILESYSTEM=0 -sMALLOC=emmalloc
  -sINCOMING_MODULE_JS_API=locateFile,wasmBinary,instantiateWasm)
target_link_options(leukolens_wasm PRIVATE ${LEUKOLENS_WASM_LINK})
# Writing the types runs the module, and Node 20 can't run the relaxed one; they are the same.
if(NOT LEUKOLENS_RELAXED_SIMD)
  target_link_options(leukolens_wasm PRIVATE --emit-tsd leukolens.d.ts)
endif()
include(${CMAKE_CURRENT_LIST_DIR}/wasm_unused.cmake)

# Reading TIFF: one build, fetched when a TIFF file comes.
if(NOT LEUKOLENS_RELAXED_SIMD)
  add_executable(tiff_wasm ${CMAKE_SOURCE_DIR}/web/tiff_binding.cpp)
  set_target_properties(tiff_wasm PROPERTIES OUTPUT_NAME tiff SUFFIX .js)
  target_compile_options(tiff_wasm PRIVATE -fno-exceptions -fno-rtti ${SIMD} -Oz)
  target_compile_definitions(tiff_wasm PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_link_libraries(tiff_wasm PRIVATE leukolens_options leukolens_tiff embind)
  target_link_options(tiff_wasm PRIVATE ${LEUKOLENS_WASM_LINK} --emit-tsd tiff.d.ts)
endif()
target_compile_options(leukolens_tiff PRIVATE ${SIMD} -Oz)

# The differential, without a net: one build, fetched when it is wanted.
if(NOT LEUKOLENS_RELAXED_SIMD)
  add_executable(differential_wasm ${CMAKE_SOURCE_DIR}/web/differential_binding.cpp
                                   ${CMAKE_SOURCE_DIR}/web/evaluation_binding.cpp)
  set_target_properties(differential_wasm PROPERTIES OUTPUT_NAME differential SUFFIX .js)
  target_compile_options(differential_wasm PRIVATE -fno-exceptions -fno-rtti ${SIMD} -Oz)
  target_compile_definitions(differential_wasm PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_link_libraries(differential_wasm PRIVATE leukolens_options leukolens_core embind)
  target_link_options(differential_wasm PRIVATE ${LEUKOLENS_WASM_LINK} --emit-tsd differential.d.ts)
endif()
