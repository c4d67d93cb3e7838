// Picture files -> Photo, where there is no browser to do it. PNG (ISO/IEC 15948) in every depth, colour type and interlacing;
// JPEG (ISO/IEC 10918-1) baseline and progressive, grey, YCbCr, RGB, CMYK and YCCK, turned upright as its EXIF says.
// Colour profiles are taken for sRGB.
#pragma once
#include "export/bytes.h"
#include "photo/photo.h"

namespace limner {

// Damaged and unknown files get a sentence: file.kind, file.broken, photo.size and photo.empty.
Result<Photo> decode_picture(ByteView file);

Result<Photo> decode_png(ByteView file);
Result<Photo> decode_jpeg(ByteView file);

// EXIF orientations 1 to 8; 1 is upright. Anything else leaves the photo as it is.
Photo turned(Photo photo, int orientation);

}  // namespace limner
