package shell

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/uitest"
)

func TestShell_SaysThatTheDiskKeepsNothing(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	var trouble error
	s.shell.Trouble = func() error { return trouble }
	trouble = pos.E(pos.CodeUnavailable, "storage.disk-fails", pos.Args{"Path": "/home/kassa"})
	s.shell.onSecond(s.Clock.Now().Add(time.Second))
	says := s.Env.Words.Error(trouble)
	require.Equal(t, says, s.shell.bar.trouble.Text())
	assert.True(t, uitest.HasText(s.Window, "Диск не сохраняет записанное"))
	s.Fine()
	trouble = nil
	s.shell.onSecond(s.Clock.Now().Add(2 * time.Second))
	assert.False(t, uitest.HasText(s.Window, "Диск не сохраняет записанное"), "it is well again")
	s.Fine()
}

// TestShell_SaysThatACopyWasNotMade: beside the figures of the closed shift and
// after them, until there is one.
func TestShell_SaysThatACopyWasNotMade(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	s.shell.TellCopies("Резервная копия не получилась. Папка не отвечает.")
	assert.Equal(t, "Резервная копия не получилась. Папка не отвечает.", s.shell.bar.copies.Text())
	assert.True(t, uitest.HasText(s.Window, "Папка не отвечает"))
	s.shell.onSettings(true) // the window is built anew
	assert.True(t, uitest.HasText(s.Window, "Папка не отвечает"))
	s.Fine()
	s.shell.TellCopies("")
	assert.Empty(t, s.shell.bar.copies.Text())
}
