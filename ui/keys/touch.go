package keys

import "time"

// Touch notes that somebody is at the window. Keys note it by themselves;
// whoever handles a pointer calls it.
func (r *Router) Touch() { r.touched = r.now() }

// Touched tells when somebody last did something, zero when nobody has: the
// till locks itself when that is too long ago.
func (r *Router) Touched() time.Time { return r.touched }
