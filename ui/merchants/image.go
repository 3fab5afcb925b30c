package merchants

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg" // the kinds a merchant's image has
	_ "image/png"

	"kassa/pos"
	"kassa/ui/goods"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// mostPixels bounds an image that is shown, wherever it came from.
const mostPixels = 4_000_000

// decode makes a picture of an image's bytes, nil of none; its measures are looked at
// before any room is made for it.
func decode(raw []byte) (image.Image, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err == nil && (head.Width < 1 || head.Height < 1 || head.Width > mostPixels/head.Height) {
		err = errors.New("merchants: an image larger than any that is kept")
	}
	if err != nil {
		return nil, pos.Wrap(pos.CodeUnavailable, "picture.gone", err)
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	return picture, err
}

// showImage draws the image of the draft on the card.
func (c *card) showImage() {
	raw := c.draft.m.Image
	if c.draft.noImage {
		raw = nil
	}
	if c.draft.image != nil {
		raw = c.draft.image
	}
	task.Run(c.env.Ctx, c.env.Runner, func(context.Context) (image.Image, error) { return decode(raw) },
		func(img image.Image, err error) {
			if err != nil {
				img = nil // the merchant is the same without it
			}
			c.image.Set(img)
		})
}

// imageDialog chooses the image of a card.
type imageDialog struct {
	card   *card
	path   *widgets.Entry
	news   *widgets.Banner
	take   *widgets.Button
	dialog *widgets.Dialog
}

// onImage takes an image, or the one there is away.
func (c *card) onImage() {
	k, t := c.env.Kit, c.env.T
	p := &imageDialog{card: c, news: widgets.NewBanner("", widgets.Bad)}
	p.path = k.Entry(widgets.TextEntry, t("goods.picture.path", nil))
	p.path.RefusesScan, p.path.MaxLength = true, 1000
	p.path.OnChanged = func(string) { p.say(nil) }
	p.take = k.KeyButton(t("merchants.image.take", nil), widgets.Primary, keys.Enter, p.onTake)
	feet := widgets.Footer(theme.GapCards, k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { p.dialog.Close() }))
	has := c.draft.image != nil || len(c.draft.m.Image) > 0 && !c.draft.noImage
	if has {
		feet.Add(k.KeyButton(t("merchants.image.remove", nil), widgets.DangerKind, keys.Del, p.onRemove))
	}
	feet.Add(p.take)
	p.dialog = k.Dialog(widgets.DialogSpec{Name: placeImage, Title: t("merchants.field.image", nil), Width: widgets.Middle,
		Body: widgets.VBox(theme.GapCards, p.path, widgets.KeyBar(theme.GapSmall, k.ActionButton(t("goods.browse", nil), widgets.Secondary, actBrowse)),
			widgets.NewParagraph(t("merchants.image.limits", nil), widgets.SmallMuted)),
		Footer: widgets.VBox(theme.GapSmall, p.news, feet)})
	p.dialog.Show(p.path.Focusable(), func(s *keys.Scope) {
		s.Empty = func() bool { return p.path.Text() == "" }
		s.Bind(actBrowse, p.onBrowse)
		s.BindKey(keys.Enter, p.onTake)
		if has {
			s.BindKey(keys.Del, p.onRemove, keys.WhenEmpty())
		}
	})
	p.say(nil)
}

func (p *imageDialog) onBrowse() {
	goods.BrowsePictures(p.card.env, p.path.Text(), func(path string) {
		p.path.SetText(path)
		p.onTake()
	})
}

// onTake reads the chosen file; without a path it lets one choose.
func (p *imageDialog) onTake() {
	path := goods.PathOf(p.path.Text())
	switch {
	case p.take.Disabled():
		return
	case path == "":
		p.onBrowse()
		return
	}
	p.take.Disable()
	b := p.card.b
	task.Run(p.card.env.Ctx, p.card.env.Runner, func(context.Context) ([]byte, error) { return b.Picture(path) },
		func(raw []byte, err error) {
			p.take.Enable()
			if err != nil {
				p.say(err)
				return
			}
			p.give(raw)
		})
}

func (p *imageDialog) onRemove() { p.give(nil) }

// give puts an image on the card, which saves it with everything else; nil is none.
func (p *imageDialog) give(raw []byte) {
	if p.dialog.Shown() {
		p.dialog.Close()
	}
	d := &p.card.draft
	d.image, d.noImage = raw, raw == nil
	d.taken++
	p.card.showImage()
	p.card.draw()
}

func (p *imageDialog) say(err error) {
	env := p.card.env
	if text := env.Words.Error(err); text != p.news.Text() {
		p.news.Set(text, widgets.Bad)
		p.dialog.Refresh()
	}
	env.Shown(placeImage, "error", string(pos.CodeOf(err)))
}
