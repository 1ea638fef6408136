// Which folders a file lay in: a dropped file doesn't say, a picked one only in part.

const kFolders = new WeakMap<File, readonly string[]>();

/** `path`: of the file below what was dropped, "/labelled/neutrophil/1.png". */
export function withFolders(file: File, path: string): File {
  kFolders.set(file, path.split('/').filter(Boolean).slice(0, -1));
  return file;
}

/** Outermost first; empty where a file came by itself. */
export function foldersOf(file: File): readonly string[] {
  return kFolders.get(file) ?? file.webkitRelativePath.split('/').filter(Boolean).slice(0, -1);
}
