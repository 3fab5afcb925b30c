package shop_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/cmd/internal/shop"
	"kassa/pos/health"
)

// What the environment switches off is said while it does, with the variable; what
// it makes stricter, and what the file itself decides, is not.
func TestLoosened(t *testing.T) {
	for _, x := range []struct {
		name string
		env  map[string]string
		file string
		want []string
	}{
		{"nothing", nil, "", nil},
		{"codes of points", map[string]string{"KASSA_CONFIRM_POINTS": "none"}, "", []string{"KASSA_CONFIRM_POINTS"}},
		{"both codes", map[string]string{"KASSA_CONFIRM_POINTS": "none", "KASSA_CONFIRM_CREDIT": "none"}, "", []string{"KASSA_CONFIRM_POINTS", "KASSA_CONFIRM_CREDIT"}},
		{"codes asked for", map[string]string{"KASSA_CONFIRM_POINTS": "sms"}, "[confirm]\npoints = \"none\"\n", nil},
		{"the file's own decision", nil, "[confirm]\npoints = \"none\"\n", nil},
		{"messages to nobody", map[string]string{"KASSA_SMS_PROVIDER": "sandbox"}, "", []string{"KASSA_SMS_PROVIDER"}},
		{"messages to another place", map[string]string{"KASSA_SMS_PROVIDER": "smsru", "KASSA_SMS_SMSRU_BASE_URL": "https://sms.example"}, "", []string{"KASSA_SMS_SMSRU_BASE_URL"}},
		{"a demo shop", map[string]string{"KASSA_SHOP_DEMO": "true"}, "", []string{"KASSA_SHOP_DEMO"}},
		{"messages of a shop that became a demo", map[string]string{"KASSA_SHOP_DEMO": "true", "KASSA_SMS_PROVIDER": "sandbox"}, "", []string{"KASSA_SMS_PROVIDER", "KASSA_SHOP_DEMO"}},
		{"messages of a demo", map[string]string{"KASSA_SMS_PROVIDER": "sandbox"}, "[shop]\ndemo = true\n", nil},
		{"no lock", map[string]string{"KASSA_TILL_IDLE_LOCK_MINUTES": "0"}, "", []string{"KASSA_TILL_IDLE_LOCK_MINUTES"}},
		{"a code that lives long", map[string]string{"KASSA_CONFIRM_CODE_LIFETIME_MINUTES": "10"}, "", []string{"KASSA_CONFIRM_CODE_LIFETIME_MINUTES"}},
		{"a code that lives short", map[string]string{"KASSA_CONFIRM_CODE_LIFETIME_MINUTES": "2"}, "", nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			for _, v := range os.Environ() {
				if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "KASSA_") {
					t.Setenv(name, "")
				}
			}
			t.Setenv("KASSA_SECRETS", "file")
			for name, v := range x.env {
				t.Setenv(name, v)
			}
			home := filepath.Join(t.TempDir(), "home")
			require.NoError(t, os.MkdirAll(home, 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(home, "config.toml"), []byte(x.file), 0o600))
			s, err := shop.Open(t.Context(), shop.Options{Home: home, Storeless: true})
			require.NoError(t, err)
			defer s.Close()
			var said []string
			for _, e := range s.Loosened() {
				for _, lang := range words.Languages() {
					assert.Regexp(t, `^KASSA_\w+: .*\.$`, words.New(lang, "RUB", "").Error(e))
				}
				name, _, _ := strings.Cut(words.New("en", "RUB", "").Error(e), ":")
				said = append(said, name)
			}
			assert.Equal(t, x.want, said)
			lines := s.SettingsHealth(t.Context(), false)
			i := slices.IndexFunc(lines, func(l health.Line) bool { return l.Name == "guard" })
			require.Equal(t, len(x.want) > 0, i >= 0)
			if i >= 0 {
				sentence := lines[i].Say(words.New("en", "RUB", ""))
				t.Log(sentence)
				for _, name := range x.want {
					assert.Contains(t, sentence, name)
				}
			}
		})
	}
}
