package sms_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/sms"
	"kassa/sms/sandbox"
	"kassa/sms/smsru"
)

// TestWords requires words in both languages for everything that may be said about a provider.
func TestWords(t *testing.T) {
	ids := append(sms.Messages(), message.TemplateMessages()...)
	ids = append(ids, sandbox.NoteBalance)
	for _, channel := range integration.AllWays() {
		ids = append(ids, "sms.channel."+string(channel))
	}
	catalogue := sms.NewCatalogue(smsru.Vendor(), sandbox.Vendor(sandbox.NewInbox(time.Now), ""))
	for _, d := range catalogue.Declarations() {
		for _, f := range d.Fields {
			ids = append(ids, f.LabelID)
			if f.HelpID != "" {
				ids = append(ids, f.HelpID)
			}
		}
	}

	e := sms.Error{Provider: "PROVIDER", ProviderCode: "CODE", ProviderText: "TEXT", Setting: "SETTING"}
	full := e.Data()
	full["Number"] = 3
	short := (&sms.Error{Provider: "PROVIDER", Setting: "SETTING"}).Data() // as for an error the provider said nothing about
	short["Number"] = 3

	for _, lang := range []string{"ru", "en"} {
		t.Run(lang, func(t *testing.T) {
			known, localizer := load(t, lang)
			for _, id := range ids {
				assert.Contains(t, known, id)
				for _, data := range []map[string]any{full, short} {
					said, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data})
					require.NoError(t, err, id)
					if strings.HasPrefix(id, "sms.template.") && data["Text"] == "" {
						continue // findings that use Text always have it
					}
					assert.NotContains(t, said, "<no value>", id)
					assert.NotContains(t, said, "  ", id)
					assert.NotContains(t, said, "..", id)
				}
			}
		})
	}
	t.Run("both languages say the same things", func(t *testing.T) {
		ru, _ := load(t, "ru")
		en, _ := load(t, "en")
		for id, text := range ru {
			assert.Contains(t, en, id)
			for _, field := range []string{".Provider", ".Code", ".Text", ".Setting", ".Number"} {
				assert.Equal(t, strings.Contains(text, field), strings.Contains(en[id], field), "%s in %s", field, id)
			}
		}
		assert.Len(t, en, len(ru))
	})
}

// load reads the words of one language.
func load(t *testing.T, lang string) (map[string]string, *i18n.Localizer) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "assets", "i18n", lang, "sms.toml"))
	require.NoError(t, err)
	bundle := i18n.NewBundle(language.Make(lang))
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	file, err := bundle.ParseMessageFileBytes(content, lang+".toml")
	require.NoError(t, err)
	known := map[string]string{}
	for _, m := range file.Messages {
		known[m.ID] = m.Other
	}
	return known, i18n.NewLocalizer(bundle, lang)
}
