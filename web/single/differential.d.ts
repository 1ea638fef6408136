// The differential's glue as the page of one file bundles it; build_single.mjs says where it lies.
declare module 'leukolens-differential' {
  const factory: (options?: object) => Promise<unknown>;
  export default factory;
}
