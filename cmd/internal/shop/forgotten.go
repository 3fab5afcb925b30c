package shop

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/storage"
)

// This file remembers outside the data who asked to be forgotten: a copy made
// before still names them, and may take the place of the data.

// forgottenFile lies beside the keys, which no restoring replaces. It holds a day
// and the id of a card in a line: numbers that name nobody.
const forgottenFile = "forgotten"

func (s *Shop) forgottenPath() string { return filepath.Join(s.Home.Secrets(), forgottenFile) }

// rememberForgotten adds cards to the list. It is called when they are anonymous
// in the data already, so that what fails here is only told to the log.
func (s *Shop) rememberForgotten(cards []pos.CustomerID) {
	text, err := os.ReadFile(s.forgottenPath())
	if errors.Is(err, fs.ErrNotExist) {
		text, err = nil, os.MkdirAll(s.Home.Secrets(), 0o700)
	}
	if err == nil {
		day := s.Clock.Now().UTC().Format("2006-01-02")
		for _, id := range cards {
			text = fmt.Appendf(text, "%s %s\n", day, id)
		}
		err = storage.ReplaceFile(s.forgottenPath(), text)
	}
	if err != nil {
		s.Log.Warn("who was erased is not remembered outside the data", "error", err)
	}
}

// remembered are the cards on the list. One that cannot be read forgets nobody
// anew, and says so to the log.
func (s *Shop) remembered() (cards []pos.CustomerID) {
	text, err := os.ReadFile(s.forgottenPath())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.Log.Warn("the list of erased customers cannot be read", "error", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		if _, id, ok := bytes.Cut(lines.Bytes(), []byte(" ")); ok && len(id) > 0 {
			cards = append(cards, pos.CustomerID(id))
		}
	}
	return cards
}

// forgetAgain makes those anonymous in a till's data who were erased after it was
// copied, by the list and by the data of now.
func (s *Shop) forgetAgain(ctx context.Context, a pos.Actor, t *till.Till) error {
	cards := s.remembered()
	if s.Till != nil && t != s.Till {
		of, err := s.Till.Forgotten(ctx)
		if err != nil {
			return err
		}
		cards = append(cards, of...)
	}
	slices.Sort(cards)
	n, err := t.ForgetAgain(ctx, a, slices.Compact(cards))
	if n > 0 {
		s.Log.Info("customers who had been erased came back with older data and were erased again", "count", n)
	}
	return err
}
