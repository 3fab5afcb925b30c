package goods

import (
	"image"
	"path/filepath"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Sides of a product's picture on its card, and where it is chosen.
const (
	cardPicture  = 64
	largePicture = 260
)

// pictureEndings are those of the files that are offered. What is in a file
// decides; a typed path may end in anything.
var pictureEndings = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"}

// BrowsePictures lets one look for the file of a picture from a typed path on; chosen
// hears of it.
func BrowsePictures(env *ui.Env, typed string, chosen func(path string)) {
	BrowseFiles(env, typed, pictureEndings, env.T("goods.browse.no-pictures", nil), chosen)
}

// BrowseFiles is BrowsePictures for files of other endings, in small letters; none is
// what a folder without any says.
func BrowseFiles(env *ui.Env, typed string, endings []string, none string, chosen func(path string)) {
	choose(env, typed, func(name string) bool { return slices.Contains(endings, strings.ToLower(filepath.Ext(name))) }, none, chosen)
}

// PathOf is a path as typed, with the person's own folder written out.
func PathOf(typed string) string { return expandHome(typed) }

// showPicture draws the picture of the draft on the card.
func (c *card) showPicture() {
	c.picture.Set(c.env.Pictures.Small(c.draft.image, c.showPicture))
}

// pictureDialog chooses the picture of a card.
type pictureDialog struct {
	card   *card
	path   *widgets.Entry
	large  *widgets.Picture
	news   *widgets.Banner
	take   *widgets.Button
	dialog *widgets.Dialog
}

// onPicture shows the picture of the product and takes another one.
func (c *card) onPicture() {
	k, t := c.env.Kit, c.env.T
	p := &pictureDialog{card: c, large: widgets.NewPicture(largePicture), news: widgets.NewBanner("", widgets.Bad)}
	p.path = k.Entry(widgets.TextEntry, t("goods.picture.path", nil))
	p.path.RefusesScan = true
	p.path.OnChanged = func(string) { p.say(nil) }
	browse := k.ActionButton(t("goods.browse", nil), widgets.Secondary, actBrowse)
	p.take = k.KeyButton(t("goods.picture.take", nil), widgets.Primary, keys.Enter, p.onTake)
	feet := widgets.Footer(theme.GapCards, k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { p.dialog.Close() }))
	if c.draft.image != "" {
		feet.Add(k.KeyButton(t("goods.picture.remove", nil), widgets.DangerKind, keys.Del, p.onRemove))
	}
	feet.Add(p.take)
	p.dialog = k.Dialog(widgets.DialogSpec{Name: "goods.picture", Title: t("goods.picture", nil), Width: widgets.Middle,
		Body: widgets.HBox(theme.GapInside, p.large, widgets.Grow(widgets.VBox(theme.GapCards,
			p.path, browse, widgets.NewParagraph(t("goods.picture.hint", nil), widgets.SmallMuted)))),
		Footer: widgets.VBox(theme.GapSmall, p.news, feet)})
	p.dialog.Show(p.path.Focusable(), func(s *keys.Scope) {
		s.Empty = func() bool { return p.path.Text() == "" }
		s.Bind(actBrowse, p.onBrowse)
		s.BindKey(keys.Enter, p.onTake)
		if c.draft.image != "" {
			s.BindKey(keys.Del, p.onRemove, keys.WhenEmpty())
		}
	})
	c.env.Pictures.Large(c.draft.image, p.onLoaded)
}

func (p *pictureDialog) onLoaded(img image.Image, err error) {
	p.large.Set(img)
	p.say(err)
}

func (p *pictureDialog) onBrowse() {
	BrowsePictures(p.card.env, p.path.Text(), func(path string) {
		p.path.SetText(path)
		p.onTake()
	})
}

// onTake keeps the chosen file and gives it to the card; without a path it lets
// one choose.
func (p *pictureDialog) onTake() {
	path := expandHome(p.path.Text())
	switch {
	case p.take.Disabled():
		return
	case path == "":
		p.onBrowse()
		return
	}
	p.take.Disable()
	p.card.env.Pictures.Take(path, func(name string, err error) {
		p.take.Enable()
		if err != nil {
			p.say(err)
			return
		}
		p.give(name)
	})
}

func (p *pictureDialog) onRemove() { p.give("") }

// give puts a picture on the card, which saves it with everything else.
func (p *pictureDialog) give(name string) {
	if p.dialog.Shown() {
		p.dialog.Close()
	}
	p.card.draft.image = name
	p.card.showPicture()
	p.card.tell("")
}

func (p *pictureDialog) say(err error) {
	env := p.card.env
	text := env.Words.Error(err)
	if text != p.news.Text() {
		p.news.Set(text, widgets.Bad)
		p.dialog.Refresh()
	}
	env.Shown("goods.picture", "error", string(pos.CodeOf(err)))
}
