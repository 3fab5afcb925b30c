package chart

// The axis: round steps from below the least figure to above the greatest.

// mostStep bounds a step, so that no sum of them leaves what a figure can be.
const mostStep = int64(1e18)

// steps are the figures at which the axis has its lines: multiples of one, two or
// five times a power of ten, zero among them, in most parts at the most. What is
// drawn lies between the first and the last: bars that begin elsewhere than at
// zero lie about shares.
func steps(low, high int64, most int) []int64 {
	low, high = max(min(low, 0), -mostStep), min(max(high, 0), mostStep)
	step := roundStep(low, high, int64(max(most, 1)))
	var at []int64
	for v := -parts(-low, step) * step; ; v += step {
		at = append(at, v)
		if v >= high && len(at) > 1 {
			return at
		}
	}
}

// roundStep is the least round step that needs no more parts than those.
func roundStep(low, high, most int64) int64 {
	if low < 0 && high > 0 {
		most = max(most, 2)
	}
	for power := int64(1); ; power *= 10 {
		for _, step := range []int64{power, 2 * power, 5 * power} {
			if step >= mostStep || parts(-low, step)+parts(high, step) <= most {
				return step
			}
		}
	}
}

// parts is how many steps reach a distance.
func parts(distance, step int64) int64 { return (distance + step - 1) / step }

// share is how far a figure lies between the ends of the axis, from 0 to 1. No
// picture needs more of it than a float has.
func share(v, first, top int64) float32 {
	return float32(float64(min(max(v, first), top)-first) / float64(top-first))
}
