package main

import (
	"bufio"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till"
	"kassa/storage/backup"
)

// backup makes a checked copy while a till may be working: in the folder named,
// or wherever the settings send copies.
func (p *program) backup(ctx context.Context, _ []string) error {
	return p.with(ctx, keyless, func(s *shop.Shop) error {
		to := shop.CopyTo{Folder: p.args.get("to")}
		if p.args.has("encrypt") || p.args.has("recipient") {
			if to.Folder == "" {
				return usage("cli.flag-needs-to", "encrypt")
			}
			var err error
			if to.Key, err = p.copyKey(s); err != nil {
				return err
			}
		}
		results, err := s.MakeCopies(ctx, till.System(), to)
		if err == nil && results[0].Copy == nil {
			err = results[0].Err
		}
		if err != nil {
			return err
		}
		v := struct {
			File   string     `json:"file"`
			Copies []pos.Copy `json:"copies"`
		}{File: results[0].Copy.Path}
		for _, r := range results {
			if r.Copy != nil {
				v.Copies = append(v.Copies, *r.Copy)
			}
		}
		if err := shop.CopyError(results); err != nil {
			return err
		}
		return p.answer(v, func() {
			for _, c := range v.Copies {
				p.say("cli.backup.done", pos.Args{"File": c.Path})
			}
		})
	})
}

// copyKey is how --encrypt seals: for the key named, else by the shop's own
// passphrase, else by the first line of standard input.
func (p *program) copyKey(s *shop.Shop) (backup.Key, error) {
	if r := p.args.get("recipient"); r != "" {
		return backup.Key{Seal: pos.SealRecipient, Recipient: r}, backup.CheckRecipient(r)
	}
	phrase, err := s.Secrets.Get(shop.PassphraseName)
	if err != nil {
		return backup.Key{}, err
	}
	if phrase.Empty() {
		if phrase, err = p.secretLine(); err != nil {
			return backup.Key{}, err
		}
	}
	return backup.Key{Seal: pos.SealPassphrase, Passphrase: phrase}, backup.CheckPassphrase(phrase)
}

// secretLine reads a secret from the first line of standard input.
func (p *program) secretLine() (hidden.Text, error) {
	line, err := bufio.NewReader(p.in).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" && err != nil {
		return hidden.Text{}, pos.Wrap(pos.CodeInvalid, "cli.passphrase-stdin", err)
	}
	return hidden.New(line), nil
}

// backups lists copies: of the folder named, else of all the settings know.
func (p *program) backups(ctx context.Context, words []string) error {
	if len(words) == 1 {
		abs, err := filepath.Abs(words[0])
		if err != nil {
			return pos.Wrap(pos.CodeInvalid, "shop.backup-dir", err)
		}
		list, err := backup.List(abs)
		if err != nil {
			return err
		}
		return p.tellCopies([]pos.CopyFolder{{Folder: abs, Copies: list}})
	}
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		folders, err := s.Copies(ctx, till.System())
		if err != nil {
			return err
		}
		return p.tellCopies(folders)
	})
}

type copyFolder struct {
	Folder string     `json:"folder"`
	Copies []pos.Copy `json:"copies"`
	Last   string     `json:"last_at,omitempty"`
	Failed string     `json:"failed,omitempty"` // why the newest attempt failed
}

func (p *program) tellCopies(folders []pos.CopyFolder) error {
	list := make([]copyFolder, 0, len(folders))
	for _, f := range folders {
		one := copyFolder{Folder: f.Folder, Copies: append([]pos.Copy{}, f.Copies...)}
		if !f.Standing.LastAt.IsZero() {
			one.Last = f.Standing.LastAt.Format(time.RFC3339)
		}
		if err := f.Standing.Problem(); err != nil {
			one.Failed = p.words.Error(err)
		} else if f.Err != nil {
			one.Failed = p.words.Error(f.Err)
		}
		list = append(list, one)
	}
	return p.answer(struct {
		Folders []copyFolder `json:"folders"`
	}{list}, func() {
		for _, f := range list {
			fmt.Fprintln(p.out, f.Folder)
			if f.Failed != "" {
				fmt.Fprintln(p.out, "  ! "+f.Failed)
			}
			w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
			for _, c := range f.Copies {
				holds := ""
				if c.Holds != nil {
					holds = p.words.T("cli.backups.holds", pos.Args{"Count": c.Holds.Sales})
				}
				fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", p.words.DateTime(c.At), p.words.T("cli.backups.size", pos.Args{"Size": (c.Bytes + 1023) / 1024}),
					p.words.T(sealedWord(c.Sealed), nil), holds, filepath.Base(c.Path))
			}
			w.Flush()
		}
	})
}

func sealedWord(sealed bool) string {
	if sealed {
		return "cli.backups.sealed"
	}
	return "cli.backups.open"
}
