package killat

// older are calls this kind of processor has beside the newer ones: none.
var older map[uint64]string
