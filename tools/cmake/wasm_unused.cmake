# Kernels the page never runs. XNNPACK chooses kernels by asking functions xnn_init_NAME_config; those
# below are answered with "none here", so that the linker leaves their kernels out. The core runs
# float32 and 8-bit signed nets in NHWC order; a net that needed more would be refused by XNNPACK.
set(UNUSED
    # half floats
    f16_abs f16_avgpool f16_clamp f16_cmul f16_conv_hwc2chw_3x3c3s2 f16_dwconv f16_dwconv2d_chw
    f16_elu f16_f32acc_rdsum f16_f32acc_rsum f16_gemm f16_hswish f16_ibilinear f16_ibilinear_chw
    f16_lrelu f16_maxpool f16_neg f16_pavgpool f16_raddstoreexpminusmax f16_rmax f16_rminmax
    f16_rndd f16_rndne f16_rndu f16_rndz f16_rsqrt f16_sigmoid f16_spmm f16_sqr f16_sqrt f16_tanh
    f16_to_f32_cvt f16_to_qs8_cvt f16_vadd f16_vdiv f16_vmax f16_vmin f16_vmul f16_vmulcaddc
    f16_vprelu f16_vsqrdiff f16_vsub f32_to_f16_cvt qs8_to_f16_cvt
    # 8-bit unsigned
    f32_to_qu8_cvt qu8_avgpool qu8_cvt qu8_dwconv qu8_gemm qu8_lrelu qu8_rdsum qu8_rsum qu8_to_f32_cvt
    qu8_vadd qu8_vmul u8_clamp u8_ibilinear u8_maxpool u8_rmax
    # weights or inputs quantised on the fly, 4-bit weights
    f32_qc4w_gemm f32_qc8w_gemm f32_to_qp8_cvt pf32_gemm qd8_f16_qb4w_gemm qd8_f16_qc4w_gemm
    qd8_f16_qc8w_gemm qd8_f32_qb4w_gemm qd8_f32_qc4w_gemm qd8_f32_qc8w_gemm qp8_f32_qb4w_gemm
    qp8_f32_qc4w_gemm x32_pack_lh
    # sparse nets in NCHW order
    f32_conv_hwc2chw_3x3c3s2 f32_dwconv2d_chw f32_ibilinear_chw f32_spmm f32_spmm2 f32_spmm4
    # operators outside the core's table
    f32_abs f32_argmaxpool f32_cmul f32_elu f32_exp f32_gelu f32_log f32_neg f32_rndd f32_rndne
    f32_rndu f32_rndz f32_rsqrt f32_sqr f32_sqrt f32_tanh f32_vcopysign f32_vdiv f32_vmax f32_vmin
    f32_vprelu f32_vsqrdiff u8_lut32norm x32_unpool x32_zip x8_zip)

set(answers "// Written by tools/cmake/wasm_unused.cmake.\n")
foreach(name ${UNUSED})
  string(APPEND answers "const void* __wrap_xnn_init_${name}_config(void) { return 0; }\n")
  target_link_options(leukolens_wasm PRIVATE -Wl,--wrap=xnn_init_${name}_config)
endforeach()
# Plain loops for pairs of types that have no kernel; the core asks for none of them.
string(APPEND answers "const void* __wrap_xnn_init_binary_reference_config(int op, int type) "
       "{ (void)op, (void)type; return 0; }\n")
target_link_options(leukolens_wasm PRIVATE -Wl,--wrap=xnn_init_binary_reference_config)
# What XNNPACK's loops for sine, cosine, tangent, error function and cube root call: operators the
# core refuses by name.
foreach(function sinf cosf tanf cbrtf expm1f)
  string(APPEND answers "float __wrap_${function}(float x) { return x; }\n")
  target_link_options(leukolens_wasm PRIVATE -Wl,--wrap=${function})
endforeach()
string(APPEND answers "double __wrap_erf(double x) { return x; }\n")
target_link_options(leukolens_wasm PRIVATE -Wl,--wrap=erf)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/wasm_unused.c CONTENT "${answers}" @ONLY)
target_sources(leukolens_wasm PRIVATE ${CMAKE_BINARY_DIR}/generated/wasm_unused.c)
