package people

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/ui/uitest"
)

func TestPeople_AskBeforeATypedEmployeeIsDropped(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	d.press("F2", "Esc")
	require.NotContains(t, d.Facts, "people.employee.leave", "nothing was typed")
	d.press("F2")
	d.typed("Пётр")
	d.press("Esc")
	require.Contains(t, d.Facts, "people.employee.leave")
	d.press("Esc")
	require.True(t, uitest.HasText(d.Window, "Пётр"))
	d.press("Esc", "Del", "Esc")
	require.Equal(t, 1, d.closed)
}
