package money

import "testing"

func TestAverage(t *testing.T) {
	for name, tt := range map[string]struct {
		p    Amount
		a    Quantity
		q    Amount
		b    Quantity
		want Amount
		ok   bool
	}{
		"half and half":             {100, 1000, 200, 1000, 150, true},
		"a half counts as one":      {100, 1000, 101, 1000, 101, true},
		"weighed":                   {100, 9000, 200, 1000, 110, true},
		"taken back out":            {110, 10_000, 200, -1000, 100, true},
		"worth more than there was": {10, 1000, 200, -500, 0, false},
		"nothing is left":           {100, 1000, 100, -1000, 0, false},
		"the most there is":         {MaxAmount, MaxQuantity, MaxAmount, MaxQuantity, MaxAmount, true},
		"below zero":                {-1, 1, 1, 1, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := Average(tt.p, tt.a, tt.q, tt.b)
			if got != tt.want || ok != tt.ok {
				t.Errorf("Average = %d, %v, want %d, %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}
