package ui

import (
	"context"
	"image"
	"slices"

	"kassa/ui/task"
)

// Images keeps the pictures of goods. It is asked in the background only; its
// errors are *pos.Error with a sentence that says what to do.
type Images interface {
	// Take keeps a copy of a picture file and returns our own name for it.
	Take(path string) (name string, err error)
	// Load reads a kept picture, the small one where that is enough.
	Load(name string, small bool) (image.Image, error)
}

// Bounds of what is held: small pictures, of at most 64 KiB each, and requests
// for them that were not answered yet.
const (
	picturesHeld   = 96
	picturesWanted = 64
)

// Pictures shows the pictures of goods. They are read in the background, one
// after the other and the newest asked for first; what was seen last is held. It
// belongs to the window's goroutine. A nil Pictures shows none.
type Pictures struct {
	env    *Env
	images Images
	held   []heldPicture // the one used last stands last
	wanted []wantedPicture
	busy   bool
	asking bool // inside Small: who asks gets the answer at once
}

// heldPicture is what a name led to; nil where it could not be read.
type heldPicture struct {
	name string
	img  image.Image
}

type wantedPicture struct {
	name    string
	arrived func()
}

// NewPictures puts a keeper of pictures behind a window.
func NewPictures(env *Env, i Images) *Pictures { return &Pictures{env: env, images: i} }

// Small is the small picture of a name, nil where there is none or it is not
// there yet; arrived is called once it is, to draw anew.
func (p *Pictures) Small(name string, arrived func()) image.Image {
	if p == nil || name == "" {
		return nil
	}
	if img, ok := p.find(name); ok {
		return img
	}
	if !slices.ContainsFunc(p.wanted, func(w wantedPicture) bool { return w.name == name }) {
		p.wanted = append(p.wanted, wantedPicture{name, arrived})
		if n := len(p.wanted) - picturesWanted; n > 0 {
			p.wanted = slices.Delete(p.wanted, 0, n) // long out of sight
		}
	}
	p.asking = true
	p.next()
	p.asking = false
	img, _ := p.find(name)
	return img
}

func (p *Pictures) find(name string) (image.Image, bool) {
	for i := len(p.held) - 1; i >= 0; i-- {
		if h := p.held[i]; h.name == name {
			p.held = append(slices.Delete(p.held, i, i+1), h)
			return h.img, true
		}
	}
	return nil, false
}

// next reads the picture asked for last.
func (p *Pictures) next() {
	if p.busy || len(p.wanted) == 0 {
		return
	}
	last := len(p.wanted) - 1
	w := p.wanted[last]
	p.wanted = slices.Delete(p.wanted, last, last+1)
	p.busy = true
	task.Run(p.env.Ctx, p.env.Runner,
		func(context.Context) (image.Image, error) { return p.images.Load(w.name, true) },
		func(img image.Image, err error) {
			p.busy = false
			if err != nil {
				img = nil // goods are sold without a picture as well
			}
			if len(p.held) >= picturesHeld {
				p.held = slices.Delete(p.held, 0, 1)
			}
			p.held = append(p.held, heldPicture{w.name, img})
			if !p.asking && img != nil {
				w.arrived()
			}
			p.next()
		})
}

// Large reads a picture as large as it is kept; show hears of nil where there is
// none.
func (p *Pictures) Large(name string, show func(image.Image, error)) {
	if p == nil || name == "" {
		show(nil, nil)
		return
	}
	task.Run(p.env.Ctx, p.env.Runner, func(context.Context) (image.Image, error) { return p.images.Load(name, false) }, show)
}

// Take keeps a picture somebody chose; done hears of its name or why not.
func (p *Pictures) Take(path string, done func(name string, err error)) {
	task.Run(p.env.Ctx, p.env.Runner, func(context.Context) (string, error) { return p.images.Take(path) }, done)
}

// Ready tells whether pictures are kept here.
func (p *Pictures) Ready() bool { return p != nil }
