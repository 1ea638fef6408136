// Made from the files of this folder by languages_plugin.mjs.
declare module 'leukolens-languages' {
  /** By language tag, such as "tr". */
  export const texts: Readonly<Record<string, object>>;
  export const findings: Readonly<Record<string, object>>;
}
