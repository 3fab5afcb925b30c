#!/bin/sh
# Installs what building and testing Kassa needs on Debian or Ubuntu, as root
# or through sudo. It does nothing when everything is there, so it may run
# before every make target.
#
#   setup.sh build    what the window needs to be built
#   setup.sh display  the same, a virtual display to run and press it on, and what
#                     lets a disk fail under a program at a chosen system call
#   setup.sh bench    the same, and PostgreSQL, beside which a backend is measured
#   setup.sh test     the same, and PostgreSQL and Chromium, which the tests start by
#                     themselves
#   setup.sh soak     the same
#   setup.sh package  what `make package` needs besides: a compiler for Windows
set -eu

build="gcc pkg-config libgl1-mesa-dev xorg-dev libwayland-dev libxkbcommon-dev"
display="$build xvfb xauth libgl1-mesa-dri xdotool imagemagick x11-utils x11-xkb-utils strace"
tested="$display postgresql chromium"
case "${1:-build}" in
build) need=$build ;;
display) need=$display ;;
bench) need="$display postgresql" ;;
test | soak) need=$tested ;;
package) need="$build imagemagick zip gcc-mingw-w64-x86-64 binutils-mingw-w64-x86-64" ;;
*) echo "setup.sh: build, display, bench, test, soak or package, not '$1'" >&2; exit 2 ;;
esac

command -v go >/dev/null 2>&1 || {
	echo "Go is missing. Install Go 1.26 or newer (https://go.dev/doc/install), then run this again." >&2
	exit 1
}
command -v dpkg-query >/dev/null 2>&1 || {
	# Not Debian: the compiler and the headers have other names there, and the
	# README says which. Let the build itself tell what is missing.
	exit 0
}

missing=
for p in $need; do
	dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

as=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null 2>&1 || {
		echo "These packages are missing:$missing" >&2
		echo "Install them as root: apt-get install$missing" >&2
		exit 1
	}
	as=sudo
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# An old or absent package list must not stop us when the packages are cached.
$as apt-get update -q || echo "The package lists could not be refreshed; trying with the old ones." >&2
# shellcheck disable=SC2086 # the list is meant to be split into words
$as apt-get install -q -y --no-install-recommends $missing
