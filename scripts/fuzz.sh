#!/bin/sh
# Runs every fuzz target for a while: fuzz.sh 30s
# Those of ui are left out: fuzzing compiles the window's toolkit anew with
# counters in it. Their known cases run with its tests.
set -eu
cd "$(dirname "$0")/.."
each=${1:-30s}
grep -rlE '^func Fuzz' --include='*_test.go' pos sms storage cmd assets | while read -r file; do
	dir=$(dirname "$file")
	sed -nE 's/^func (Fuzz[A-Za-z0-9_]+)\(.*/\1/p' "$file" | while read -r target; do
		echo "== ./$dir $target"
		CGO_ENABLED=0 go test -run '^$' -fuzz "^$target\$" -fuzztime "$each" "./$dir"
	done
done
