package door

// This file tells, with the closing of a shift, what became of its copies.

import (
	"context"
	"path/filepath"
)

// copiesJSON are the copies that belong to a closed shift; nothing where none were
// wanted. Pending says that they are still being made: the shift is closed, and how
// they ended is told by "kassactl backups" and "kassactl doctor".
type copiesJSON struct {
	Copies  []copyJSON `json:"copies,omitempty"`
	Pending bool       `json:"copies_pending,omitempty"`
}

// copyJSON is a copy in one folder, or why there is none.
type copyJSON struct {
	Folder string `json:"folder"`
	File   string `json:"file,omitempty"`
	Error  *Fault `json:"error,omitempty"`
}

func (s *Session) copies(ctx context.Context) copiesJSON {
	if s.Copies == nil {
		return copiesJSON{}
	}
	results, made := s.Copies(ctx)
	v := copiesJSON{Pending: !made}
	for _, r := range results {
		one := copyJSON{Folder: r.Folder}
		if r.Copy != nil {
			one.File = filepath.Base(r.Copy.Path)
		}
		if r.Err != nil {
			one.Error = NewFault(s.Words, r.Err)
		}
		v.Copies = append(v.Copies, one)
	}
	return v
}
