#!/bin/sh
# Opens the demo shop in a window. Where there is no display the same till is
# played by real key presses on a virtual one and leaves its pictures.
set -eu
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
	exec build/kassa --demo --home "${KASSA_HOME:-build/shop}"
fi
echo "No display here: playing the demo sale on a virtual one."
exec make demo
