//go:build !linux || (!amd64 && !arm64)

package killat

// trace needs ptrace as Linux has it.
func trace(int, []string) (End, error) { return End{}, ErrNotHere }
