package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/screen"
	"kassa/cmd/internal/shop"
)

// The window takes the screen it is on, a small one and a large one, and no more.
func TestE2E_TheWindowTakesTheScreen(t *testing.T) {
	for _, size := range [][2]int{{1024, 768}, {1920, 1080}} {
		t.Run(fmt.Sprint(size[0], "x", size[1]), func(t *testing.T) {
			if tool := screen.Missing(); tool != "" {
				t.Fatalf("%s is missing: run scripts/setup.sh display", tool)
			}
			r := &rig{t: t, home: filepath.Join(t.TempDir(), "shop"), env: []string{"KASSA_SECRETS=file"}}
			s, demo, err := shop.Create(context.Background(), shop.Options{Home: r.home}, true)
			require.NoError(t, err)
			require.NoError(t, s.Close())
			r.demo = demo
			r.d, err = screen.Open(size[0], size[1])
			require.NoError(t, err)
			t.Cleanup(func() { r.d.Close() })
			r.open()
			require.NoError(t, r.till.Fills(size[0], size[1], patience))
		})
	}
}
