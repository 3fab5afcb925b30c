package upkeep

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strconv"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// metaCopies holds how the copies of each folder stand, a list of
// pos.CopyStanding in JSON.
const metaCopies = "backup.standing"

// mostFolders bounds what is remembered of folders nobody copies to any more.
const mostFolders = 20

// CopyStandings tell how the copies of each folder stand, in no order.
func (t *Till) CopyStandings(ctx context.Context) ([]pos.CopyStanding, error) {
	var list []pos.CopyStanding
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *op) (err error) { list, err = o.copyStandings(); return err })
	return list, err
}

func (o *op) copyStandings() (list []pos.CopyStanding, err error) {
	text, err := o.Meta(metaCopies)
	if err != nil || text == "" {
		return nil, err
	}
	return list, json.Unmarshal([]byte(text), &list)
}

// NoteCopies remembers what became of the copies just tried: each whole one is
// told in the trail, each failure is kept until a copy of its folder succeeds.
func (t *Till) NoteCopies(ctx context.Context, a pos.Actor, results []pos.CopyResult) error {
	return t.desk.Change(ctx, a, "", func(o *op) error {
		list, err := o.copyStandings()
		if err != nil {
			return err
		}
		for _, r := range results {
			list, err = o.noteCopy(list, r)
			if err != nil {
				return err
			}
		}
		if len(list) > mostFolders {
			slices.SortFunc(list, func(a, b pos.CopyStanding) int { return b.TriedAt.Compare(a.TriedAt) })
			list = list[:mostFolders]
		}
		text, err := json.Marshal(list)
		if err != nil {
			return err
		}
		return o.PutMeta(metaCopies, string(text))
	})
}

func (o *op) noteCopy(list []pos.CopyStanding, r pos.CopyResult) ([]pos.CopyStanding, error) {
	i := slices.IndexFunc(list, func(c pos.CopyStanding) bool { return c.Folder == r.Folder })
	if i < 0 {
		i, list = len(list), append(list, pos.CopyStanding{Folder: r.Folder})
	}
	c := &list[i]
	c.TriedAt, c.Failed, c.Path = o.At, "", ""
	if r.Err != nil {
		c.Failed, c.Path = "till.internal", r.Folder
		if e, ok := errors.AsType[*pos.Error](r.Err); ok {
			c.Failed = e.ID
			if path, ok := e.Args["Path"].(string); ok {
				c.Path = path
			}
		}
	}
	if r.Copy == nil {
		return list, nil
	}
	c.LastAt, c.LastFile = o.At, filepath.Base(r.Copy.Path)
	return list, o.Note(pos.EventBackupMade, "", map[string]string{
		"file": c.LastFile, "folder": r.Folder, "sealed": desk.YesNo(r.Copy.Sealed), "bytes": strconv.FormatInt(r.Copy.Bytes, 10)})
}
