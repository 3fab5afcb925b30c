package main

import (
	"context"

	"kassa/cmd/internal/books"
	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/manual"
)

// ward is what the window of health looks at: canned.
type ward struct{ b *book }

// Health implements the window's doctor.
func (w *ward) Health(context.Context, pos.Actor, bool) ([]health.Line, error) {
	at := w.b.Clock.Now()
	lines := []health.Line{
		{Name: "disk", State: health.Good, ID: "health.disk-free", Args: pos.Args{"Free": int64(48123)}},
		{Name: "database", State: health.Good, ID: "health.database-ok", Args: pos.Args{"File": "/home/kassa/.config/kassa/kassa.db", "Size": int64(18), "Schema": int64(10)}, Place: health.SelfCheck},
		{Name: "seals", State: health.Good, ID: "health.seals-ok", Place: health.Seals},
		{Name: "backup", State: health.Good, ID: "health.backup-ok", Args: pos.Args{"At": at, "Count": 2}, Place: health.Copies},
		{Name: "prints", State: health.Good, ID: "health.prints-none", Place: health.Prints},
		{Name: "outbox", State: health.Good, ID: "health.outbox-length", Args: pos.Args{"Count": int64(41)}},
		{Name: "books", State: health.Good, ID: "health.books-ok", Place: health.SelfCheck},
		{Name: "clock", State: health.Good, ID: "health.clock-ok", Args: pos.Args{"Time": at, "Zone": "MSK"}},
		{Name: "printer", State: health.Good, ID: "health.printer-ready", Args: pos.Args{"Address": "192.168.0.50:9100"}, Place: health.PrinterPage},
		{Name: "config", State: health.Good, ID: "health.config-ok", Args: pos.Args{"File": "/home/kassa/.config/kassa/config.toml"}, Place: health.ShopPage},
		{Name: "secrets", State: health.Good, ID: "health.secrets-keyring", Place: health.SMSPage},
		{Name: "provider", State: health.Good, ID: "health.provider-balance", Args: pos.Args{"Provider": "SMS.RU", "Sum": "412,56"}, Place: health.SMSPage},
		{Name: "version", State: health.Good, ID: "health.version-is", Args: pos.Args{"Version": "0.3.0"}},
	}
	if w.b.backup != nil {
		lines[3].State, lines[3].ID, lines[3].Args = health.Bad, "health.backup-failed", pos.Args{"Folder": "/media/kassa/STICK", "Reason": w.b.backup}
		lines[4].State, lines[4].ID, lines[4].Args = health.Warn, "health.prints-open", pos.Args{"Count": 2}
		lines[6] = books.Health([]manual.Fault{{What: manual.FaultChain, Where: "17"}}, "", nil)
	}
	return lines, nil
}

// Support implements the window's doctor.
func (w *ward) Support(context.Context, pos.Actor) (*health.Bundle, error) {
	return &health.Bundle{Files: []health.File{
		{Name: "about.json", Body: []byte("{\n  \"version\": \"0.3.0\",\n  \"go\": \"go1.26\",\n  \"system\": \"linux/amd64\",\n  \"zone\": \"MSK\"\n}\n")},
		{Name: "settings.txt", Body: []byte("shop.name = \"[set]\"\n")}, {Name: "health.json", Body: []byte("[]\n")},
		{Name: "log.jsonl", Body: make([]byte, 41_000)},
	}}, nil
}

// SaveSupport implements the window's doctor.
func (w *ward) SaveSupport(_ context.Context, _ pos.Actor, _ *health.Bundle, path string) (string, error) {
	return path, nil
}

var healthStories = []story{
	{name: "health", shows: "health", wide: true, play: func(b *book) { b.owner().menu("health") }},
	{name: "health-bad", shows: "health", play: func(b *book) {
		b.backup = pos.E(pos.CodeUnavailable, "storage.full", pos.Args{"Path": "/media/kassa/STICK"})
		b.owner().menu("health")
	}},
	{name: "health-support", shows: "health.support", play: func(b *book) {
		b.owner().menu("health").press("F8", "Ctrl+A").typed("/home/kassa/kassa-support.zip")
	}},
}
