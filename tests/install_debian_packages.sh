#!/usr/bin/env bash
# Installs, where they are missing, the three browsers and what they need, strace, and the servers the tests start: from
# Debian's packages, none downloads a browser of its own.
set -eu
packages=(
    chromium firefox-esr webkit2gtk-driver
    xvfb xauth dbus                                                                # WebKit's driver wants a screen and a session bus
    gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav         # WebKit's decoders
    strace                                                                         # sees whether any audio is written
    ceph-mon ceph-osd radosgw                                                      # together a real S3 server, in memory
    redis-server postgresql                                                        # started by the tests, on ports of their own
)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "== Installing ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
