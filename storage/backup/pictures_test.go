package backup_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/hidden"
	"kassa/storage/backup"
	"kassa/storage/images"
)

// picture is the name of a kept picture.
var picture = strings.Repeat("0a", 32) + ".jpg"

// pictured is a shop whose goods have pictures.
func pictured(t *testing.T) (*shelf, map[string]string) {
	t.Helper()
	s := newShelf(t)
	dir := filepath.Join(s.home, "images")
	require.NoError(t, os.Mkdir(dir, 0o700))
	files := map[string]string{picture: "large", strings.TrimSuffix(picture, ".jpg") + "-small.jpg": "small", "logo.png": strings.Repeat("logo", 5000)}
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".new-half"), []byte("x"), 0o600))
	s.order.Files = images.New(dir)
	return s, files
}

// restored is a home into which the copy was brought.
func restored(t *testing.T, file, key string, there map[string]string) (home string) {
	t.Helper()
	home = t.TempDir()
	for name, text := range there {
		require.NoError(t, os.MkdirAll(filepath.Join(home, "images"), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(home, "images", name), []byte(text), 0o600))
	}
	stage, err := backup.NewStage(t.Context(), home, file, hidden.New(key))
	require.NoError(t, err)
	_, err = stage.Place(noon, "")
	require.NoError(t, err)
	done, err := backup.Finish(home)
	require.NoError(t, err)
	require.True(t, done)
	return home
}

func TestPictures(t *testing.T) {
	t.Run("are in every copy and come back from it, sealed or not", func(t *testing.T) {
		s, files := pictured(t)
		stick := t.TempDir()
		r := s.make(s.own(), backup.Target{Folder: stick, Key: phrase("четыре слова подряд")})
		for i, key := range []string{"", "четыре слова подряд"} {
			require.NoError(t, r[i].Err)
			assert.EqualValues(t, len(files), r[i].Copy.Holds.Pictures)
			home := restored(t, r[i].Copy.Path, key, nil)
			assert.Len(t, names(t, filepath.Join(home, "images")), len(files))
			for name, text := range files {
				got, err := os.ReadFile(filepath.Join(home, "images", name))
				require.NoError(t, err)
				assert.Equal(t, text, string(got))
			}
			data, err := os.ReadFile(filepath.Join(home, "kassa.db"))
			require.NoError(t, err)
			assert.NotContains(t, string(data), "carried_files", "the data itself has no such table")
			assert.NotContains(t, string(data), "logologo")
		}
	})
	t.Run("that are there are left as they are", func(t *testing.T) {
		s, _ := pictured(t)
		r := s.make(s.own())
		home := restored(t, r[0].Copy.Path, "", map[string]string{"logo.png": "another logo"})
		got, err := os.ReadFile(filepath.Join(home, "images", "logo.png"))
		require.NoError(t, err)
		assert.Equal(t, "another logo", string(got))
	})
	t.Run("a copy without any, of a program before this one too, is brought back", func(t *testing.T) {
		s := newShelf(t)
		r := s.make(s.own())
		require.NoError(t, r[0].Err)
		assert.Zero(t, r[0].Copy.Holds.Pictures)
		assert.NoDirExists(t, filepath.Join(restored(t, r[0].Copy.Path, "", nil), "images"))
	})
	t.Run("that cannot be read keep no copy from being made, and its name says so", func(t *testing.T) {
		s, files := pictured(t)
		stick := t.TempDir()
		s.order.Files = failing{images.New(filepath.Join(s.home, "images")), "logo.png"}
		r := s.make(s.own(), backup.Target{Folder: stick})
		for i, dir := range []string{s.order.Work, stick} {
			assert.Equal(t, "backup.pictures-missing", idOf(r[i].Err))
			require.NotNil(t, r[i].Copy)
			assert.EqualValues(t, len(files)-1, r[i].Copy.Holds.Pictures)
			assert.Equal(t, []string{"kassa-20261121-120000.000-pictures-missing.db", "kassa-20261121-120000.000-pictures-missing.db.json"}, names(t, dir))
			list, err := backup.List(dir)
			require.NoError(t, err)
			assert.True(t, list[0].Lacking && list[0].Verified)
		}
		home := restored(t, r[1].Copy.Path, "", nil)
		assert.Len(t, names(t, filepath.Join(home, "images")), len(files)-1)
		s.order.Now = noon.AddDate(0, 0, 1)
		s.order.Files = failing{images.New(filepath.Join(s.home, "images")), ""}
		r = s.make(backup.Target{Folder: stick, Keep: 1})
		assert.Equal(t, "backup.pictures-missing", idOf(r[0].Err))
		assert.Len(t, names(t, stick), 2, "the older one went")
	})
}

// failing cannot read one file, or with "" not even the folder.
type failing struct {
	*images.Keeper
	name string
}

func (f failing) Names() ([]string, error) {
	if f.name == "" {
		return nil, errors.New("the folder cannot be read")
	}
	return f.Keeper.Names()
}

func (f failing) File(name string) ([]byte, error) {
	if name == f.name {
		return nil, errors.New("the file cannot be read")
	}
	return f.Keeper.File(name)
}
