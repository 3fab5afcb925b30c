package killat

import "golang.org/x/sys/unix"

// older are calls this kind of processor has beside the newer ones.
var older = map[uint64]string{unix.SYS_RENAME: "rename", unix.SYS_UNLINK: "unlink"}
