// Package logs writes the program's log: one JSON object a line in the home's
// logs folder, in files that are turned and thrown away by themselves, with
// phones, tokens and codes masked whoever forgets to do so.
package logs

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/DeRuina/timberjack"
)

// FileName is the log in use; older ones lie beside it, compressed.
const FileName = "kassa.log"

// What is kept: enough for a month of trouble, little enough for a small disk.
const (
	maxMegabytes = 5
	maxBackups   = 10
	maxDays      = 60
)

// Log is an open log. Close it at the end.
type Log struct {
	*slog.Logger
	file io.Closer
}

// Open starts logging into dir, which it makes if need be, at level and above.
func Open(dir string, level slog.Level) (*Log, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("logs: %w", err)
	}
	name := filepath.Join(dir, FileName)
	// Made here first: the rotating writer opens it only with the first line, and a
	// folder that cannot be written should be known at once.
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("logs: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("logs: %w", err)
	}
	w := &timberjack.Logger{Filename: name, MaxSize: maxMegabytes, MaxBackups: maxBackups, MaxAge: maxDays,
		LocalTime: true, Compression: "gzip"}
	return &Log{Logger: New(w, level), file: w}, nil
}

// Close flushes and ends the log; nothing may be logged afterwards.
func (l *Log) Close() error { return l.file.Close() }

// New makes a masking logger over any writer.
func New(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(masking{slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: replace})})
}

// masking cleans the message itself; the attributes go through replace.
type masking struct{ slog.Handler }

func (m masking) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, Mask(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(a)
		return true
	})
	return m.Handler.Handle(ctx, clean)
}

func (m masking) WithAttrs(a []slog.Attr) slog.Handler { return masking{m.Handler.WithAttrs(a)} }

func (m masking) WithGroup(name string) slog.Handler { return masking{m.Handler.WithGroup(name)} }
