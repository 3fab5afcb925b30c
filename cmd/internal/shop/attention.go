package shop

import (
	"context"

	"kassa/pos"
)

// CopyTroubles are the folders of the settings whose newest copy failed, for
// whoever looks after the shop; none for who may not make copies.
func (s *Shop) CopyTroubles(ctx context.Context, a pos.Actor) ([]pos.CopyStanding, error) {
	if !a.Can(pos.RightBackup) {
		return nil, nil
	}
	standings, err := s.Till.CopyStandings(ctx)
	if err != nil {
		return nil, err
	}
	var bad []pos.CopyStanding
	for _, t := range s.copyTargets() {
		for _, c := range standings {
			if c.Folder == t.Folder && c.Failed != "" {
				bad = append(bad, c)
			}
		}
	}
	return bad, nil
}
