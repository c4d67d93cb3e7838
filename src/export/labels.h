// Labels of picture files: what a PNG, JPEG or WebP says about itself, read and written without touching the pixels.
//
//   page, new portrait:  canvas.toBlob -> with_labels(bytes, label)                       (or write_png, see png.h)
//   page, opened photo:  read_labels(original) … filter … with_labels(bytes, label, &original_labels, keep_place)
//   dropped picture:     read_labels(bytes)->recipe, then parse_recipe
#pragma once
#include "export/bytes.h"
#include "export/xmp.h"

#include <string>

namespace limner {

enum class FileKind { png, jpeg, webp };

struct FileLabels {
    FileKind kind = FileKind::png;
    int width = 0, height = 0;  // as the file claims
    std::string recipe;         // canonical JSON text as written, not yet validated; empty: none
    std::string xmp;            // the packet; empty: none
    Bytes exif;                 // TIFF structure without "Exif\0\0"; empty: none
    Bytes iptc;                 // JPEG's APP13 payload (IPTC-IIM in Photoshop resources); empty: none
    bool content_credentials =
        false;  // a C2PA manifest is there; it binds the old pixels, so it cannot be carried over
};

// At most 512 MiB. Damaged or lying files are refused with a sentence: file.kind, file.size, file.broken.
Result<FileLabels> read_labels(ByteView file);

// The same file with this label instead of its own. `original` are the labels of the photo it was made from: creator,
// copyright, camera and history stay; place is dropped unless `keep_place`; a broken original packet is left out.
Result<Bytes> with_labels(ByteView file, const Label& label, const FileLabels* original = nullptr,
                          bool keep_place = false);

}  // namespace limner
