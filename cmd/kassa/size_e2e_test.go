package main

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// The window takes the screen it is on, a small one and a large one, and no more.
func TestE2E_TheWindowTakesTheScreen(t *testing.T) {
	for _, size := range [][2]int{{1024, 768}, {1920, 1080}} {
		t.Run(fmt.Sprint(size[0], "x", size[1]), func(t *testing.T) {
			r := bareRig(t, size[0], size[1])
			r.stock()
			r.open()
			require.NoError(t, r.till.Fills(size[0], size[1], patience))
		})
	}
}
