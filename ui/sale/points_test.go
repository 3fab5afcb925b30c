package sale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/ui/uitest"
)

func TestScreen_PointsNeedGoods(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Press(s.Window, "F6")
	require.NotContains(t, s.called, "points")
	require.True(t, uitest.HasText(s.Window, "Чек пуст"))
	s.Scan(0)
	uitest.Press(s.Window, "F6")
	require.Contains(t, s.called, "points")
}
