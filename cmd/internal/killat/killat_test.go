package killat_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/killat"
)

func TestMain(m *testing.M) {
	killat.Main()
	if len(os.Args) == 3 && os.Args[1] == "-writes" {
		writes(os.Args[2])
		return
	}
	os.Exit(m.Run())
}

// writes makes five calls that count, each from another goroutine, one after another.
func writes(to string) {
	f, err := os.Create(to)
	if err != nil {
		panic(err)
	}
	steps := []func() error{
		func() error { _, err := f.WriteString("one "); return err },
		f.Sync,
		func() error { _, err := f.WriteAt([]byte("two"), 4); return err },
		func() error { return os.Rename(to, to+".done") },
		func() error { return f.Truncate(3) },
	}
	for _, step := range steps {
		done := make(chan error)
		go func() { done <- step() }()
		if err := <-done; err != nil {
			panic(err)
		}
	}
}

func TestWrap_KillsBeforeTheCall(t *testing.T) {
	for at, want := range map[int]struct{ call, left string }{
		1: {"write", ""}, 2: {"fsync", "one "}, 3: {"pwrite64", "one "}, 4: {"renameat", "one two"}, 5: {"ftruncate", "one two"}, 6: {"", "one"},
	} {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			to, report := filepath.Join(t.TempDir(), "file"), filepath.Join(t.TempDir(), "report")
			wrap, err := killat.Wrap(at, report)
			require.NoError(t, err)
			exe, err := os.Executable()
			require.NoError(t, err)
			cmd := exec.Command(wrap[0], append(wrap[1:], exe, "-writes", to)...)
			out, err := cmd.CombinedOutput()
			if strings.Contains(string(out), killat.ErrNotHere.Error()) || strings.Contains(string(out), "operation not permitted") {
				t.Skip("tracing is not allowed here")
			}
			end, errRead := killat.Read(report)
			require.NoError(t, errRead, "%s", out)
			assert.Equal(t, want.call != "", end.Killed)
			assert.True(t, strings.HasPrefix(end.Call, want.call), end.Call)
			if want.call == "" {
				require.NoError(t, err)
				assert.Equal(t, 5, end.Calls)
			} else {
				_, killed := errors.AsType[*exec.ExitError](err)
				require.True(t, killed, "%s", out)
				assert.Equal(t, 137, end.Code)
				assert.Equal(t, at, end.Calls)
			}
			if at >= 5 {
				to += ".done"
			}
			left, err := os.ReadFile(to)
			require.NoError(t, err)
			assert.Equal(t, want.left, string(left))
		})
	}
}
