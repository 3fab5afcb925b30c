#!/bin/sh
# Fails when a Go file in the folders is not written as gofmt writes it, and
# names it.
set -eu
files=$(gofmt -l "$@")
[ -z "$files" ] || {
	printf 'not gofmt-ed:\n%s\n' "$files" >&2
	exit 1
}
