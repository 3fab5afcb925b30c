package figures

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

func TestFigures_SavesWhatIsShownAsPDF(t *testing.T) {
	s := worked(t)
	Open(s.Env, func() {})
	path := filepath.Join(t.TempDir(), "отчёт.pdf")
	uitest.Press(s.Window, "Ctrl+E")
	require.Equal(t, "savepdf", s.Last())
	uitest.Press(s.Window, "Ctrl+A")
	uitest.Type(s.Window, path)
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	s.Shows("savepdf.done", "file", path)
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "%PDF-", string(raw[:5]))
}

// A report on the screen is one thing, a file that leaves the till another.
func TestFigures_PDFNeedsTheRightToExport(t *testing.T) {
	s := worked(t)
	s.ChangeGroup(pos.GroupSeniorCashier, func(g *pos.Group) { g.Rights = append(g.Rights, pos.RightReports) })
	s.Login(pos.GroupSeniorCashier)
	Open(s.Env, func() {})
	s.Shows("figures", "report", "days", "error", "")
	uitest.Press(s.Window, "Ctrl+E")
	s.Shows("savepdf", "error", string(pos.CodeForbidden))
	s.Fine()
}

func TestPage_Slip(t *testing.T) {
	s := worked(t)
	for _, kind := range kindRows {
		r, err := s.Till.Report(t.Context(), s.Env.Actor, figures.Query{Kind: kind, Period: figures.Of(figures.SpanMonth, today(s.Env))})
		require.NoError(t, err, kind)
		p := newPage(r, s.Env.Words.T, s.Env.Words.Money())
		for _, width := range []int{32, 48} {
			lines := p.slip(s.Env.Words, width)
			require.NotEmpty(t, lines, kind)
			for _, l := range lines {
				assert.LessOrEqual(t, len([]rune(l)), width, "%s: %q", kind, l)
			}
		}
	}
}
