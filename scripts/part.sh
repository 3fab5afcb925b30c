#!/usr/bin/env bash
# Runs a command and says how long it took: on the clock, and of the processor,
# which a busy machine changes less.
#
#   part.sh NAME COMMAND...
name=$1
shift
TIMEFORMAT="-- $name: %0R s, %0U + %0S s of processor"
time "$@"
