// The engine's glue as the page of one file bundles it; build_single.mjs says where it lies.
declare module 'leukolens-wasm-relaxed' {
  export { default } from 'leukolens-wasm';
}
declare module 'leukolens-wasm-simd' {
  export { default } from 'leukolens-wasm';
}
declare module 'leukolens-tiff' {
  export { default } from 'tiff-wasm';
}
