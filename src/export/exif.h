// EXIF (JEITA CP-3451): which of a photo's own words go along into a picture made from it.
#pragma once
#include "export/bytes.h"

namespace limner {

// A new EXIF block with what the original says about its author and its taking (description, artist, copyright, camera,
// lens, times, exposure), and the GPS directory only if `keep_place`. Orientation and thumbnail stay behind: the pixels
// are upright now, and the thumbnail shows the unfiltered face. Empty in, empty out; nothing worth carrying: empty.
// Broken directories are "exif.broken".
Result<Bytes> carried_exif(ByteView tiff, bool keep_place);

}  // namespace limner
