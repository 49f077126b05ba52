#!/bin/sh
# Installs the tools that tests compare procdive with, and the programs that they look at. Debian 12 or 13, as root.
# A service that a package brings is not started: policy-rc.d forbids it meanwhile, and is put back as it was.
set -eu

PACKAGES='strace ltrace lsof util-linux-extra iproute2 procps psmisc libcap2-bin gdb gcc libc6-dev clang llvm libbpf-dev bpftool bpftrace
    libbpf1 auditd nginx wrk openssh-server openssh-client tmux htop man-db less'
PROGRAMS='strace ltrace lsof lsfd ss ps pgrep pstree capsh gdb gcc clang llvm-objcopy bpftool bpftrace auditctl ausyscall nginx wrk sshd ssh tmux htop'
POLICY=/usr/sbin/policy-rc.d
export DEBIAN_FRONTEND=noninteractive PATH="$PATH:/usr/sbin:/sbin"

say() { echo "procdive: $*" >&2; }

lacking() {
    for package in $PACKAGES; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in installed) ;; *) echo "$package" ;; esac
    done
}

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || { say "this is not Debian: install by hand: $PROGRAMS"; exit 1; }
missing=$(lacking)
[ -n "$missing" ] || exit 0
[ "$(id -u)" = 0 ] || { say "as root: sudo make oracles"; exit 1; }

put_back() {
    rm -f "$POLICY"
    [ ! -e "$POLICY.procdive" ] || mv "$POLICY.procdive" "$POLICY"
}
trap put_back EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
[ ! -e "$POLICY" ] || mv "$POLICY" "$POLICY.procdive"
printf '#!/bin/sh\nexit 101\n' > "$POLICY"
chmod 755 "$POLICY"

say "installing" $missing
# Old lists name versions that the archive has no longer; without a network the package cache may still do.
apt-get update -qq || say "the package lists could not be renewed"
apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $missing >/dev/null

for program in $PROGRAMS; do
    command -v "$program" >/dev/null || { say "$program is still missing"; exit 1; }
done
