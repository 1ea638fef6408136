// Made from case.schema.json by check_plugin.mjs.
declare module 'leukolens-case-check' {
  interface Fault {
    readonly instancePath: string;
    readonly message?: string;
  }
  const check: ((value: unknown) => boolean) & { readonly errors: readonly Fault[] | null };
  export default check;
}
