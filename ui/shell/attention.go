package shell

import (
	"context"
	"slices"

	"kassa/pos"
	"kassa/ui/figures"
	"kassa/ui/widgets"
)

// named bounds how many goods that run out are told by name.
const named = 3

// attention is what the owner's page tells beside the figures: slips that did
// not come out and goods that run out, and what the program around the window
// adds.
func (s *Shell) attention() []figures.Source {
	return append([]figures.Source{s.notPrinted, s.runningOut}, slices.Clone(s.Attention)...)
}

func (s *Shell) notPrinted(ctx context.Context, _ pos.Actor) ([]figures.Notice, error) {
	n, err := s.Env.Till.OpenPrints(ctx)
	if err != nil || n == 0 {
		return nil, err
	}
	return []figures.Notice{{ID: "attention.not-printed", Args: pos.Args{"Count": n}, Tone: widgets.Warn}}, nil
}

func (s *Shell) runningOut(ctx context.Context, a pos.Actor) ([]figures.Notice, error) {
	low, err := s.Env.Till.LowStock(ctx, a, named+1)
	if err != nil || len(low) == 0 {
		return nil, err
	}
	names := make([]string, 0, named)
	for _, p := range low[:min(len(low), named)] {
		names = append(names, p.Name)
	}
	id := "attention.low-stock"
	if len(low) > named {
		id = "attention.low-stock-more"
	}
	return []figures.Notice{{ID: id, Args: pos.Args{"Names": names}, Tone: widgets.Info}}, nil
}
