package main

import (
	"context"
	"path/filepath"
	"strings"

	"kassa/backend"
	"kassa/pos"
	"kassa/storage/central"
	"kassa/storage/secret"
)

// keyName is the file of the key beside a database on SQLite, where none is named.
const keyName = "backend.key"

// keyPath is where the key is, "" where nobody said: copies of the program that share
// a database share a key too, and somebody has to bring it to each.
func (p *program) keyPath(ofFile bool) (string, error) {
	if p.secretKey != "" || !ofFile {
		return p.secretKey, nil
	}
	path, err := filepath.Abs(strings.TrimPrefix(p.database, schemes[0]))
	if err != nil {
		return "", pos.Wrap(pos.CodeInvalid, "backend.database", err)
	}
	return filepath.Join(filepath.Dir(path), keyName), nil
}

// sealer is the key that seals authenticators' secrets, nil for none. Beside a
// database on SQLite it is made where it is missing, unless something is sealed under
// the one that is lost. What lies in clear is sealed. A key under which nothing of
// what is sealed opens is refused: with it the next secret would be sealed apart from
// the others.
func (p *program) sealer(ctx context.Context, s *central.Store, ofFile bool) (backend.Sealer, error) {
	path, err := p.keyPath(ofFile)
	if err != nil || path == "" {
		if err == nil {
			p.log.Warn("no key for authenticators' secrets: none can be set up; see --secret-key-file")
		}
		return nil, err
	}
	key, err := secret.ReadSealKey(path)
	missing := pos.CodeOf(err) == pos.CodeNotFound && p.secretKey == ""
	if err != nil && !missing {
		return nil, err
	}
	params := backend.Params{Store: s, Clock: clock{}, IDs: uuids{}, Log: p.log}
	if !missing {
		params.Sealer = key
	}
	sealed, opened, _, err := backend.New(params).SealedSecrets(ctx)
	switch {
	case err != nil:
		return nil, err
	case missing && sealed > 0:
		p.log.Error("the key for authenticators' secrets is lost: bring it back, or revoke and add the people who use one", "file", path)
		return nil, nil
	case sealed > 0 && opened == 0:
		return nil, pos.E(pos.CodeUnavailable, "backend.secret-key-wrong", pos.Args{"File": path})
	case missing:
		if key, err = secret.MakeSealKey(path); err != nil {
			return nil, err
		}
		p.log.Info("a key for authenticators' secrets was made: it belongs into the backup, apart from the database", "file", path)
	}
	params.Sealer = key
	n, err := backend.New(params).SealSecrets(ctx)
	if n > 0 {
		p.log.Info("secrets of authenticators that lay in clear were sealed", "count", n)
	}
	return key, err
}

// makeSecretKey makes a key for copies that share a database on PostgreSQL.
func (p *program) makeSecretKey(_ context.Context, w []string) error {
	if _, err := secret.MakeSealKey(w[0]); err != nil {
		return err
	}
	p.say("backend.cli.key-made", pos.Args{"File": w[0]})
	return nil
}
