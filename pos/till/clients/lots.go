package clients

import (
	"kassa/pos"
)

// PutSpent stores the lots that points were taken out of, and what was taken.
func (o *Op) PutSpent(lots []pos.Lot, moves []pos.LotMove) error {
	touched := make(map[pos.LotID]bool, len(moves))
	for _, m := range moves {
		touched[m.Lot] = true
	}
	for i := range lots {
		if !touched[lots[i].ID] {
			continue
		}
		if err := o.PutLot(&lots[i]); err != nil {
			return err
		}
	}
	return o.PutLotMoves(moves, o.At)
}
