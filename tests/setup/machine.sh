# Another kind of machine.
lay_out
tool uname 'echo Darwin arm64'
expect "no Linux" 1 'this is Darwin arm64.* needs Debian 12 or 13 on x86_64; use a container or a virtual machine' "${setup[@]}"
