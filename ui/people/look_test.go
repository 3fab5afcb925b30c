package people

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// TestLook draws everything in every drawing it must hold in. With KASSA_SHOTS
// set the pictures are kept in that folder, for looking at.
func TestLook(t *testing.T) {
	for name, scene := range scenes {
		for _, l := range looks {
			t.Run(name+" "+l.name, func(t *testing.T) {
				d := newDesk(t, l.size, l.lang)
				d.SetTheme(theme.New(l.mode, l.scale))
				scene(d)
				if dir := os.Getenv("KASSA_SHOTS"); dir != "" {
					require.NoError(t, uitest.Shot(d.Window, filepath.Join(dir, "people-"+name+"-"+l.name+".png")))
				}
				require.Empty(t, uitest.Faults(d.Window))
			})
		}
	}
}
