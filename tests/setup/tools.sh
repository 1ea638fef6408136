# Too old: a tool that comes first on PATH, and Debian's package.
lay_out
pretend_built
tool cmake 'echo "cmake version 3.16.3"'
expect "old cmake on PATH" 1 \
  'first/cmake is cmake 3\.16\.3, at least 3\.25 is needed; update it or put /usr/bin before it on PATH$' "${setup[@]}"

packages_are 'Package: g++\nStatus: install ok installed\nVersion: 4:9.3.0-1\nArchitecture: amd64\nMaintainer: x\nDescription: x\n\n'
expect "old Debian" 1 "Debian's g\\+\\+ is 4:9\\.3\\.0-1, at least 4:12\\.2 is needed; use Debian 12 or 13" \
  env DPKG_ADMINDIR="$desk/dpkg" "${setup[@]}"
