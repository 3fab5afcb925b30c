#!/bin/sh
# Plays the demo: a new demo shop, a day in it by key presses, pictures of it.
set -eu
cd "$(dirname "$0")/.."
rm -rf build/demo
mkdir -p build/demo
build/demoplay -till build/kassa -ctl build/kassactl -out build/demo
echo "The pictures are in build/demo:"
ls build/demo/*.png
